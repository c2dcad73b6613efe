import { make } from './make.js'
import * as messages from './messages.js'
import { setText } from './settext.js'
import { makeButton, makeSheet, makeTitle } from './sheet.js'

/**
 * Thanks; it claims only what the server has acknowledged.
 *
 * @param {import('../types.js').Test} test
 * @param {import('../types.js').View} view
 * @returns {import('./sheet.js').Sheet}
 */
export function showFinish(test, view) {
  const focus = makeTitle(messages.thanks)
  const said = make('p', { role: 'status' }, whatArrived(view))
  return {
    form: makeSheet([focus, said], [makeButton(messages.finish, () => test.finish(), 'primary')]),
    focus,
    update: (now) => setText(said, whatArrived(now)),
  }
}

/** @param {import('../types.js').View} view */
function whatArrived({ arrived, connection }) {
  if (arrived) return messages.arrived
  return connection === 'stopped' ? messages.notAll : messages.sending
}
