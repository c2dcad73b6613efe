/**
 * Say something to screen readers, when they are next silent.
 * @param {string} text
 */
export function announce(text) {
  say("live-polite", text)
}

/**
 * Say at once that something is being lost.
 * @param {string} text
 */
export function announceAtOnce(text) {
  say("live-assertive", text)
}

/**
 * @param {string} id
 * @param {string} text
 */
function say(id, text) {
  const region = document.getElementById(id)
  if (!region) return

  // The same words twice are only heard twice if the region was empty between them.
  region.textContent = ""
  setTimeout(() => {
    region.textContent = text
  }, 50)
}
