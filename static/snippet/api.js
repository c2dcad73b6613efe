import { timeOf } from './clock.js'
import { fromJson, toJson } from './json.js'
import { cut, maskMessage } from './mask.js'
import { quietly } from './quietly.js'

/**
 * What the site's own code may say: window.usabtest, and the queue for calls that come before it.
 *
 * @typedef {object} Listener
 * @property {(at: number, name: string, data: any) => void} event
 * @property {(at: number, side: import('./types.js').Side) => void} verdict
 * @property {(at: number, message: string) => void} error
 *
 * @typedef {import('./types.js').Store} Store
 */

const LONGEST_DATA = 1000
const KEPT = 'usabtest.calls.'

/** @param {Listener} listener */
export function openApi(listener) {
  const page = /** @type {any} */ (window)
  const queue = (page.usabtestCalls ||= [])
  /** @param {...any} calls */
  const push = (...calls) => {
    for (const call of calls) say(listener, timeOf(), call)
    return 0
  }
  page.usabtest = Object.fromEntries(
    ['event', 'success', 'failure', 'error'].map((name) => [name, (/** @type {any[]} */ ...given) => void push([name, ...given])]),
  )
  if (Array.isArray(queue)) push(...queue.splice(0))
  // It may be frozen by the site.
  quietly(() => (queue.push = push))
}

/**
 * What was said on pages that were left before anybody listened; the core wrote it down as it stood.
 *
 * @param {Store} store
 * @param {(page: string, attempt: number | null) => Listener} listenerOf
 */
export function takeCalls(store, listenerOf) {
  for (const key of store.keys().filter((each) => each.startsWith(KEPT))) {
    const [page, at, attempt, calls] = fromJson(store.get(key)) ?? []
    store.remove(key)
    for (const call of calls ?? []) say(listenerOf(page, attempt), at, call)
  }
}

/**
 * A call that cannot be read is the site's affair, and no reason to break its code.
 *
 * @param {Listener} listener
 * @param {number} at
 * @param {any} call what stands in the queue: [name, ...arguments]
 */
function say(listener, at, call) {
  quietly(() => {
    const [name, given, data] = call
    if (name === 'event') listener.event(at, cut(given, 100), plain(data))
    else if (name === 'error') listener.error(at, maskMessage(cut(given, 500)))
    else if (name === 'success' || name === 'failure') listener.verdict(at, name)
  })
}

/**
 * Data as JSON of at most 1 kB, else nothing.
 *
 * @param {any} data
 */
function plain(data) {
  try {
    const text = toJson(data ?? null)
    return text && new Blob([text]).size <= LONGEST_DATA ? fromJson(text) : null
  } catch {
    return null // a circle, or what refuses to be read
  }
}
