import { timeOf } from '../clock.js'
import { AT_ONCE_MS, WATCH_MS } from '../limits.js'

/**
 * The page's first reaction to a click: raw, so that dead clicks can be judged, and judged anew, from it. The page is
 * watched only for the time that a click waits for its reaction.
 *
 * @typedef {{ordinal: number, at: number, timer: ReturnType<typeof setTimeout>}} Waiting
 */

/** @type {Record<string, string>} */
const WHAT = {
  input: 'mutation',
  change: 'mutation',
  scroll: 'scroll',
  selectionchange: 'selection',
  focusin: 'focus',
  blur: 'window',
  submit: 'navigation',
  beforeprint: 'dialog',
}

/** @param {import('../types.js').RecordEvent} record */
export function observeReactions(record) {
  /** @type {Set<Waiting>} */
  const waiting = new Set()
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => /** @type {Element} */ (target).localName !== 'usabtest-widget')) signal('mutation')
  })
  const navigation = /** @type {EventTarget | undefined} */ (/** @type {any} */ (globalThis).navigation)
  const navigating = () => signal('navigation')

  /** @param {Event} event */
  function heard({ type, target }) {
    const what = WHAT[type] ?? ''
    const late = /scroll|selection/.test(what) && [...waiting].every(({ at }) => timeOf() - at > AT_ONCE_MS)
    // Focus that moves within the page takes the blur of elements past the window, too.
    if (!late && (type !== 'blur' || target === window)) signal(what)
  }

  /** @param {string} what */
  function signal(what) {
    for (const click of waiting) settle(click, Math.max(0, timeOf() - click.at), what)
  }

  /**
   * @param {Waiting} click
   * @param {number | null} ms
   * @param {string} what
   */
  function settle(click, ms, what) {
    forget(click)
    record('g', timeOf(), click.ordinal, ms, what)
  }

  /** @param {Waiting} click */
  function forget(click) {
    waiting.delete(click)
    clearTimeout(click.timer)
    if (!waiting.size) observer.disconnect()
  }

  return {
    // For good, not for each click: to come and go took longer than the click itself.
    on: Object.fromEntries(Object.keys(WHAT).map((type) => [type, heard])),
    start: () => navigation?.addEventListener('navigate', navigating),
    stop() {
      navigation?.removeEventListener('navigate', navigating)
      waiting.forEach(forget)
    },
    signal,

    /**
     * @param {number} ordinal
     * @param {Event} event
     * @param {Element[]} path
     * @param {number} at
     */
    expect(ordinal, event, path, at) {
      // A field that the press has brought the caret to has done all that it does.
      if (path[0]?.matches(':is(select,:read-write):focus')) return record('g', at, ordinal, 0, 'focus')
      for (const root of [document, ...path.map((element) => element.getRootNode())]) {
        observer.observe(root, { childList: true, attributes: true, characterData: true, subtree: true })
      }
      const giveUp = () => (isOnItsWay(event, path) ? settle(click, 0, 'navigation') : settle(click, null, ''))
      /** @type {Waiting} */
      const click = { ordinal, at, timer: setTimeout(giveUp, WATCH_MS) }
      waiting.add(click)
    },
  }
}

/**
 * A slow server: the browser is on its way, and shows nothing of it to the page.
 *
 * @param {Event} event
 * @param {Element[]} path
 */
function isOnItsWay({ defaultPrevented }, path) {
  const { href } = /** @type {HTMLAnchorElement} */ (path.find((element) => element.matches('a[href]')) ?? {})
  return !defaultPrevented && /^http/.test(href) && href.split('#')[0] !== location.href.split('#')[0]
}
