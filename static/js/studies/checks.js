import { announce } from "../announce.js"

const ASK_EVERY_MS = 1500
const ASK_AT_MOST = 60
const STATES = new Map([
  ["found", "ok"],
  ["silent", "warn"],
  ["no_widget", "warn"],
])

/** After a press on Check, ask how the page answered until it has. */
export function startChecks() {
  const list = document.querySelector("[data-checks]")
  if (!(list instanceof HTMLElement)) return

  list.addEventListener("submit", ({ target }) => {
    const item = target instanceof Element ? target.closest("[data-check]") : null
    if (item instanceof HTMLElement) wait(item)
    void ask(list, ASK_AT_MOST)
  })
  if (list.querySelector("[data-answer=waiting]")) void ask(list, ASK_AT_MOST)
}

/** @param {HTMLElement} item */
function wait(item) {
  item.dataset.answer = "waiting"
  item.dataset.state = "todo"
  write(item, "Waiting for the page to answer.")
}

/**
 * @param {HTMLElement} list
 * @param {number} timesLeft
 */
async function ask(list, timesLeft) {
  await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  const answer = await fetch(list.dataset.checks ?? "").catch(() => null)
  if (answer?.ok && show(list, await answer.json())) await followChecks()
  if (timesLeft > 1 && list.querySelector("[data-answer=waiting]")) void ask(list, timesLeft - 1)
}

/**
 * @param {HTMLElement} list
 * @param {{pages: {url: string, answer: string, words: string}[]}} told
 * @returns whether any of it is new
 */
function show(list, { pages }) {
  let isNews = false
  for (const { url, answer, words } of pages) {
    const item = [...list.querySelectorAll("[data-check]")].find((one) => one.getAttribute("data-check") === url)
    if (!(item instanceof HTMLElement) || item.dataset.answer === answer) continue
    // What the last check found is not the answer to this one.
    if (item.dataset.answer === "waiting" && answer === "none") continue

    item.dataset.answer = answer
    item.dataset.state = STATES.get(answer) ?? "todo"
    write(item, words)
    announce(`${url}: ${words}`)
    isNews = true
  }
  return isNews
}

/** Bring up to date what else depends on checks: what is left to do, and the sites that were heard from. */
async function followChecks() {
  const answer = await fetch(location.href).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
  for (const old of document.querySelectorAll("[data-follows-checks]")) {
    const now = fresh.getElementById(old.id)
    if (now) old.replaceWith(now)
  }
}

/**
 * @param {HTMLElement} item
 * @param {string} words
 */
function write(item, words) {
  const place = item.querySelector("[data-check-words]")
  if (place) place.textContent = words
}
