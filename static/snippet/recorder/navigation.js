import { entriesOf, loadTimes, pageSince, timeOf } from '../clock.js'
import { SETTLE_MS } from '../limits.js'
import { quietly } from '../quietly.js'
import { wrap } from './wrap.js'

/**
 * Page views: loads, returns from the back/forward cache, and routes; and how long a load took.
 *
 * @param {object} recorder
 * @param {import('../types.js').RecordEvent} recorder.record
 * @param {() => string} recorder.page the identity of the page now; calls `route` if the address is another than before
 * @param {number} [recorder.largest] the largest paint so far
 * @param {() => void} moved the address has changed
 * @param {boolean | undefined} fresh the browser reloaded for us: to the participant it is the first load
 * @param {(() => void)[]} undo
 */
export function observeNavigation(recorder, moved, fresh, undo) {
  const { page, record } = recorder
  const load = loadTimes()
  let shown = ''
  let timed = false

  /**
   * @param {string} how
   * @param {number} status
   * @param {number} at
   */
  function view(how, status, at) {
    shown = page()
    record('v', at, how, innerWidth, innerHeight, status)
  }

  /** The address has changed. */
  function route() {
    if (page() !== shown) view('route', 0, timeOf())
    moved()
  }

  function timings() {
    if (timed) return
    timed = true
    const paint = entriesOf('paint').find(({ name }) => /co/.test(name))
    const times = [load.responseStart, paint?.startTime, load.domContentLoadedEventEnd, load.loadEventEnd, recorder.largest]
    record('l', timeOf(), ...times.map((ms) => (ms ? Math.round(ms) : null)))
  }

  const settle = () => setTimeout(timings, SETTLE_MS)

  /** @param {(...given: any[]) => void} original */
  const routed =
    (original) =>
    (/** @type {any[]} */ ...given) => {
      original.apply(history, given)
      quietly(page)
    }

  const type = !fresh && load.type
  view(type === 'back_forward' ? 'history' : type === 'reload' ? type : 'load', load.responseStatus ?? 0, pageSince())
  undo.push(wrap(history, 'pushState', routed), wrap(history, 'replaceState', routed))
  if (document.readyState === 'complete') settle()

  return {
    on: {
      popstate: page,
      hashchange: page,
      /** @param {Event} event */
      load: ({ target }) => target === document && settle(),
    },
    route,
    timings,
    back: () => view('bfcache', 0, timeOf()),
  }
}
