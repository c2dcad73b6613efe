/**
 * Let rows be dragged by their handles: an extra for the mouse, beside the buttons.
 * @param {HTMLElement} rows
 * @param {(row: HTMLElement) => void} dropped
 */
export function startDragging(rows, dropped) {
  /** @type {HTMLElement | null} */
  let dragged = null

  // Only the handle drags: a row that could be dragged anywhere would keep text in its fields from being selected.
  rows.addEventListener("pointerdown", ({ target }) => {
    const row = ownRow(rows, target)
    if (row && target instanceof Element) row.draggable = target.closest("[data-row-handle]") !== null
  })
  rows.addEventListener("dragstart", (event) => {
    dragged = ownRow(rows, event.target)
    if (!dragged) return

    event.stopPropagation()
    dragged.dataset.state = "dragged"
    event.dataTransfer?.setData("text/plain", "")
  })
  rows.addEventListener("dragover", (event) => {
    const over = dragged && ownRow(rows, event.target)
    if (!dragged || !over) return

    event.preventDefault()
    const { top, height } = over.getBoundingClientRect()
    if (over === dragged) return

    if (event.clientY < top + height / 2) over.before(dragged)
    else over.after(dragged)
  })
  rows.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault()
  })
  rows.addEventListener("dragend", () => {
    if (!dragged) return

    delete dragged.dataset.state
    dragged.draggable = false
    dropped(dragged)
    dragged = null
  })
}

/**
 * @param {HTMLElement} rows
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
function ownRow(rows, target) {
  let row = target instanceof Element ? target.closest("[data-row]") : null
  while (row && row.parentElement !== rows) row = row.parentElement?.closest("[data-row]") ?? null
  return row instanceof HTMLElement ? row : null
}
