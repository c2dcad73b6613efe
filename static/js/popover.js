const GAP_PX = 6

/**
 * Put an explanation beside the word that was pressed, one of several that it may explain; without this script it opens in
 * the middle of the page.
 */
export function startPopovers() {
  for (const word of document.querySelectorAll("button[popovertarget]")) {
    const popover = document.getElementById(word.getAttribute("popovertarget") ?? "")
    word.addEventListener("click", () => {
      popover?.addEventListener("toggle", () => placeBelow(popover, word.getBoundingClientRect()), { once: true })
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
