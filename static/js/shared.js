import { startPopovers } from "./popover.js"

startPopovers()

for (const button of document.querySelectorAll("button[data-print]")) {
  if (!(button instanceof HTMLButtonElement)) continue

  button.hidden = false
  button.addEventListener("click", () => print())
}
