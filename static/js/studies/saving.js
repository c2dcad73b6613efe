import { announceAtOnce } from "../announce.js"

/** Ask before unsaved changes are left, and keep them in the page while they cannot be saved. */
export function startSaving() {
  const form = document.querySelector("[data-editor]")
  if (!(form instanceof HTMLFormElement)) return

  let unsaved = "unsaved" in form.dataset
  let reachable = false
  form.addEventListener("input", change)
  form.addEventListener("rows-changed", change)
  form.addEventListener("submit", (event) => {
    if (reachable) {
      unsaved = false
      return
    }
    event.preventDefault()
    void ask(event.submitter)
  })
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault()
  })

  function change() {
    unsaved = true
    say("Not saved yet")
  }

  /**
   * A form that is sent into the void takes everything typed with it: so ask first whether somebody answers.
   * @param {HTMLElement | null} submitter
   */
  async function ask(submitter) {
    const trouble = await troubleWithServer()
    if (trouble) {
      say(trouble)
      announceAtOnce(trouble)
      return
    }
    reachable = true
    if (form instanceof HTMLFormElement) form.requestSubmit(submitter)
    reachable = false
  }

  /** @param {string} words */
  function say(words) {
    const state = document.querySelector("[data-editor-state]")
    if (state) state.textContent = words
  }
}

/** @returns {Promise<string | null>} */
async function troubleWithServer() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" })
    if (answer.redirected) return "Not saved. You are signed out: sign in in another tab, then save again."
    return answer.status >= 500 ? "Not saved. The server cannot save now. Your text is kept in this page." : null
  } catch {
    return "Not saved. The server cannot be reached. Your text is kept in this page."
  }
}
