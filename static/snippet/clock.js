const { performance } = window
const { timeOrigin } = performance
/** By an own reference: pages put clocks of their own in its place. */
export const now = Performance.prototype.now.bind(performance)

/**
 * A time by the time origin and an event's own stamp: whole milliseconds since 1970.
 *
 * @param {number} [timeStamp] now if there is none
 */
export const timeOf = (timeStamp) => Math.round(timeOrigin + (timeStamp ?? now()))

/** What the browser knows of this page's load; nothing in old ones. */
export const loadTimes = () => /** @type {Partial<PerformanceNavigationTiming>} */ (performance.getEntriesByType('navigation')[0] ?? {})

/** Since when this page has been there: the core itself may come late. */
export function pageSince() {
  const { responseStart = 0, unloadEventEnd = 0, activationStart = 0 } = /** @type {any} */ (loadTimes())
  return timeOf(Math.max(responseStart, unloadEventEnd, activationStart))
}
