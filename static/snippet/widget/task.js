import * as messages from './messages.js'
import { makeButton, makeSheet, makeTitle } from './sheet.js'
import { make } from './make.js'
import { renderTree } from './tree.js'

/**
 * The task before its start, and while it runs.
 *
 * @param {import('../types.js').Test} test
 * @param {import('../types.js').View} view
 * @returns {import('./sheet.js').Sheet}
 */
export function showTask(test, view) {
  const task = /** @type {import('../types.js').Task} */ (view.task)
  const lang = test.definition.language
  const focus = makeTitle(task.title, { lang })
  const scenario = make('div', { lang, class: 'text' }, ...renderTree(task.scenario))
  const actions = view.phase === 'running' ? endButtons(test) : startButton(test, task)
  return { form: makeSheet([focus, scenario], actions), focus }
}

/** @param {import('../types.js').Test} test */
function endButtons(test) {
  return [makeButton(messages.done, () => test.done(), 'primary'), makeButton(messages.giveUp, () => test.giveUp())]
}

/**
 * @param {import('../types.js').Test} test
 * @param {import('../types.js').Task} task
 */
function startButton(test, task) {
  const note = task.time_limit_s ? `${messages.clock} ${messages.limit(task.time_limit_s)}` : messages.clock
  return [makeButton(messages.start, () => test.start(), 'primary'), make('p', { class: 'small' }, note)]
}
