const QUICK_MS = 500
const NEAR_PX = 8

/**
 * Keeps the second half of a double click from pressing what the first half brought up: a task begun and ended in one
 * gesture. Another place, a key or a moment later is a press of its own.
 *
 * @param {HTMLElement} element
 * @param {() => string} phase
 */
export function ignoreDoublePress(element, phase) {
  let last = { x: 0, y: 0, at: -QUICK_MS, phase: '' }
  element.addEventListener(
    'click',
    (event) => {
      const { clientX: x, clientY: y, timeStamp: at, detail } = event
      const isSecond = detail && at - last.at < QUICK_MS && Math.hypot(x - last.x, y - last.y) < NEAR_PX
      if (isSecond && last.phase !== phase()) {
        event.preventDefault()
        event.stopPropagation()
      }
      last = { x, y, at, phase: phase() }
    },
    true,
  )
}
