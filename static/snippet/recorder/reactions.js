/**
 * The page's first reaction to a click: raw, so that dead clicks can be judged, and judged anew, from it. The page is
 * watched only for the time that a click waits for its reaction.
 *
 * @typedef {{ordinal: number, event: Event, path: Element[], at: number, timer: ReturnType<typeof setTimeout>}} Waiting
 */

const WATCH_MS = 2500
/** A scroll or a selection that comes later has another cause. */
const AT_ONCE_MS = 100
const TYPES = ['input', 'change', 'scroll', 'selectionchange', 'focusin', 'blur', 'submit', 'beforeprint']

/** @type {Record<string, string>} */
const WHAT = { input: 'mutation', change: 'mutation', selectionchange: 'selection', focusin: 'focus', blur: 'window', submit: 'navigation', beforeprint: 'dialog' }

/**
 * @param {import('../types.js').RecordEvent} record
 * @param {() => number} now
 */
export function observeReactions(record, now) {
  /** @type {Set<Waiting>} */
  const waiting = new Set()
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => /** @type {Element} */ (target).localName !== 'usabtest-widget')) signal('mutation')
  })
  const navigation = /** @type {EventTarget | undefined} */ (/** @type {any} */ (globalThis).navigation)
  const navigating = () => signal('navigation')

  /** @param {Event} event */
  function heard({ type, target }) {
    if (!waiting.size) return
    // Focus that moves within the page takes the blur of elements past the window, too.
    if (type === 'blur' && target !== window) return
    const what = WHAT[type] ?? type
    const late = [...waiting].every(({ at }) => now() - at > AT_ONCE_MS)
    if (!late || (what !== 'scroll' && what !== 'selection')) signal(what)
  }

  /** @param {string} what */
  function signal(what) {
    for (const click of waiting) settle(click, Math.max(0, now() - click.at), what)
  }

  /**
   * @param {Waiting} click
   * @param {number | null} ms
   * @param {string} what
   */
  function settle(click, ms, what) {
    waiting.delete(click)
    clearTimeout(click.timer)
    if (!waiting.size) observer.disconnect()
    record('g', now(), click.ordinal, ms, what)
  }

  /** @param {Waiting} click */
  function giveUp(click) {
    const link = /** @type {HTMLAnchorElement | undefined} */ (click.path.find((element) => element.matches('a[href]')))
    // A slow server: the browser is on its way, and shows nothing of it to the page.
    const onItsWay = link && !click.event.defaultPrevented && /^http/.test(link.href) && link.href.split('#')[0] !== location.href.split('#')[0]
    settle(click, onItsWay ? 0 : null, onItsWay ? 'navigation' : '')
  }

  return {
    types: [],

    start() {
      // For good, not for each click: to come and go took longer than the click itself.
      for (const type of TYPES) addEventListener(type, heard, { capture: true, passive: true })
      navigation?.addEventListener('navigate', navigating)
    },

    stop() {
      for (const type of TYPES) removeEventListener(type, heard, { capture: true })
      navigation?.removeEventListener('navigate', navigating)
      observer.disconnect()
      for (const { timer } of waiting) clearTimeout(timer)
      waiting.clear()
    },

    handleEvent() {},
    signal,

    /**
     * @param {number} ordinal
     * @param {Event} event
     * @param {Element[]} path
     * @param {number} at
     */
    expect(ordinal, event, path, at) {
      const [target] = path
      // A field that the press has brought the caret to has done all that it does.
      if (target?.matches(':is(select,:read-write):focus')) return record('g', at, ordinal, 0, 'focus')
      /** @type {Waiting} */
      const click = { ordinal, event, path, at, timer: setTimeout(() => giveUp(click), WATCH_MS) }
      waiting.add(click)
      const roots = new Set([document, ...path.map((element) => element.getRootNode())])
      for (const root of roots) observer.observe(root, { childList: true, attributes: true, characterData: true, subtree: true })
    },
  }
}
