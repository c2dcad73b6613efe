/**
 * Keeps the widget above whatever the site shows, and usable while all outside a modal dialog is inert.
 *
 * A manual popover is in the top layer: no z-index, transform or overflow of the site's reaches it. While a modal dialog
 * is open the host lives inside it; it comes back when the dialog closes or the site throws the host's parent away.
 *
 * @param {HTMLElement & { removed?: () => void }} host
 */
export function stayOnTop(host) {
  const root = /** @type {ShadowRoot} */ (host.shadowRoot)
  // A dialog may lie in a shadow root of the site's, where only the path of an event leads.
  const opened = new MutationObserver(() => join())
  const listening = new AbortController()
  const options = { capture: true, signal: listening.signal }

  /** @param {Event} [event] */
  function join(event) {
    if (event?.target === host) return
    const parent = findModal(event) || document.documentElement
    if (host.parentNode !== parent || !host.isConnected) move(parent)
    else if (event && event.type !== 'focusin' && !isShown(host)) show()
  }

  /** @param {Element} parent */
  function move(parent) {
    const focused = /** @type {HTMLElement | null} */ (root.activeElement)
    parent.append(host)
    show()
    focused?.focus({ preventScroll: true })
  }

  /** Shown anew it stands above what came into the top layer since. */
  function show() {
    if (!host.showPopover) return
    host.popover = 'manual'
    if (isShown(host)) host.hidePopover()
    host.showPopover()
  }

  function raise() {
    const focused = /** @type {HTMLElement | null} */ (root.activeElement)
    show()
    focused?.focus({ preventScroll: true })
  }

  // Told by the element itself; after the site is done, for moving is removing too.
  host.removed = () => queueMicrotask(() => host.isConnected || listening.signal.aborted || join())
  for (const name of ['close', 'focusin']) window.addEventListener(name, join, options)
  document.addEventListener('fullscreenchange', raise, options)
  opened.observe(document, { subtree: true, attributeFilter: ['open'] })
  join()

  return () => {
    listening.abort()
    opened.disconnect()
    host.removed = undefined
  }
}

/** @param {HTMLElement} host */
function isShown(host) {
  return host.matches(':popover-open')
}

/**
 * @param {Event} [event]
 * @returns {Element | undefined}
 */
function findModal(event) {
  const modal = 'dialog:modal'
  const path = /** @type {Element[]} */ (event?.composedPath() ?? [])
  const around = path.find((node) => node.matches?.(modal)) || document.activeElement?.closest(modal)
  return around || [...document.querySelectorAll(modal)].pop()
}
