import { timeOf } from './clock.js'

const { now } = Date

/**
 * How far the wall clock has run away from ours, as it does when the machine sleeps or is set.
 *
 * @param {number} [at] now, by ours
 * @returns {number} milliseconds
 */
export const drift = (at = timeOf()) => now() - at
