import { innermost } from '../own.js'

/**
 * Whether a click that nothing came of leads to a slow server: the browser is on its way, and shows nothing of it to the
 * page.
 *
 * @param {Event} event
 * @param {Element[]} path
 */
export function isLeaving({ defaultPrevented }, path) {
  const { href } = /** @type {HTMLAnchorElement} */ (innermost(path, 'a[href]') ?? {})
  return !defaultPrevented && /^http/.test(href) && href.split('#')[0] !== location.href.split('#')[0]
}
