import { announce } from "./announce.js"

const COPIED_MS = 4000

/** Show the Copy buttons, which need this script, and let them copy. */
export function startCopyFields() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!(button instanceof HTMLButtonElement)) continue

    button.hidden = false
    button.addEventListener("click", () => copy(button))
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy ?? "")
  if (!source) return

  const copied = await writeToClipboard(source)
  if (copied) showCopied(button)
  else announce("Not copied. The text is selected: copy it with the keyboard.")
}

/**
 * @param {HTMLElement} source
 * @returns {Promise<boolean>}
 */
async function writeToClipboard(source) {
  const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "")
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The clipboard needs https or loopback; selecting and the old command do not.
    select(source)
    return document.execCommand("copy")
  }
}

/** @param {HTMLElement} source */
function select(source) {
  if (source instanceof HTMLInputElement) source.select()
  else getSelection()?.selectAllChildren(source)
}

/** @param {HTMLButtonElement} button */
function showCopied(button) {
  if (button.dataset.state === "copied") return

  const words = [...button.childNodes]
  button.dataset.state = "copied"
  button.replaceChildren("✓ Copied")
  announce("Copied")
  setTimeout(() => {
    delete button.dataset.state
    button.replaceChildren(...words)
  }, COPIED_MS)
}
