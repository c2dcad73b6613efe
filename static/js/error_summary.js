/** After a failed save the summary of what to mend has the focus. `autofocus` does it unless the address has a fragment. */
export function startErrorSummary() {
  const summary = document.querySelector("[data-error-summary]")
  if (summary instanceof HTMLElement) summary.focus()
}
