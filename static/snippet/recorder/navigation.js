import { timeOf } from '../clock.js'

/**
 * Page views: loads, returns from the back/forward cache, and routes; and how long a load took.
 *
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {() => string} page the identity of the page now
 * @property {() => void} moved the address has changed
 * @property {number} since when this page came
 * @property {boolean} fresh the browser reloaded for us: to the participant it is the first load
 */

/** Time for the largest paint to settle after the load. */
const SETTLE_MS = 2500

/** @type {Record<string, string>} */
const HOW = { reload: 'reload', back_forward: 'history' }

/** @param {Delegate} delegate */
export function observeNavigation(delegate) {
  const [load] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  let address = ''
  let page = ''
  /** @type {number | null} */
  let largest = null
  let timed = false
  /** @type {PerformanceObserver | undefined} */
  let paints
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {[name: 'pushState' | 'replaceState', original: History['pushState'], ours: History['pushState']][]} */
  const wrapped = []

  /**
   * @param {string} how
   * @param {number} status
   * @param {number} [at]
   */
  function view(how, status, at) {
    address = location.href
    page = delegate.page()
    delegate.record('v', at ?? timeOf(), how, innerWidth, innerHeight, status)
  }

  /** Called before anything is recorded, too: a router that we did not hear of is found by its address. */
  function route() {
    if (location.href === address) return
    address = location.href
    if (delegate.page() !== page) view('route', 0)
    delegate.moved()
  }

  function timings() {
    if (timed || !load) return
    timed = true
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    delegate.record('l', timeOf(), ...[load.responseStart, paint?.startTime, load.domContentLoadedEventEnd, load.loadEventEnd, largest].map(whole))
    paints?.disconnect()
  }

  /** @param {'pushState' | 'replaceState'} name */
  function wrap(name) {
    const original = history[name]
    /** @type {History['pushState']} */
    const ours = (...given) => {
      original.apply(history, given)
      route()
    }
    history[name] = ours
    wrapped.push([name, original, ours])
  }

  function settle() {
    timer = setTimeout(timings, SETTLE_MS)
  }

  return {
    types: ['popstate', 'hashchange', 'load'],

    start() {
      const how = delegate.fresh ? 'load' : (HOW[load?.type ?? ''] ?? 'load')
      view(how, load?.responseStatus ?? 0, delegate.since)
      wrap('pushState')
      wrap('replaceState')
      try {
        paints = new PerformanceObserver((list) => (largest = list.getEntries().pop()?.startTime ?? largest))
        paints.observe({ type: 'largest-contentful-paint', buffered: true })
      } catch {
        // a browser without it
      }
      if (document.readyState === 'complete') settle()
    },

    stop() {
      for (const [name, original, ours] of wrapped) if (history[name] === ours) history[name] = original
      paints?.disconnect()
      clearTimeout(timer)
    },

    /** @param {Event} event */
    handleEvent(event) {
      if (event.type !== 'load') route()
      else if (event.target === document) settle()
    },

    route,
    timings,
    back: () => view('bfcache', 0),
  }
}

/** @param {number | null | undefined} ms */
const whole = (ms) => (ms ? Math.round(ms) : null)
