/** Turn links to dialogs into buttons that open them, and links that close them likewise. Without this script `:target` does. */
export function startDialogs() {
  for (const opener of document.querySelectorAll("a[data-dialog]")) {
    if (opener instanceof HTMLAnchorElement) actAsButton(opener, () => openDialog(opener.dataset.dialog ?? ""))
  }
  for (const closer of document.querySelectorAll("a[data-dialog-close]")) {
    if (closer instanceof HTMLAnchorElement) actAsButton(closer, () => closer.closest("dialog")?.close())
  }
  const asked = document.querySelector("dialog[data-opens]")
  if (asked instanceof HTMLDialogElement) openAtOnce(asked)
}

/**
 * A page that was asked for with a dialog: closed, it must not show as its address's target, and focus goes to what asked for it.
 * @param {HTMLDialogElement} dialog
 */
function openAtOnce(dialog) {
  openDialog(dialog.id)
  // The browser goes to the address's target once more when all has loaded, and takes the focus along.
  addEventListener("load", () => dialog.open && focusField(dialog))
  dialog.addEventListener("close", () => {
    dialog.hidden = true
    // Asked for again, its address must be another than that of the page.
    const back = dialog.querySelector("a[data-dialog-close]")
    if (back instanceof HTMLAnchorElement) history.replaceState(null, "", back.href)
    const asker = document.querySelector("[data-dialog-return]")
    if (asker instanceof HTMLElement) asker.focus()
  })
}

/** @param {string} id */
export function openDialog(id) {
  const dialog = document.getElementById(id)
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return

  dialog.showModal()
  focusField(dialog)
}

/**
 * To the first field; of radio buttons to the one that is chosen. Where there is only a deed that cannot be undone, to Cancel.
 * @param {HTMLDialogElement} dialog
 */
function focusField(dialog) {
  const field = dialog.querySelector("input:not([type=hidden], [type=radio]:not(:checked)), select, textarea")
  const first = field ?? (dialog.querySelector(".danger") && dialog.querySelector("[data-dialog-close]"))
  if (first instanceof HTMLElement) first.focus()
}

/**
 * @param {HTMLAnchorElement} link
 * @param {() => void} act
 */
function actAsButton(link, act) {
  link.setAttribute("role", "button")
  link.addEventListener("click", (event) => {
    event.preventDefault()
    act()
  })
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return

    event.preventDefault()
    act()
  })
}
