import { innermost, matches } from '../own.js'
import { wrap } from '../recorder/wrap.js'

/**
 * Keeps the widget above whatever the site shows, and usable while all outside of a dialog is inert.
 *
 * A manual popover is in the top layer, out of reach of the site's z-index, transform and overflow. While a modal
 * dialog is open the host lives inside it; libraries that draw dialogs of their own let nothing but their inside be
 * pressed either. It comes back when the dialog closes, or when the site throws away what it lived in.
 *
 * @param {HTMLElement & { removed?: () => void }} host
 * @param {AbortSignal} over
 */
export function stayOnTop(host, over) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot)
  const options = { capture: true, signal: over }

  /** @param {Event} [event] */
  function join(event) {
    if (over.aborted || event?.target === host) return
    const parent = findModal(event) || document.documentElement
    // For a moment a page that is opened anew has no root.
    if (parent && host.parentNode !== parent) rise(() => parent.append(host))
  }

  /**
   * Shown anew it stands above what came into the top layer since.
   *
   * @param {() => void} [move] which takes the focus away, as hiding does
   */
  function rise(move) {
    const focused = /** @type {HTMLElement | null} */ (root.activeElement)
    move?.()
    if (host.showPopover) {
      host.popover = 'manual'
      if (matches(host, ':popover-open')) host.hidePopover()
      host.showPopover()
    }
    focused?.focus({ preventScroll: true })
  }

  /** @param {any} event something of the page's may have come into the top layer */
  const surfaced = ({ target, newState }) => target === host || newState === 'closed' || rise()

  // A moment later: moving is removing too, and a site that keeps clearing us away must not be fought in a tight loop.
  host.removed = () => setTimeout(() => host.isConnected || join(), 50)
  const opened = new MutationObserver(() => join())
  opened.observe(document, { subtree: true, attributeFilter: ['open'] })
  // A dialog in a closed shadow root shows itself to nobody but to who opens it.
  const undo = wrap(HTMLDialogElement.prototype, 'showModal', (original) =>
    /** @this {HTMLDialogElement} */
    function () {
      original.call(this)
      rise(() => this.append(host))
    },
  )
  over.addEventListener('abort', () => {
    opened.disconnect()
    undo()
  })
  for (const name of ['close', 'focusin']) window.addEventListener(name, join, options)
  for (const name of ['fullscreenchange', 'toggle']) window.addEventListener(name, surfaced, options)
  join()
  return join
}

/**
 * @param {Event} [event] whose path leads into a site's shadow roots, where no selector does
 * @returns {Element | undefined}
 */
function findModal(event) {
  const drawn = 'dialog:modal,[aria-modal=true]'
  const nodes = /** @type {Element[]} */ ([...(event?.composedPath() ?? []), document.activeElement])
  const around = innermost(nodes.filter((node) => node?.nodeType === 1), drawn)
  return isDrawn(around) ? around : [...document.querySelectorAll('dialog:modal')].pop()
}

/**
 * @param {Element | null | undefined} element
 * @returns {element is Element}
 */
function isDrawn(element) {
  return !!element?.getClientRects().length
}
