import { make } from './make.js'
import * as messages from './messages.js'
import { setText } from './settext.js'
import { makeButton, makeSheet, makeTitle } from './sheet.js'

/**
 * The last words, to who has come to the end or has left; they claim only what the server has acknowledged.
 *
 * @param {import('../types.js').Test} test
 * @param {import('../types.js').View} view
 * @returns {import('./sheet.js').Sheet}
 */
export function showEnd(test, view) {
  const isFinish = view.phase === 'finish'
  const focus = makeTitle(isFinish ? messages.thanks : messages.hasLeft)
  const said = make('p', { role: 'status' }, whatArrived(view))
  return {
    form: makeSheet([focus, said], [isFinish && makeButton(messages.finish, () => test.finish(), 'primary')]),
    focus,
    update: (now) => setText(said, whatArrived(now)),
  }
}

/** @param {import('../types.js').View} view */
function whatArrived({ phase, arrived, connection }) {
  const [has, is, never] = messages.ends[/** @type {keyof typeof messages.ends} */ (phase)]
  if (arrived) return has
  return connection === 'stopped' ? never : is
}
