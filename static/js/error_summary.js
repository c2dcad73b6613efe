/**
 * After a failed save the summary of what to mend has the focus. `autofocus` does it unless the address has a fragment.
 * Who was quicker than this script and has followed one of its links keeps the place.
 */
export function startErrorSummary() {
  const summary = document.querySelector("[data-error-summary]")
  if (summary instanceof HTMLElement && !navigator.userActivation?.hasBeenActive) summary.focus()
}
