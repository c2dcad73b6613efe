import { make } from './make.js'
import * as messages from './messages.js'

/**
 * One of the options, or several, and perhaps something else in the participant's own words.
 *
 * @param {import('./field.js').Question} question
 * @param {import('./field.js').Value | undefined} chosen
 * @param {string} lang
 * @returns {import('./field.js').Field}
 */
export function makeChoice({ options = [], multiple, other }, chosen, lang) {
  const before = /** @type {(string | number)[]} */ ([]).concat(chosen ?? [])
  const own = before.find((value) => !options.includes(`${value}`))
  const type = multiple ? 'checkbox' : 'radio'
  const boxes = options.map((value) => make('input', { type, name: 'answer', value }))
  boxes.forEach((box) => (box.checked = before.includes(box.value)))

  const otherBox = make('input', { type, name: 'answer', class: 'other' })
  const otherText = make('input', { maxlength: 5000, 'aria-label': messages.otherText })
  if (own !== undefined) {
    otherBox.checked = true
    otherText.value = `${own}`
  }

  const rows = boxes.map((box) => make('label', { lang }, box, make('span', {}, box.value)))
  if (other) rows.push(make('label', {}, otherBox, make('span', {}, messages.other)))
  const isOther = () => !!other && otherBox.checked
  const needsWords = () => isOther() && !otherText.value.trim()
  return {
    element: make(
      'div',
      { role: multiple ? 'group' : 'radiogroup', 'aria-labelledby': 'question', class: 'choice' },
      ...rows,
      other && otherText,
    ),
    focus: () => (needsWords() ? otherText : /** @type {HTMLElement} */ (boxes[0] || otherBox)),
    value: () => {
      const values = boxes.filter((box) => box.checked).map((box) => box.value)
      if (isOther() && otherText.value.trim()) values.push(otherText.value.trim())
      return multiple ? (values.length ? values : null) : (values[0] ?? null)
    },
    fault: () => (needsWords() ? messages.writeOther : ''),
  }
}
