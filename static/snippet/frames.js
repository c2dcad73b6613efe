import { timeOrigin } from './clock.js'
import { getBoundingClientRect } from './own.js'
import { quietly } from './quietly.js'

/** What a frame tells; its loads, routes, size and visibility are its own affair. */
const TYPES =
  'pointerdown pointerup keydown click auxclick input change invalid focusin focusout scroll selectionchange submit error unhandledrejection'

const FRAMES = 'iframe,frame,object'

const ATTACHED = { capture: true, passive: true }

/**
 * The same-origin frames without the tag: what happens in them is recorded here, as in a part of this page. A frame with
 * the tag records for itself.
 *
 * @param {object} delegate
 * @param {(event: Event, path: EventTarget[]) => void} delegate.hear
 * @param {(view: any) => void} delegate.watch its requests, and what comes in masses
 */
export function watchFrames({ hear, watch }) {
  /** @type {WeakSet<object>} the windows that are watched: a frame gets a new one with each document */
  const known = new WeakSet()

  /** @param {Document} inner */
  function attachAll(inner) {
    inner.addEventListener('load', loaded, true)
    for (const frame of inner.querySelectorAll(FRAMES)) attach(/** @type {HTMLIFrameElement} */ (frame))
  }

  const loaded = (/** @type {Event} */ { target }) => quietly(look, target)

  // A load in a shadow root is not heard outside: who goes into such a frame shows it, by the pointer or by the focus that
  // leaves the window.
  const pointed = (/** @type {any} */ event) => quietly(look, event.target.shadowRoot ? event.composedPath()[0] : event.target)
  const blurred = () => quietly(look, focused())

  /** @param {any} element */
  function look(element) {
    if (/^(iframe|frame|object)$/.test(element?.localName)) attach(element)
  }

  /** @param {HTMLIFrameElement} frame */
  function attach(frame) {
    // Of another origin, or sandboxed: there is no document for us.
    const { contentDocument: inner, contentWindow: view } = frame
    if (!inner || !view) return
    // Again for a document that was opened anew: what is there already stays as it is.
    for (const type of TYPES.split(' ')) view.addEventListener(type, told, ATTACHED)
    if (!known.has(inner)) {
      known.add(inner)
      if (!hasTag(view)) quietly(() => watch(view))
    }
    attachAll(inner)
  }

  /** @param {Event} event */
  function told(event) {
    quietly(() => {
      const view = /** @type {any} */ (event.currentTarget)
      if (hasTag(view)) return
      const { frames, left, top } = around(view)
      hear(moved(event, view.performance.timeOrigin - timeOrigin, left, top), [...event.composedPath(), ...frames])
    })
  }

  function start() {
    addEventListener('pointerover', pointed, ATTACHED)
    addEventListener('blur', blurred)
    quietly(attachAll, document)
  }

  return {
    start,
    renew: start,
    stop() {
      removeEventListener('pointerover', pointed, true)
      removeEventListener('blur', blurred)
      document.removeEventListener('load', loaded, true)
    },
  }
}

/** What has the focus, in whatever shadow root. */
function focused() {
  let { activeElement: at } = document
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at
}

/** @param {any} view */
const hasTag = (view) => typeof view.usabtest?.event === 'function'

/**
 * The elements around a frame's window, and where it stands in ours.
 *
 * @param {Window} view
 */
function around(view) {
  /** @type {Element[]} */
  const frames = []
  let left = 0
  let top = 0
  for (let frame = view.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement ?? null) {
    const box = getBoundingClientRect.call(frame)
    left += box.left + frame.clientLeft
    top += box.top + frame.clientTop
    for (let at = /** @type {Element | null} */ (frame); at; at = at.parentElement ?? /** @type {any} */ (at.getRootNode()).host ?? null) frames.push(at)
    if (frame.ownerDocument === document) break
  }
  return { frames, left, top }
}

/**
 * An event of a frame as one of this page's: by our clock, and with the way to our viewport.
 *
 * @param {Event} event
 * @param {number} later
 * @param {number} left
 * @param {number} top
 */
function moved(event, later, left, top) {
  /** @type {Record<PropertyKey, any>} */
  const changed = { timeStamp: event.timeStamp + later, left, top }
  return new Proxy(event, { get: (own, name) => (name in changed ? changed[name] : Reflect.get(own, name, own)) })
}
