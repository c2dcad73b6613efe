import { maskedText } from '../mask.js'
import { isOurs, pathOf } from '../path.js'
import { selectorOf } from '../selector.js'
import { timeOf } from '../clock.js'

/**
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {(path: Element[]) => number} areas the flags of the task's areas that an element lies in
 * @property {(path: Element[], at: number) => void} clicked a person clicked, by pointer or key
 * @property {(ordinal: number, event: Event, path: Element[], at: number) => void} expect this click should have an effect
 * @property {() => void} soon the page may go away in a moment
 * @property {boolean} text
 */

const COUNTS = 1
const CLICKABLE = 8
const BY_SCRIPT = 16
const BY_LABEL = 32
const LEFT_OUT = 64
const MOST_BY_SCRIPT = 100

const LOOKS_CLICKABLE =
  'a[href],button,summary,label,select,input:not([type=hidden]),textarea,[tabindex],[onclick],[role=button],[role=link],[role=tab],[role^=menuitem],[role=option],[role=checkbox],[role=radio],[role=switch]'
const NO_SIGNAL =
  '[data-usabtest-ignore],[role=slider],[role=spinbutton],[type=number],[type=range],[type=date],[type=time],[type=month],[type=week],[type=datetime-local],[type=color],[type=file],a[download],[href^="mailto:"],[href^="tel:"],:disabled,[aria-disabled=true]'
const GOES_AWAY = 'a[href],form button:not([type=button]):not([type=reset]),[type=submit],[type=image]'

/** @param {Delegate} delegate */
export function observeClicks(delegate) {
  /** @type {EventTarget | null | undefined} the control that a label is about to forward its click to */
  let awaited
  let pressed = false
  let pointer = ''
  let byScript = 0

  /** @param {PointerEvent} event */
  function press({ pointerType }) {
    pressed = true
    pointer = pointerType
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const path = pathOf(event)
    const [target] = path
    if (!target || isOurs(path)) return
    const { isTrusted, button } = event
    const type = /** @type {PointerEvent} */ (event).pointerType
    // The click that a label forwards looks trusted and made by a pointer, but nothing was pressed for it.
    const forwarded = target === awaited && !pressed
    const byPointer = isTrusted && !forwarded && (type || event.detail > 0)
    awaited = forwarded ? null : /** @type {HTMLLabelElement | undefined} */ (path.find(({ localName }) => localName === 'label'))?.control
    pressed = false
    if (!isTrusted && ++byScript > MOST_BY_SCRIPT) return

    const at = timeOf(event.timeStamp)
    const clickable = looksClickable(path)
    let flags = delegate.areas(path) + (clickable ? CLICKABLE : 0) + (isLeftOut(event, path) ? LEFT_OUT : 0)
    if (!isTrusted) flags += BY_SCRIPT
    if (forwarded) flags += BY_LABEL
    if (isTrusted && !forwarded && !byPointer) delegate.record('k', at, selectorOf(target), flags)
    else {
      const counts = byPointer && button === 0
      const fields = [selectorOf(target), ...place(event, target), button, byPointer ? (type || pointer || ' ').charAt(0).trim() : '']
      const text = delegate.text ? [maskedText(target)] : []
      const ordinal = delegate.record('c', at, ...fields, flags + (counts ? COUNTS : 0), ...text)
      if (ordinal !== null && counts && clickable && !(flags & LEFT_OUT)) delegate.expect(ordinal, event, path, at)
    }
    if (isTrusted && button === 0) delegate.clicked(path, at)
    if (path.some((element) => element.matches(GOES_AWAY))) delegate.soon()
  }

  return {
    types: ['pointerdown', 'click', 'auxclick'],
    start() {},
    stop() {},
    /** @param {any} event */
    handleEvent(event) {
      if (event.type === 'pointerdown') press(event)
      else if (event.button < 3) click(event)
    },
  }
}

/**
 * Where in the element, in thousandths of its size, and where in the viewport.
 *
 * @param {MouseEvent} event
 * @param {Element} target
 */
function place({ clientX, clientY }, target) {
  const { left, top, width, height } = target.getBoundingClientRect()
  return [thousandths(clientX - left, width), thousandths(clientY - top, height), Math.round(clientX), Math.round(clientY)]
}

/**
 * @param {number} part
 * @param {number} whole
 */
const thousandths = (part, whole) => (whole ? Math.min(1000, Math.max(0, Math.round((part / whole) * 1000))) : 0)

/** @param {Element[]} path */
function looksClickable(path) {
  const [target] = path
  return path.some((element) => element.matches(LOOKS_CLICKABLE)) || (!!target && getComputedStyle(target).cursor === 'pointer')
}

/**
 * Text that is being selected by a double click, and what works without a change in the page.
 *
 * @param {MouseEvent} event
 * @param {Element[]} path
 */
const isLeftOut = ({ detail }, path) =>
  path.some((element) => element.matches(NO_SIGNAL)) || (detail > 1 && getSelection()?.type === 'Range')
