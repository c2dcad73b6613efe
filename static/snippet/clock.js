const { performance } = globalThis

/** A click's time by the time origin and its own stamp: whole milliseconds since 1970.
 * @param {number} [timeStamp] of an event; now if there is none
 */
export const timeOf = (timeStamp) => Math.round(performance.timeOrigin + (timeStamp ?? performance.now()))

/** How far the wall clock has run away from ours, as it does when the machine sleeps or is set: milliseconds. */
export const drift = () => Date.now() - timeOf()
