/**
 * The moments of an attempt: arrow keys go from one to the next, and a line in the drawing follows.
 * Each is a link to itself, so without this script Tab goes through them.
 */
const list = document.querySelector("[data-moments]")
const cursor = document.querySelector("[data-cursor]")
const moments = [...(list?.querySelectorAll("a") ?? [])]

if (list && moments[0]) {
  const hint = document.querySelector("[data-keys-hint]")
  if (hint instanceof HTMLElement) hint.hidden = false

  beTheStop(linked() ?? moments[0])
  list.addEventListener("focusin", (event) => arrive(event.target))
  list.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent) move(event)
  })
  addEventListener("hashchange", () => linked()?.focus())
  // The page that is opened at a moment begins there.
  linked()?.focus()
}

/** The moment that the address names. */
function linked() {
  return moments.find((one) => `#${one.id}` === location.hash)
}

/** @param {KeyboardEvent} event */
function move(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return

  const here = moments.findIndex((one) => one === document.activeElement)
  const last = moments.length - 1
  const next = here + 1
  const before = here - 1
  const there = { ArrowDown: next, ArrowRight: next, ArrowUp: before, ArrowLeft: before, Home: 0, End: last }[event.key]
  if (here < 0 || there === undefined) return

  event.preventDefault()
  moments[Math.max(0, Math.min(last, there))]?.focus()
}

/** @param {EventTarget | null} target */
function arrive(target) {
  const moment = moments.find((one) => one === target)
  if (!moment) return

  beTheStop(moment)
  const place = `${100 * Number(moment.dataset.place)}%`
  cursor?.removeAttribute("data-state")
  cursor?.setAttribute("x1", place)
  cursor?.setAttribute("x2", place)
}

/**
 * Of all moments Tab stops at one.
 * @param {HTMLAnchorElement} moment
 */
function beTheStop(moment) {
  for (const one of moments) one.tabIndex = one === moment ? 0 : -1
}
