/**
 * Writes only what is new: live regions would say it again, and the page would be laid out again.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}
