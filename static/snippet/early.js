import { isGiven } from './given.js'
import { fromJson } from './json.js'
import { pageIdentity } from './page.js'
import { BY_SCRIPT, COUNTS, heldBy } from './recorder/flags.js'

const PREFIX = 'usabtest.early'

/**
 * What happened on pages that were left before the core was there: the gate wrote it down as it came.
 *
 * @param {import('./types.js').Store} store
 * @param {import('./page.js').Kept} kept
 * @returns {[code: string, at: number, page: string, ...fields: any[]][]}
 */
export function takeEarly(store, kept) {
  return store
    .keys()
    .filter((key) => key.startsWith(PREFIX))
    .flatMap((key) => {
      let left = fromJson(store.get(key))
      // Old libraries write arrays into text of their own.
      if (left?.trim) left = fromJson(left)
      store.remove(key)
      return Array.isArray(left) ? eventsOf(/** @type {any} */ (left), kept) : []
    })
}

/**
 * @param {[href: string, origin: number, width: number, height: number, ...rows: any[][]]} left
 * @param {import('./page.js').Kept} kept
 */
function eventsOf([href, origin, width, height, ...rows], kept) {
  const page = pageIdentity(href, kept)
  // The press of the first click may have been before the gate.
  let pressed = true
  /** @type {[string, number, string, ...any[]][]} */
  const events = [['v', Math.round(origin), page, 'load', width, height, 0]]
  for (const [tag, id, type, stamp, trusted, pointer, button, detail, left, top] of rows) {
    const at = Math.round(origin + stamp)
    const selector = isGiven(id) ? `#${CSS.escape(id)}` : tag
    if (type === 'pointerdown') pressed = true
    else if (/click/.test(type)) {
      const counts = trusted && pressed && !button && (pointer || detail)
      const flags = counts ? COUNTS : trusted ? 0 : BY_SCRIPT
      events.push(['c', at, page, selector, flags + heldBy(button, pointer), 0, 0, Math.round(left), Math.round(top), 0, 0])
      pressed = false
    } else if (type === 'invalid') events.push(['f', at, page, selector, 'native'])
    else if (type === 'input') events.push(['i', at, page, selector, 0])
    else events.push(['j', at, page, type === 'error' ? 'error' : 'rejection', '', '', 0, 0, ''])
  }
  return events
}
