import { announce } from "./announce.js"

const POLL_MS = 1500

const waiting = document.querySelector("[data-waiting]")
if (waiting instanceof HTMLElement) waitForArrival(waiting, Number(waiting.dataset.waitS) * 1000)

/**
 * Ask whether the site has said hello; when the time is over, let the server say what is the matter.
 * @param {HTMLElement} words
 * @param {number} wait_ms
 */
async function waitForArrival(words, wait_ms) {
  const giveUpAt_ms = performance.now() + wait_ms
  while (performance.now() < giveUpAt_ms) {
    if (await hasArrived(words.dataset.pollUrl ?? "")) return showArrived(words)

    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  location.reload()
}

/**
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function hasArrived(url) {
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } })
    return response.ok && (await response.json()).arrived === true
  } catch {
    // No connection just now: the next look may have one.
    return false
  }
}

/** @param {HTMLElement} words */
function showArrived(words) {
  words.textContent = "Your test has begun on the site."
  announce(words.textContent)
}
