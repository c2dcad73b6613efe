/** What stays in its shadow root on its way up. */
const KEPT_IN = ['invalid', 'scroll', 'submit']

/**
 * A form within a shadow root is refused there, and no listener outside hears of it: so the roots that the participant
 * comes into are heard, too.
 *
 * @param {(event: Event) => void} listen takes each event once
 * @returns {import('../types.js').Observer}
 */
export function observeRoots(listen) {
  const end = new AbortController()
  /** @type {Element | undefined} */
  let entered

  /**
   * @param {Event} _
   * @param {Element[]} path
   */
  function enter(_, path) {
    // A press and the focus that follows it mostly come into the same.
    if (path[0] === entered) return
    entered = path[0]
    for (const { parentNode } of path) {
      if (parentNode?.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) continue
      // Once more: what is there already stays as it is.
      for (const type of KEPT_IN) parentNode.addEventListener(type, listen, { capture: true, passive: true, signal: end.signal })
    }
  }

  return { on: { pointerdown: enter, keydown: enter, focusin: enter }, stop: () => end.abort() }
}
