import { timeOf } from '../clock.js'

/** A scroll has come to rest. */
const REST_MS = 250

const { setTimeout, clearTimeout } = globalThis

/**
 * How far down a page was looked at: told whenever a scroll rests deeper than any before it on this page.
 *
 * @param {import('../types.js').RecordEvent} record
 * @param {() => string} page
 * @returns {import('../types.js').Observer & {settle: () => void}}
 */
export function observeDepth(record, page) {
  /** @type {WeakMap<Node, number>} */
  let deepest = new WeakMap()
  let shown = ''
  /** @type {Node | undefined} */
  let moved
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  function settle() {
    clearTimeout(timer)
    const scrolled = moved
    moved = undefined
    const box = scrolled && boxOf(scrolled)
    if (!scrolled || !box) return
    if (shown !== page()) {
      shown = page()
      deepest = new WeakMap()
    }
    const bottom = Math.round(box.scrollTop + box.clientHeight)
    if (bottom <= (deepest.get(scrolled) ?? 0)) return
    deepest.set(scrolled, bottom)
    record('d', timeOf(), bottom, box.scrollHeight)
  }

  return {
    on: {
      scroll({ target }) {
        moved = target
        clearTimeout(timer)
        timer = setTimeout(settle, REST_MS)
      },
    },
    stop: () => clearTimeout(timer),
    settle,
  }
}

/**
 * What scrolls: the page, or a part that fills at least half of the window, as in pages that keep their head in place.
 *
 * @param {Node} scrolled
 * @returns {Element | null}
 */
function boxOf(scrolled) {
  if (scrolled === document) return document.scrollingElement
  const part = /** @type {Element} */ (scrolled)
  return part.clientWidth * part.clientHeight * 2 >= innerWidth * innerHeight ? part : null
}
