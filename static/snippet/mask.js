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
 * A message for the record, without what the page's fields hold and without queries and fragments of addresses.
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
  for (const field of document.querySelectorAll('input,textarea')) {
    const { value } = /** @type {HTMLInputElement} */ (field)
    if (value?.length > 2) masked = masked.split(value).join('…')
  }
  return cut(masked.replace(/(\w+:\/\/[^\s?#]*)[?#][^\s'")]*/g, '$1'), 500)
}

/**
 * The visible text of an element, for studies that record text; never of what is masked or can be typed into.
 *
 * @param {Element} element
 */
export function maskedText(element) {
  if (element.closest('[data-usabtest-mask],[data-usabtest-block],input,textarea,select,[contenteditable]')) return ''
  const { innerText = '' } = /** @type {HTMLElement} */ (element)
  return cut(innerText.trim().replace(/\s+/g, ' '), 40)
}
