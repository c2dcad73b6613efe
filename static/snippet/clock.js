const { performance } = globalThis
const { now } = Date

/**
 * A time by the time origin and an event's own stamp: whole milliseconds since 1970.
 *
 * @param {number} [timeStamp] now if there is none
 */
export const timeOf = (timeStamp) => Math.round(performance.timeOrigin + (timeStamp ?? performance.now()))

/** How far the wall clock has run away from ours, as it does when the machine sleeps or is set: milliseconds. */
export const drift = () => now() - timeOf()

export const loadTimes = () => /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType('navigation')[0])

/** Since when this page has been there: the core itself may come late. */
export function pageSince() {
  const load = /** @type {any} */ (loadTimes())
  return timeOf(Math.max(load?.responseStart ?? 0, load?.unloadEventEnd ?? 0, load?.activationStart ?? 0))
}
