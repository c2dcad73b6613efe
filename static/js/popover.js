const GAP_PX = 6

/**
 * Put an explanation beside the word that was pressed, one of several that it may explain; without this script it opens in
 * the middle of the page.
 */
export function startPopovers() {
  /** @type {WeakMap<HTMLElement, Element>} beside which word each explanation was put last */
  const words = new WeakMap()

  for (const word of document.querySelectorAll("button[popovertarget]")) {
    const popover = document.getElementById(word.getAttribute("popovertarget") ?? "")
    if (!popover) continue

    const place = () => placeBelow(popover, word.getBoundingClientRect())
    word.addEventListener("click", (event) => {
      // Open beside another word, it would only close.
      if (popover.matches(":popover-open") && words.get(popover) !== word) {
        event.preventDefault()
        place()
      } else {
        popover.addEventListener("toggle", place, { once: true })
      }
      words.set(popover, word)
    })
  }
}

/**
 * @param {HTMLElement} popover
 * @param {DOMRect} word
 */
function placeBelow(popover, word) {
  if (!popover.matches(":popover-open")) return
  popover.dataset.placed = ""
  const { width, height } = popover.getBoundingClientRect()
  const below = word.bottom + GAP_PX
  const fits = below + height <= innerHeight
  popover.style.top = `${fits ? below : Math.max(GAP_PX, word.top - height - GAP_PX)}px`
  popover.style.left = `${Math.max(GAP_PX, Math.min(word.left, innerWidth - width - GAP_PX))}px`
}
