import { announce } from "./announce.js"

const SHOWN_MS = 10_000

/** Float the toasts that came with the page, and take them away after a while. */
export function startToasts() {
  const toasts = toastList()
  if (!toasts) return

  toasts.dataset.floating = ""
  const words = toasts.textContent?.trim()
  // A live region is silent about what it held when the page came.
  if (words) announce(words)
  for (const toast of toasts.querySelectorAll(".toast")) {
    if (toast instanceof HTMLElement) keepAWhile(toast, addActions(toast))
  }
}

/**
 * Say in one line what was done. Not for errors: those stay in the page.
 * @param {string} text
 * @param {() => void} [undo] what takes it back, if anything does
 */
export function showToast(text, undo) {
  const toasts = toastList()
  if (!toasts) return

  const toast = document.createElement("div")
  toast.className = "toast"
  const words = document.createElement("p")
  words.textContent = text
  toast.append(words)
  const actions = addActions(toast)
  if (undo) actions.prepend(undoButton(toast, undo))
  toasts.append(toast)
  announce(text)
  keepAWhile(toast, actions)
}

/** @returns {HTMLElement | null} */
function toastList() {
  return document.querySelector("[data-toasts]")
}

/**
 * @param {HTMLElement} toast
 * @returns {HTMLElement}
 */
function addActions(toast) {
  const actions = document.createElement("div")
  actions.className = "toast-actions"
  actions.append(button("Dismiss", () => toast.remove()))
  toast.append(actions)
  return actions
}

/**
 * @param {HTMLElement} toast
 * @param {() => void} undo
 */
function undoButton(toast, undo) {
  return button("Undo", () => {
    toast.remove()
    undo()
  })
}

/**
 * @param {string} words
 * @param {() => void} act
 */
function button(words, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.textContent = words
  made.addEventListener("click", act)
  return made
}

/**
 * A toast under the pointer, or with the focus inside, is being used and stays.
 * @param {HTMLElement} toast
 * @param {HTMLElement} actions
 */
function keepAWhile(toast, actions) {
  setTimeout(() => {
    if (toast.matches(":hover") || actions.contains(document.activeElement)) keepAWhile(toast, actions)
    else toast.remove()
  }, SHOWN_MS)
}
