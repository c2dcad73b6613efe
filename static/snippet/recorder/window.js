import { timeOf } from '../clock.js'

/** A window that is being resized has come to rest. */
const REST_MS = 250

const { setTimeout, clearTimeout } = globalThis

/**
 * The window: whether it has the focus, and its size.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer & {settle: () => void}}
 */
export function observeWindow(record) {
  let focused = true
  let size = ''
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  /** @param {number} [timeStamp] */
  function look(timeStamp) {
    // Focus that moves into a frame of the page leaves the window, too.
    const has = document.hasFocus()
    if (has !== focused) record('o', timeOf(timeStamp), has ? 'focused' : 'blurred')
    focused = has
  }

  function settle() {
    clearTimeout(timer)
    const now = `${innerWidth} ${innerHeight}`
    if (size !== now) record('s', timeOf(), innerWidth, innerHeight)
    size = now
  }

  /** @param {Event} event */
  const moved = ({ timeStamp }) => look(timeStamp)

  return {
    on: {
      focus: moved,
      blur: moved,
      resize() {
        clearTimeout(timer)
        timer = setTimeout(settle, REST_MS)
      },
    },
    start() {
      size = `${innerWidth} ${innerHeight}`
      look()
    },
    stop: () => clearTimeout(timer),
    settle,
  }
}
