import { announce } from "./announce.js"

// Browsers read the file some time after the link was pressed.
const KEPT_MS = 60_000

/** Say that a file is being made, for as long as the server needs. Without this script the links simply download. */
export function startDownloads() {
  for (const link of document.querySelectorAll("a[data-download]")) {
    if (!(link instanceof HTMLAnchorElement)) continue

    link.addEventListener("click", (event) => {
      // In another tab or window is the browser's own way.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return

      event.preventDefault()
      if (!link.ariaDisabled) download(link)
    })
  }
}

/** @param {HTMLAnchorElement} link */
async function download(link) {
  const words = [...link.childNodes]
  showBusy(link, link.dataset.download ?? "")
  try {
    const response = await fetch(link.href)
    if (!response.ok || response.redirected) throw new Error(`answered ${response.status}`)
    save(await response.blob(), fileName(response))
    announce("The file is there.")
  } catch {
    // Whatever is the matter, the server says it on a page of its own.
    location.assign(link.href)
  } finally {
    link.replaceChildren(...words)
    link.removeAttribute("aria-disabled")
  }
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} busy
 */
function showBusy(link, busy) {
  const spinner = document.createElement("span")
  spinner.className = "button-spinner"
  spinner.setAttribute("aria-hidden", "true")
  link.setAttribute("aria-disabled", "true")
  link.replaceChildren(spinner, ` ${busy}`)
  announce(busy)
}

/**
 * @param {Blob} file
 * @param {string} name
 */
function save(file, name) {
  const address = URL.createObjectURL(file)
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}

/**
 * The name that the server gave to a file.
 * @param {Response} response
 * @returns {string}
 */
function fileName(response) {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? ""
}
