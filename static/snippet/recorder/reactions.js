import { timeOf } from '../clock.js'
import { AT_ONCE_MS, WATCH_MS } from '../limits.js'
import { matches } from '../own.js'

/**
 * The page's first reaction to a click: raw, so that dead clicks can be judged, and judged anew, from it. The page is
 * watched only for the time that a click waits for its reaction.
 *
 * @typedef {{ordinal: number, at: number, timer: ReturnType<typeof setTimeout>}} Waiting
 */

/** What a page can do upon a click, as docs/wire-format.md counts. */
const NOTHING = 0
const SCROLL = 1
const SELECTION = 2
const MUTATION = 3
export const NAVIGATION = 4
export const REQUEST = 5
const FOCUS = 6
const WINDOW = 7
const DIALOG = 8

/** @type {Record<string, number>} */
const WHAT = {
  input: MUTATION,
  change: MUTATION,
  scroll: SCROLL,
  selectionchange: SELECTION,
  focusin: FOCUS,
  blur: WINDOW,
  submit: NAVIGATION,
  beforeprint: DIALOG,
}

/**
 * @param {(ordinal: number, ms: number | null, what: number) => void} reacted
 * @param {(event: Event, path: Element[]) => unknown} isLeaving whether the click leads to another page
 * @param {(() => void)[]} undo
 */
export function observeReactions(reacted, isLeaving, undo) {
  /** @type {Set<Waiting>} */
  const waiting = new Set()
  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => /** @type {Element} */ (target).localName !== 'usabtest-widget')) signal(MUTATION)
  })

  /** @param {number} what */
  function signal(what) {
    for (const click of waiting) {
      const ms = Math.max(0, timeOf() - click.at)
      // A scroll or a selection that comes later has another cause.
      if (what > SELECTION || ms <= AT_ONCE_MS) settle(click, ms, what)
    }
  }

  /**
   * @param {Waiting} click
   * @param {number | null} ms
   * @param {number} what
   */
  function settle(click, ms, what) {
    forget(click)
    reacted(click.ordinal, ms, what)
  }

  /** @param {Waiting} click */
  function forget(click) {
    waiting.delete(click)
    clearTimeout(click.timer)
    if (!waiting.size) observer.disconnect()
  }

  // Without clicks that wait it is not heard.
  /** @type {any} */ (window).navigation?.addEventListener('navigate', () => signal(NAVIGATION))
  undo.push(() => waiting.forEach(forget))

  return {
    // For good, not for each click: to come and go took longer than the click itself.
    on: Object.fromEntries(Object.entries(WHAT).map(([type, what]) => [type, () => signal(what)])),
    signal,

    /**
     * @param {number} ordinal
     * @param {Event} event
     * @param {Element[]} path
     * @param {number} at
     */
    expect(ordinal, event, path, at) {
      // A field that the press has brought the caret to has done all that it does.
      if (matches(/** @type {Element} */ (path[0]), ':is(select,:read-write):focus')) return reacted(ordinal, 0, FOCUS)
      for (const element of path) {
        // The topmost of each tree that it is in.
        if (element.parentElement) continue
        observer.observe(element.getRootNode(), { childList: true, attributes: true, characterData: true, subtree: true })
      }
      const giveUp = () => (isLeaving(event, path) ? settle(click, 0, NAVIGATION) : settle(click, null, NOTHING))
      /** @type {Waiting} */
      const click = { ordinal, at, timer: setTimeout(giveUp, WATCH_MS) }
      waiting.add(click)
    },
  }
}
