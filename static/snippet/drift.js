import { timeOf } from './clock.js'

const { now } = Date

/** How far the wall clock has run away from ours, as it does when the machine sleeps or is set: milliseconds. */
export const drift = () => now() - timeOf()
