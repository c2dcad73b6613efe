import { timeOf } from './clock.js'
import { FLOOD } from './limits.js'

/** Kinds of events that can flood. */
const FLOODS = 'jnfxmy'

/**
 * Of a kind of event that comes in masses the first are told, and of the rest how many they were.
 *
 * @param {(attempt: number | null, code: string, time: number, ...fields: any[]) => void} note
 */
export function countFloods(note) {
  /** @type {Map<string, number>} of events, by their kinds */
  const counts = new Map()

  return {
    /** @param {string} code @returns {boolean} whether it is too much of its kind */
    count(code) {
      if (!FLOODS.includes(code)) return false
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      return count > FLOOD
    },

    /** @param {string} code */
    isFull: (code) => (counts.get(code) ?? 0) >= FLOOD,

    /** What was too much of a kind, as a count. @param {number | null} attempt */
    tell(attempt) {
      for (const [code, count] of counts) {
        if (count <= FLOOD) continue
        counts.set(code, FLOOD)
        note(attempt, 'r', timeOf(), code, count - FLOOD)
      }
    },
  }
}
