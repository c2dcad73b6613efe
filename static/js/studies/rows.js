import { announce } from "../announce.js"
import { showToast } from "../toast.js"
import { startDragging } from "./drag.js"

const MONO = new Set(["url", "url_regex", "click", "visible", "event"])

let made = 0

/** Let rows be added, moved and removed in the page; without this script the same buttons ask the server. */
export function startRowLists() {
  for (const list of document.querySelectorAll("[data-row-list]")) if (list instanceof HTMLElement) enhance(list)
  document.addEventListener("click", act)
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.matches("[data-row-kind]")) showKind(target)
  })
}

/** @param {HTMLElement} list */
function enhance(list) {
  const rows = rowsOf(list)
  rows.dataset.enhanced = ""
  const add = addButton(list)
  if (add?.dataset.words) add.textContent = add.dataset.words
  startDragging(rows, (row) => settle(list, row, null))
}

/** @param {MouseEvent} event */
function act(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null
  const list = button?.closest("[data-row-list]")
  if (!button || !(list instanceof HTMLElement)) return

  const row = button.closest("[data-row]")
  if (button.matches("[data-row-add]")) addRow(list)
  else if (button.dataset.rowMove && row instanceof HTMLElement) move(list, row, button)
  else if (button.matches("[data-row-remove]") && row instanceof HTMLElement) remove(list, row)
  else return

  event.preventDefault()
}

/** @param {HTMLElement} list */
function addRow(list) {
  const row = makeRow(list)
  if (!row) return

  rowsOf(list).append(row)
  changed(list)
  focusFirst(row)
  announce(`${nameOf(list, row)} is added`)
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement | null}
 */
function makeRow(list) {
  const template = list.querySelector(":scope > template")
  if (!(template instanceof HTMLTemplateElement)) return null

  const row = template.content.firstElementChild?.cloneNode(true)
  if (!(row instanceof HTMLElement)) return null

  const token = `n${(made += 1)}`
  fill(row, row.dataset.token ?? "__ROW__", token)
  for (const inner of row.querySelectorAll("[data-row-list]")) if (inner instanceof HTMLElement) enhance(inner)
  return row
}

/**
 * Give a row made from a template its own names, the templates inside it included.
 * @param {Element} element
 * @param {string} placeholder
 * @param {string} token
 */
function fill(element, placeholder, token) {
  for (const { name, value } of [...element.attributes]) {
    if (value.includes(placeholder)) element.setAttribute(name, value.replaceAll(placeholder, token))
  }
  const inside = element instanceof HTMLTemplateElement ? element.content.children : element.children
  for (const child of inside) fill(child, placeholder, token)
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {HTMLElement} button
 */
function move(list, row, button) {
  const up = button.dataset.rowMove === "up"
  const neighbour = up ? row.previousElementSibling : row.nextElementSibling
  if (!neighbour) {
    announce(`${nameOf(list, row)} is ${up ? "first" : "last"} already`)
    return
  }
  const name = nameOf(list, row)
  if (up) neighbour.before(row)
  else neighbour.after(row)
  settle(list, row, button, name)
}

/**
 * Say where a row is now, and keep the focus on it.
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 * @param {HTMLElement | null} button
 * @param {string} [name] what the row was called before it moved
 */
function settle(list, row, button, name = nameOf(list, row)) {
  changed(list)
  button?.focus()
  announce(`${name} is now ${placeOf(list, row)}`)
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 */
function remove(list, row) {
  const name = nameOf(list, row)
  const next = row.nextElementSibling
  const neighbour = next ?? row.previousElementSibling
  row.remove()
  changed(list)
  const focus = neighbour?.querySelector("[data-row-remove]") ?? addButton(list)
  if (focus instanceof HTMLElement) focus.focus()
  showToast(`${name} is removed`, () => {
    // What stood behind it may be gone meanwhile.
    if (next?.isConnected) next.before(row)
    else rowsOf(list).append(row)
    changed(list)
    focusFirst(row)
    announce(`${nameOf(list, row)} is back`)
  })
}

/** @param {HTMLElement} list */
function changed(list) {
  for (const [place, row] of [...rowsOf(list).children].entries()) number(list, row, place + 1)
  list.dispatchEvent(new CustomEvent("rows-changed", { bubbles: true }))
}

/**
 * Name a row's controls after its place; those of the rows inside it are named after theirs.
 * @param {HTMLElement} list
 * @param {Element} row
 * @param {number} place
 */
function number(list, row, place) {
  const thing = list.dataset.thing ?? "row"
  const pattern = new RegExp(`\\b(${thing}) (\\d+|__NUMBER__)`, "i")
  for (const element of row.querySelectorAll("[aria-label]")) {
    if (element.closest("[data-row]") !== row) continue

    element.setAttribute("aria-label", (element.getAttribute("aria-label") ?? "").replace(pattern, `$1 ${place}`))
  }
}

/** @param {HTMLSelectElement} select */
function showKind(select) {
  const row = select.closest("[data-row]")
  if (!row) return

  for (const part of row.querySelectorAll("[data-for-kinds]")) {
    if (!(part instanceof HTMLElement) || part.closest("[data-row]") !== row) continue

    part.hidden = !(part.dataset.forKinds ?? "").split(" ").includes(select.value)
  }
  const value = [...row.querySelectorAll("input[name$=-value]")].find((input) => input.closest("[data-row]") === row)
  value?.classList.toggle("mono", MONO.has(select.value))
  const parts = row.querySelector("[data-row-list]")
  if (select.value === "all" && parts instanceof HTMLElement && !rowsOf(parts).children.length) startParts(parts)
}

/**
 * "All of these" begins with two parts: one alone would be a criterion of its own.
 * @param {HTMLElement} parts
 */
function startParts(parts) {
  for (const row of [makeRow(parts), makeRow(parts)]) if (row) rowsOf(parts).append(row)
  changed(parts)
}

/** @param {HTMLElement} row */
function focusFirst(row) {
  const first = row.querySelector("select, input:not([type=hidden]), textarea")
  if (first instanceof HTMLElement) first.focus()
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement}
 */
function rowsOf(list) {
  const rows = list.querySelector(":scope > [data-rows]")
  if (!(rows instanceof HTMLElement)) throw new Error("a list without rows")
  return rows
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement | null}
 */
function addButton(list) {
  return list.querySelector(":scope > [data-row-add]")
}

/**
 * @param {HTMLElement} list
 * @param {Element} row
 */
function nameOf(list, row) {
  const thing = list.dataset.thing ?? "row"
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} ${placeIn(list, row) + 1}`
}

/**
 * @param {HTMLElement} list
 * @param {Element} row
 */
function placeOf(list, row) {
  const place = placeIn(list, row)
  if (place === 0) return "first"
  return place === rowsOf(list).children.length - 1 ? "last" : `number ${place + 1}`
}

/**
 * @param {HTMLElement} list
 * @param {Element} row
 */
function placeIn(list, row) {
  return [...rowsOf(list).children].indexOf(row)
}
