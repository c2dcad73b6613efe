import { getBoundingClientRect } from '../own.js'
import * as messages from './messages.js'

/** Bottom or top, left or right, in the order in which Home goes round. */
const CORNERS = ['br', 'bl', 'tl', 'tr']
export const NARROW_PX = 480
const STEP_PX = 24

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** @typedef {string | [left: number, top: number]} Spot a corner, or px from the start of the window */

/**
 * Where the widget is: in a corner, unless the participant moves it; inside the visual viewport (zoom, on-screen
 * keyboard); never over the page's focused element.
 *
 * @param {object} on
 * @param {HTMLElement} on.host
 * @param {CSSStyleDeclaration} on.position
 * @param {HTMLElement} on.head
 * @param {HTMLElement} on.grip
 * @param {import('../types.js').Test} on.test
 * @param {boolean} on.rightToLeft
 * @param {(text: string) => void} on.say
 * @param {() => void} on.fold makes room where no corner is free
 * @param {(view: DOMRect) => void} on.resize
 * @param {AbortSignal} on.over
 */
export function keepInPlace({ host, position, head, grip, test, rightToLeft, say, fold, resize, over }) {
  const home = rightToLeft ? 'bl' : 'br'
  const options = { signal: over }
  // In the next frame: what changes the size again at once is told to the site as an error of its own.
  const sizes = new ResizeObserver(() => requestAnimationFrame(settle))
  let spot = /** @type {Spot} */ (test.recall('place') || home)
  let before = spot
  let dragged = false

  /** @param {Spot} at */
  function boxAt(at) {
    const view = visibleBox()
    const { offsetWidth: width, offsetHeight: height } = host
    const margin = view.width > NARROW_PX ? 20 : 8
    const [x = 0, y = 0] = typeof at === 'string' ? cornerOf(at) : at
    // The start edge wins where there is no room for both.
    const left = Math.max(view.left + margin, Math.min(x, view.right - width - margin))
    const top = Math.max(view.top + margin, Math.min(y, view.bottom - height - margin))
    return new DOMRect(left, top, width, height)
  }

  function settle() {
    const view = visibleBox()
    // A site that is drawn larger than it is (`zoom` on its root) must not push the widget out of the window.
    position.setProperty('zoom', `${1 / (/** @type {any} */ (host.parentElement)?.currentCSSZoom || 1)}`, 'important')
    set('--width', view.width)
    set('--height', view.height)
    resize(view)
    put()
    yieldToFocus()
  }

  function put() {
    const { left, top } = boxAt(spot)
    set('left', left)
    set('top', top)
  }

  /**
   * @param {string} name
   * @param {number} px
   */
  function set(name, px) {
    position.setProperty(name, `${px}px`, 'important')
  }

  /** @param {Spot} to */
  function move(to) {
    spot = to
    put()
    test.remember('place', spot)
  }

  function nextCorner() {
    move(/** @type {string} */ (CORNERS[(CORNERS.indexOf(`${spot}`) + 1) % 4]))
    say(messages.moved)
  }

  /** @param {KeyboardEvent} event */
  function pressKey(event) {
    const { key, shiftKey } = event
    const { left, top } = boxAt(spot)
    const px = shiftKey ? 4 * STEP_PX : STEP_PX
    const arrow = ARROWS[key]
    if (arrow) move([left + px * arrow[0], top + px * arrow[1]])
    else if (key === 'Home') nextCorner()
    else if (key === 'Escape') move(before)
    else return
    event.preventDefault()
  }

  /** @param {PointerEvent} down */
  function pressPointer(down) {
    if (down.button || !down.isPrimary) return
    const from = boxAt(spot)
    const dragging = new AbortController()
    const until = { capture: true, signal: dragging.signal }
    window.addEventListener(
      'pointermove',
      (event) => {
        const x = event.clientX - down.clientX
        const y = event.clientY - down.clientY
        if (!dragged && Math.hypot(x, y) < 6) return
        if (!dragged) head.setPointerCapture(down.pointerId)
        dragged = true
        spot = [from.left + x, from.top + y]
        put()
      },
      until,
    )
    for (const end of ['pointerup', 'pointercancel']) {
      window.addEventListener(
        end,
        () => {
          dragging.abort()
          if (dragged) move(nearestCorner(boxAt(spot), () => true) || home)
          // The click that belongs to this press comes before the next task.
          setTimeout(() => (dragged = false))
        },
        until,
      )
    }
  }

  /** @param {Event} event */
  function swallowDragged(event) {
    if (!dragged) return
    event.preventDefault()
    event.stopPropagation()
  }

  /**
   * @param {DOMRect} from
   * @param {(corner: DOMRect) => boolean} isFree
   */
  function nearestCorner(from, isFree) {
    const distance = (/** @type {string} */ corner) => {
      const to = boxAt(corner)
      return Math.hypot(to.left - from.left, to.top - from.top)
    }
    return CORNERS.filter((corner) => isFree(boxAt(corner))).sort((a, b) => distance(a) - distance(b))[0]
  }

  function yieldToFocus() {
    const view = visibleBox()
    const focused = focusedOnPage(host)
    const taken = focused && getBoundingClientRect.call(focused)
    // What fills the page (a site that focuses its main part) cannot be kept free.
    if (!taken || taken.width * taken.height > (view.width * view.height) / 2) return
    if (!overlap(boxAt(spot), taken)) return
    const corner = nearestCorner(boxAt(spot), (box) => !overlap(box, taken))
    if (corner) spot = corner
    else fold()
    put()
  }

  window.addEventListener('focusin', yieldToFocus, { capture: true, ...options })
  for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, settle, options)
  grip.addEventListener('focus', () => (before = spot))
  grip.addEventListener('keydown', pressKey)
  grip.addEventListener('click', nextCorner)
  head.addEventListener('pointerdown', pressPointer)
  head.addEventListener('click', swallowDragged, true)
  over.addEventListener('abort', () => sizes.disconnect())
  sizes.observe(host)
  settle()
}

/** What can be seen, between the edges of the window that fixed things are fixed to. */
function visibleBox() {
  const { visualViewport: visual, innerWidth, innerHeight } = window
  if (!visual) return new DOMRect(0, 0, innerWidth, innerHeight)
  return new DOMRect(visual.offsetLeft, visual.offsetTop, visual.width, visual.height)
}

/**
 * As far as possible in that direction: `boxAt` keeps it inside.
 *
 * @param {string} corner
 */
function cornerOf(corner) {
  return [corner[1] === 'l' ? 0 : 1e9, corner[0] === 't' ? 0 : 1e9]
}

/**
 * @param {Element} host
 * @returns {Element | null} null while the widget itself has the focus
 */
function focusedOnPage(host) {
  let focused = document.activeElement
  while (focused && focused !== host && focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  return focused === host || focused === document.body || focused === document.documentElement ? null : focused
}

/**
 * @param {DOMRect} a
 * @param {DOMRect} b
 */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
