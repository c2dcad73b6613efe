import { timeOf } from './clock.js'
import { LINGER_MS } from './limits.js'

const LONGEST_TIMER_MS = 2 ** 31 - 1

const { setTimeout, clearTimeout } = globalThis

/** @typedef {ReturnType<typeof setTimeout>} Timer */

/**
 * The time limit of the task that runs, and the silence after which the server may have ended its attempt.
 *
 * @param {object} play
 * @param {() => number | null} play.end of the attempt that runs, if it has a limit
 * @param {() => number | null} play.idle_s
 * @param {(end: number) => void} play.timeUp
 * @param {() => void} play.silent
 */
export function keepHours({ end, idle_s, timeUp, silent }) {
  /** @type {Timer | undefined} */
  let limit
  /** @type {Timer | undefined} */
  let idle
  let active = 0

  const idleAfter = () => (idle_s() || Infinity) * 1000 + LINGER_MS

  /** One timer that goes on as long as something happens is cheaper than a new one for each event. */
  function wake() {
    const rest_ms = active + idleAfter() - timeOf()
    idle = rest_ms > 0 ? setTimeout(wake, Math.min(rest_ms, LONGEST_TIMER_MS)) : undefined
    if (!idle) silent()
  }

  function setLimit() {
    clearTimeout(limit)
    const at = end()
    if (at === null) return
    limit = setTimeout(() => (timeOf() < at ? setLimit() : timeUp(at)), Math.min(Math.max(0, at - timeOf()), LONGEST_TIMER_MS))
  }

  return {
    setLimit,

    /** Something has happened. @param {number} [at] */
    heard(at = timeOf()) {
      active = at
      idle ??= setTimeout(wake, Math.min(idleAfter(), LONGEST_TIMER_MS))
    },

    stop() {
      clearTimeout(limit)
      clearTimeout(idle)
      idle = undefined
    },
  }
}
