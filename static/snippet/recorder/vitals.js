import { timeOf } from '../clock.js'
import { quietly } from '../quietly.js'

/** Shifts that follow each other belong together, as long as this. */
const SHIFT_GAP_MS = 1000
const SHIFTS_MS = 5000
/** An interaction that is quicker is nobody's concern. */
const SLOW_MS = 40
/** One interaction of so many may be as slow as it likes: the 98th percentile. */
const FORGIVEN = 50

/**
 * How steady and how quick to respond the page was: Cumulative Layout Shift (the worst window of shifts) and Interaction
 * to Next Paint, as web.dev defines them. The other vitals stand with the times of the load.
 *
 * @param {import('../types.js').RecordEvent} record
 */
export function observeVitals(record) {
  let worst = 0
  let shifts = 0
  let began = 0
  let before = 0
  /** The slowest of each interaction. @type {Map<number, number>} */
  let slow = new Map()
  let interactions = 0
  let said = ''
  /** @type {[PerformanceObserver, (entry: any) => void][]} */
  let observers = []

  /** @param {{value: number, startTime: number, hadRecentInput: boolean}} entry */
  function shifted({ value, startTime, hadRecentInput }) {
    if (hadRecentInput) return
    const joins = startTime - before < SHIFT_GAP_MS && startTime - began < SHIFTS_MS
    if (!joins) began = startTime
    shifts = joins ? shifts + value : value
    before = startTime
    worst = Math.max(worst, shifts)
  }

  /** @param {{interactionId?: number, duration: number, target: Element | null}} entry */
  function responded({ interactionId, duration, target }) {
    // What happens in the widget is not the page's.
    if (!interactionId || target?.localName === 'usabtest-widget') return
    if (!slow.has(interactionId)) interactions++
    slow.set(interactionId, Math.max(duration, slow.get(interactionId) ?? 0))
  }

  /** @returns {number | null} */
  function nextPaint() {
    const all = /** @type {any} */ (performance).interactionCount ?? interactions
    const slowest = [...slow.values()].sort((a, b) => b - a)
    return slowest[Math.min(Math.floor(all / FORGIVEN), slowest.length - 1)] ?? null
  }

  /**
   * @param {string} type
   * @param {(entry: any) => void} heard
   */
  function observe(type, heard) {
    try {
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => quietly(() => heard(entry))))
      observer.observe(/** @type {any} */ ({ type, buffered: true, durationThreshold: SLOW_MS }))
      observers.push([observer, heard])
    } catch {
      // a browser without it
    }
  }

  return {
    start() {
      observe('layout-shift', shifted)
      observe('first-input', responded)
      observe('event', responded)
    },

    stop() {
      for (const [observer] of observers.splice(0)) observer.disconnect()
    },

    /** Tells what is known, if that is new. */
    settle() {
      for (const [observer, heard] of observers) observer.takeRecords().forEach(heard)
      if (!observers.length) return
      const vitals = [Math.round(worst * 10_000) / 10_000, nextPaint()]
      if (said !== `${vitals}`) record('w', timeOf(), ...vitals)
      said = `${vitals}`
    },

    /** A page that comes back from the back/forward cache is judged anew. */
    anew() {
      worst = shifts = interactions = 0
      slow = new Map()
      said = ''
    },
  }
}
