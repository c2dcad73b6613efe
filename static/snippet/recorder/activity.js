import { timeOf } from '../clock.js'

/** Without any input for so long the participant rests, or reads. */
const PAUSE_MS = 5000
/** A longer stretch is told in parts, so that little of it is lost with its page. */
const LONGEST_MS = 30_000
/** What comes in masses is heard by the shortest way. */
const MOVES = ['pointermove', 'wheel', 'touchmove']
const ATTACHED = { capture: true, passive: true }

const { setTimeout, clearTimeout } = globalThis

/**
 * When the participant was active: stretches of input (pointer, keys, wheel, touch), never what it was.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer & {settle: () => void, watch: (view: Window) => void}} `watch` also a frame's window
 */
export function observeActivity(record) {
  let first = 0
  let last = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  /** @param {{isTrusted: boolean, timeStamp?: number}} event now, if it has no stamp */
  function heard({ isTrusted, timeStamp }) {
    if (!isTrusted) return
    const at = timeOf(timeStamp)
    if (at - last > PAUSE_MS || at - first > LONGEST_MS) settle()
    first ||= at
    last = at
    timer ??= setTimeout(look, PAUSE_MS)
  }

  /**
   * What is done in the widget is not done on the page. A frame's stamps count from another origin.
   *
   * @param {any} event
   */
  function moved({ isTrusted, target, timeStamp, currentTarget }) {
    if (target?.localName !== 'usabtest-widget') heard({ isTrusted, timeStamp: currentTarget === window ? timeStamp : undefined })
  }

  /** @param {Window} view */
  function watch(view) {
    for (const type of MOVES) view.addEventListener(type, moved, ATTACHED)
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
    on: { pointerdown: heard, keydown: heard },
    start: () => watch(window),
    stop() {
      for (const type of MOVES) removeEventListener(type, moved, true)
      clearTimeout(timer)
    },
    settle,
    watch,
  }
}
