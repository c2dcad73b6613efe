import { innermost } from './own.js'
import { withoutTyped, withoutWords } from './typed.js'

/**
 * A text as it may be sent: at most so long, without lone halves of characters and control characters, which would
 * take six bytes each.
 *
 * @param {unknown} text
 * @param {number} length in characters
 */
export const cut = (text, length) =>
  String(text)
    .slice(0, length)
    .replace(/[\0-\x08\x0b-\x1f\ud800-\udfff]/gu, ' ')

/**
 * A message for the record, without what was typed, and of addresses without what only some may know: credentials,
 * query, fragment.
 *
 * @param {unknown} message
 */
export function maskMessage(message) {
  let masked = ''
  try {
    masked = String(message).slice(0, 5000)
  } catch {
    // What is thrown can be anything, also what has no text.
  }
  masked = withoutWords(masked)
    .replace(/\/\/[^\s/@]*@/g, '//')
    .replace(/(\/[^\s?#'")]*)[?#][^\s'")]*/g, '$1')
    .replace(/[?#&][\w.%[\]-]*=[^\s'")]*/g, '')
  return cut(masked, 500)
}

const UNTOLD = '[data-usabtest-mask],[data-usabtest-block],input,textarea,select,[contenteditable]'

/**
 * The visible text of an element, for studies that record text; never of what is masked or can be typed into, nor of
 * what holds such a thing.
 *
 * @param {Element} element
 */
export function maskedText(element) {
  if (innermost([element], UNTOLD) || element.querySelector(UNTOLD)) return ''
  const { innerText = '' } = /** @type {HTMLElement} */ (element)
  return cut(withoutTyped(innerText.trim().replace(/\s+/g, ' ')), 40)
}
