import { make } from './make.js'

/**
 * An answer in the participant's own words.
 *
 * @param {import('./field.js').Question} question
 * @param {import('./field.js').Value | undefined} written
 * @returns {import('./field.js').Field}
 */
export function makeOpen({ key }, written) {
  // What decides about a task is a word or a number: one line, and Enter goes on.
  const field = make(key.startsWith('answer:') ? 'input' : 'textarea', {
    'aria-labelledby': 'question',
    maxlength: 5000,
    rows: 3,
  })
  field.value = `${written ?? ''}`
  return { element: field, focus: () => field, value: () => field.value.trim() || null }
}
