import { timeOf } from '../clock.js'
import { FLOOD } from '../limits.js'
import { getBoundingClientRect, innermost } from '../own.js'
import { selectorOf } from '../selector.js'
import { BY_LABEL, BY_SCRIPT, CLICKABLE, COUNTS, LEFT_OUT, heldBy } from './flags.js'

const LOOKS_CLICKABLE =
  'a[href],button,summary,label,select,input,textarea,[tabindex],[onclick],[role=button],[role=link],[role=tab],[role^=menuitem],[role=option],[role=checkbox],[role=radio],[role=switch]'
/** What works without a change in the page. */
const NO_SIGNAL =
  '[data-usabtest-ignore],[role=slider],[role=spinbutton],[type=number],[type=range],[type^=date],[type=time],[type=month],[type=week],[type=color],[type=file],a[download],[href^="mailto:"],[href^="tel:"],:disabled,[aria-disabled=true]'
const GOES_AWAY = 'a[href],form button,[type=submit]'

/**
 * @param {import('../types.js').RecordEvent} record
 * @param {(moment: import('../types.js').Moment) => void} happened completes the event and judges it
 * @param {(ordinal: number, event: Event, path: Element[], at: number) => void} expect this click should have an effect
 * @param {() => void} soon the page may go away in a moment
 * @returns {import('../types.js').Observer}
 */
export function observeClicks(record, happened, expect, soon) {
  /** @type {EventTarget | null | undefined} the control that a label is about to forward its click to */
  let awaited
  let pressed = false
  let latest = 0
  let pointer = ''
  let byScript = 0

  /**
   * @param {PointerEvent} event
   * @param {Element[]} path
   */
  function click(event, path) {
    const [target] = path
    const { detail, pointerType: type, button = 0, isTrusted, timeStamp } = event
    if (!target || button > 2) return
    /** @param {string} selector */
    const passes = (selector) => innermost(path, selector)
    // The click that a label forwards looks trusted and made by a pointer, but nothing was pressed for it. Of a label in a
    // closed shadow root nothing is seen but that both come at once.
    const forwarded = !pressed && (target === awaited || (isTrusted && timeStamp === latest))
    const byPointer = isTrusted && !forwarded && (type || detail > 0)
    const byKey = isTrusted && !forwarded && !byPointer
    awaited = forwarded ? null : /** @type {HTMLLabelElement | undefined} */ (passes('label'))?.control
    pressed = false
    latest = timeStamp
    if (!isTrusted && ++byScript > FLOOD) return

    const at = timeOf(timeStamp)
    const selector = selectorOf(target)
    const counts = byPointer && !button
    const clickable = passes(LOOKS_CLICKABLE) || getComputedStyle(target).cursor === 'pointer'
    // Text that is being selected by a double click is left out, too.
    const leftOut = passes(NO_SIGNAL) || (detail > 1 && getSelection()?.type === 'Range')
    const flags =
      (counts ? COUNTS : 0) +
      (clickable ? CLICKABLE : 0) +
      (isTrusted ? 0 : BY_SCRIPT) +
      (forwarded ? BY_LABEL : 0) +
      (leftOut ? LEFT_OUT : 0)
    const ordinal = byKey
      ? record('k', at, selector, flags)
      : record('c', at, selector, flags + heldBy(button, byPointer ? type || pointer : ''), ...place(event, target))
    happened({ at, path, ordinal, clicked: isTrusted && !button })
    if (ordinal !== null && counts && clickable && !leftOut) expect(ordinal, event, path, at)
    if (passes(GOES_AWAY)) soon()
  }

  /** @param {any} event of a pointer, or of a key, which has no type of pointer */
  function press({ pointerType }) {
    pressed = true
    pointer = pointerType
  }

  return {
    on: {
      pointerdown: press,
      // A label may have kept its click to itself: what a key does next is nobody's but its own.
      keydown: press,
      click,
      auxclick: click,
    },
  }
}

/**
 * Where in the element, in thousandths of its size, where in the viewport, and how far the page is scrolled.
 *
 * @param {MouseEvent & {left?: number, top?: number}} event of a frame: with the frame's own place
 * @param {Element} target
 */
export function place({ clientX = 0, clientY = 0, left: x = 0, top: y = 0 }, target) {
  const { width, top, left, height } = getBoundingClientRect.call(target)
  return [
    thousandths(clientX - left, width),
    thousandths(clientY - top, height),
    Math.round(x + clientX),
    Math.round(y + clientY),
    Math.round(scrollX),
    Math.round(scrollY),
  ]
}

/**
 * @param {number} part
 * @param {number} whole
 */
const thousandths = (part, whole) => Math.round(1000 * Math.min(1, Math.max(0, part / whole))) || 0
