const { performance = {} } = /** @type {{performance?: Partial<Performance>}} */ (window)
/** An event of the browser's: what pages have by the name of `Event` may be their own (MooTools, calendars). */
export const newEvent = () => document.createEvent('Event')
/** Milliseconds since the time origin. By an event's stamp: pages put clocks of their own in the place of `performance`. */
export const now = () => newEvent().timeStamp
export const { timeOrigin = Date.now() - now() } = performance

/**
 * A time by the time origin and an event's own stamp: whole milliseconds since 1970.
 *
 * @param {number} [timeStamp] now if there is none
 */
export const timeOf = (timeStamp) => Math.round(timeOrigin + (timeStamp ?? now()))

/**
 * What the browser knows of this page's times; nothing in old ones.
 *
 * @param {string} type
 * @returns {any[]}
 */
export const entriesOf = (type) => performance.getEntriesByType?.(type) ?? []

export const loadTimes = () => /** @type {Partial<PerformanceNavigationTiming>} */ (entriesOf('navigation')[0] ?? {})

/** Since when this page has been there: the core itself may come late. */
export function pageSince() {
  const { unloadEventEnd = 0, activationStart = 0, responseStart = 0 } = /** @type {any} */ (loadTimes())
  return timeOf(Math.max(responseStart, unloadEventEnd, activationStart))
}
