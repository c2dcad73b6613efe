import { loadTimes, pageSince, timeOf } from '../clock.js'
import { SETTLE_MS } from '../limits.js'
import { quietly } from '../quietly.js'
import { observeEntries } from './entries.js'
import { wrap } from './wrap.js'

/**
 * Page views: loads, returns from the back/forward cache, and routes; and how long a load took.
 *
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {() => string} page the identity of the page now
 * @property {() => void} moved the address has changed
 * @property {boolean} fresh the browser reloaded for us: to the participant it is the first load
 */

/** @param {Delegate} delegate */
export function observeNavigation({ record, page, moved, fresh }) {
  const load = loadTimes()
  let address = ''
  let shown = ''
  /** @type {number | undefined} */
  let largest
  let timed = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {(() => void)[]} */
  let undo = []

  /**
   * @param {string} how
   * @param {number} status
   * @param {number} at
   */
  function view(how, status, at) {
    address = location.href
    shown = page()
    record('v', at, how, innerWidth, innerHeight, status)
  }

  /** Called before anything is recorded, too: a router that we did not hear of is found by its address. */
  function route() {
    if (location.href === address) return
    address = location.href
    if (page() !== shown) view('route', 0, timeOf())
    moved()
  }

  function timings() {
    if (timed) return
    timed = true
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    const times = [load.responseStart, paint?.startTime, load.domContentLoadedEventEnd, load.loadEventEnd, largest]
    record('l', timeOf(), ...times.map((ms) => (ms ? Math.round(ms) : null)))
  }

  function settle() {
    timer = setTimeout(timings, SETTLE_MS)
  }

  return {
    on: {
      popstate: route,
      hashchange: route,
      /** @param {Event} event */
      load: ({ target }) => target === document && settle(),
    },

    start() {
      const type = fresh ? '' : load.type
      view(type === 'back_forward' ? 'history' : type === 'reload' ? type : 'load', load.responseStatus ?? 0, pageSince())
      /** @param {(...given: any[]) => void} original */
      const routed =
        (original) =>
        (/** @type {any[]} */ ...given) => {
          original.apply(history, given)
          quietly(route)
        }
      undo = [
        wrap(history, 'pushState', routed),
        wrap(history, 'replaceState', routed),
        observeEntries('largest-contentful-paint', ({ startTime }) => (largest = startTime)),
      ]
      if (document.readyState === 'complete') settle()
    },

    stop() {
      for (const each of undo) each()
      clearTimeout(timer)
    },

    route,
    timings,
    back: () => view('bfcache', 0, timeOf()),
  }
}
