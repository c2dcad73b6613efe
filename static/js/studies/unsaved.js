/** Ask before a page with changes that were not saved is left. */
export function startUnsaved() {
  const form = document.querySelector("[data-editor]")
  if (!(form instanceof HTMLFormElement)) return

  let unsaved = "unsaved" in form.dataset
  const state = form.querySelector("[data-editor-state]")
  form.addEventListener("input", change)
  form.addEventListener("rows-changed", change)
  form.addEventListener("submit", () => {
    unsaved = false
  })
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault()
  })

  function change() {
    unsaved = true
    if (state) state.textContent = "Not saved yet"
  }
}
