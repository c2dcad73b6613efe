import { timeOf } from '../clock.js'

/** Without any input for so long the participant rests, or reads. */
const PAUSE_MS = 5000
/** A longer stretch is told in parts, so that little of it is lost with its page. */
const LONGEST_MS = 30_000

const { setTimeout, clearTimeout } = globalThis

/**
 * When the participant was active: stretches of input (pointer, keys, wheel, touch), never what it was.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer & {settle: () => void}}
 */
export function observeActivity(record) {
  let first = 0
  let last = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  /** @param {Event} event */
  function heard({ isTrusted, timeStamp }) {
    if (!isTrusted) return
    const at = timeOf(timeStamp)
    if (at - last > PAUSE_MS || at - first > LONGEST_MS) settle()
    first ||= at
    last = at
    timer ??= setTimeout(look, PAUSE_MS)
  }

  /** One timer that goes on as long as something happens is cheaper than a new one for each input. */
  function look() {
    const rest_ms = last + PAUSE_MS - timeOf()
    timer = rest_ms > 0 ? setTimeout(look, rest_ms) : undefined
    if (!timer) settle()
  }

  function settle() {
    if (first && last > first) record('a', last, last - first)
    first = 0
  }

  return {
    on: { pointermove: heard, pointerdown: heard, keydown: heard, wheel: heard, touchmove: heard },
    stop: () => clearTimeout(timer),
    settle,
  }
}
