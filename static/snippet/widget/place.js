import * as messages from './messages.js'

/** Bottom or top, left or right, in the order in which Home goes round. */
const CORNERS = ['br', 'bl', 'tl', 'tr']
const NARROW_PX = 480
const STEP_PX = 24

/** @typedef {string | [left: number, top: number]} Spot a corner, or a place in the visual viewport */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * Where the widget is: a corner, unless the participant moves it; inside the visual viewport (zoom, on-screen keyboard);
 * never over the page's focused element.
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
 * @param {(narrow: boolean) => void} on.resize
 */
export function keepInPlace({ host, position, head, grip, test, rightToLeft, say, fold, resize }) {
  const home = rightToLeft ? 'bl' : 'br'
  const listening = new AbortController()
  const options = { signal: listening.signal }
  const sizes = new ResizeObserver(settle)
  let spot = /** @type {Spot} */ (test.recall('place') || home)
  let before = spot
  let dragged = false

  /**
   * @param {Spot} at
   * @returns {Box} in the visual viewport
   */
  function boxAt(at) {
    const { width, height } = viewport()
    const own = { width: host.offsetWidth, height: host.offsetHeight }
    const margin = width > NARROW_PX ? 20 : 8
    const right = width - own.width - margin
    const bottom = height - own.height - margin
    const isCorner = typeof at === 'string'
    const left = isCorner ? (at[1] === 'l' ? margin : right) : at[0]
    const top = isCorner ? (at[0] === 't' ? margin : bottom) : at[1]
    // The start edge wins where there is no room for both.
    return { ...own, left: Math.max(8, Math.min(left, width - own.width - 8)), top: Math.max(8, Math.min(top, height - own.height - 8)) }
  }

  function settle() {
    const view = viewport()
    set('--width', view.width)
    set('--height', view.height)
    resize(view.width <= NARROW_PX)
    put()
    yieldToFocus()
  }

  function put() {
    const view = viewport()
    const { left, top } = boxAt(spot)
    set('left', view.left + left)
    set('top', view.top + top)
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
    const { left, top } = boxAt(spot)
    if (typeof spot !== 'string') spot = [left, top]
    test.remember('place', spot)
  }

  function nextCorner() {
    move(/** @type {string} */ (CORNERS[(CORNERS.indexOf(`${spot}`) + 1) % 4]))
    say(messages.moved)
  }

  /** @param {KeyboardEvent} event */
  function pressKey(event) {
    const px = event.shiftKey ? 4 * STEP_PX : STEP_PX
    const { left, top } = boxAt(spot)
    if (event.key === 'ArrowLeft') move([left - px, top])
    else if (event.key === 'ArrowRight') move([left + px, top])
    else if (event.key === 'ArrowUp') move([left, top - px])
    else if (event.key === 'ArrowDown') move([left, top + px])
    else if (event.key === 'Home') nextCorner()
    else if (event.key === 'Escape') move(before)
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
   * @param {Box} from
   * @param {(corner: Box) => boolean} isFree
   */
  function nearestCorner(from, isFree) {
    const distance = (/** @type {string} */ corner) => {
      const to = boxAt(corner)
      return Math.hypot(to.left - from.left, to.top - from.top)
    }
    return CORNERS.filter((corner) => isFree(boxAt(corner))).sort((a, b) => distance(a) - distance(b))[0]
  }

  function yieldToFocus() {
    const view = viewport()
    const focused = focusedOnPage(host)
    if (!focused) return
    const { left, top, width, height } = focused.getBoundingClientRect()
    // What fills the page (a site that focuses its main part) cannot be kept free.
    if (width * height > (view.width * view.height) / 2) return
    const taken = { left: left - view.left, top: top - view.top, width, height }
    if (!overlap(boxAt(spot), taken)) return
    const corner = nearestCorner(boxAt(spot), (box) => !overlap(box, taken))
    if (corner) spot = corner
    else fold()
    put()
  }

  window.addEventListener('focusin', yieldToFocus, { capture: true, ...options })
  for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, settle, options)
  grip.addEventListener('focus', () => (before = spot), options)
  grip.addEventListener('keydown', pressKey, options)
  grip.addEventListener('click', nextCorner, options)
  head.addEventListener('pointerdown', pressPointer, options)
  head.addEventListener('click', swallowDragged, { capture: true, ...options })
  sizes.observe(host)
  settle()

  return () => {
    listening.abort()
    sizes.disconnect()
  }
}

/** What can be seen of the page, in the coordinates of what is fixed to it. */
function viewport() {
  const { visualViewport: visual, innerWidth: width, innerHeight: height } = window
  if (!visual) return { left: 0, top: 0, width, height }
  return { left: visual.offsetLeft, top: visual.offsetTop, width: visual.width, height: visual.height }
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
 * @param {Box} a
 * @param {Box} b
 */
function overlap(a, b) {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height
}
