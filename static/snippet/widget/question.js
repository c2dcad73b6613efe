import { attributeOf } from '../own.js'
import { makeChoice } from './choice.js'
import { make } from './make.js'
import * as messages from './messages.js'
import { makeOpen } from './open.js'
import { makeScale } from './scale.js'
import { makeButton, makeSheet, makeSubmit, makeTitle, showFault } from './sheet.js'

const makers = { scale: makeScale, choice: makeChoice, open: makeOpen }

/** @type {Record<string, string>} */
const notes = { gave_up: messages.gaveUp, timed_out: messages.timedOut, auto: messages.auto }

/**
 * One question of a group; nothing is chosen beforehand.
 *
 * @param {object} asked
 * @param {import('../types.js').Question} asked.question
 * @param {import('./field.js').Value | undefined} asked.value what was answered or half typed before
 * @param {string | null | false} asked.ended how the task before ended, of its first question only
 * @param {string} asked.language
 * @param {(value: import('./field.js').Value) => void} asked.answer
 * @param {((value: import('./field.js').Value) => void) | false} asked.back
 * @returns {import('./sheet.js').Sheet}
 */
export function showQuestion({ question, value, ended, language, answer, back }) {
  const field = makers[question.type](question, value, language)
  const focus = makeTitle(question.text, { id: 'question', lang: language })
  const [number, total] = question.number || [1, 1]
  const note = ended && notes[ended]
  if (question.required) tell(field.element, 'required')
  const form = makeSheet(
    [
      note ? make('p', { class: 'note' }, note) : null,
      total > 1 && make('p', { class: 'small' }, messages.statement(number, total)),
      focus,
      field.element,
    ],
    [back && makeButton(messages.back, () => back(field.value())), makeSubmit(messages.goOn)],
    () => {
      const given = field.value()
      const missing = field.fault?.() || (question.required && given === null && messageFor(question))
      if (missing) showFault(/** @type {HTMLElement} */ (form.firstChild), missing, markFault(field)).id = 'fault'
      else answer(given)
    },
  )
  return { form, focus }
}

/** @param {import('../types.js').Question} question */
function messageFor({ type }) {
  return type === 'open' ? messages.write : messages.choose
}

/** @param {import('./field.js').Field} field */
function markFault(field) {
  const control = field.focus()
  const faulty = field.fault?.() ? control : field.element
  faulty.setAttribute('aria-describedby', 'fault')
  tell(faulty, 'invalid')
  return control
}

/**
 * A group of check boxes may be neither, says ARIA.
 *
 * @param {HTMLElement} element
 * @param {'required' | 'invalid'} what
 */
function tell(element, what) {
  if (attributeOf(element, 'role') !== 'group') element.setAttribute(`aria-${what}`, 'true')
}
