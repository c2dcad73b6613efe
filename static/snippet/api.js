import { fromJson, toJson } from './json.js'
import { cut } from './mask.js'

/**
 * What the site's own code may say: window.usabtest, and the queue for calls that come before it.
 *
 * @typedef {object} Listener
 * @property {(name: string, data: any) => void} event
 * @property {(side: import('./types.js').Side) => void} verdict
 * @property {(message: string) => void} error
 */

const LONGEST_DATA = 1000

/** @param {Listener} listener */
export function openApi(listener) {
  /** @type {Record<string, (...given: any[]) => void>} */
  const calls = {
    event: (name, data) => listener.event(cut(name, 100), plain(data)),
    success: () => listener.verdict('success'),
    failure: () => listener.verdict('failure'),
    error: (message) => listener.error(cut(message, 500)),
  }

  /** @param {any} call what stands in the queue: [name, ...arguments] */
  function say(call) {
    try {
      const [name, ...given] = call
      calls[name]?.(...given)
    } catch {
      // A call that cannot be read is the site's affair, and no reason to break its code.
    }
  }

  const page = /** @type {any} */ (window)
  const queue = (page.usabtestCalls ||= [])
  /** @param {...any} more */
  const push = (...more) => {
    more.forEach(say)
    return 0
  }
  page.usabtest = Object.fromEntries(Object.keys(calls).map((name) => [name, (/** @type {any[]} */ ...given) => say([name, ...given])]))
  if (Array.isArray(queue)) queue.splice(0).forEach(say)
  try {
    queue.push = push
  } catch {
    // frozen by the site
  }
}

/**
 * Data as JSON of at most 1 kB, else nothing.
 *
 * @param {any} data
 */
function plain(data) {
  const text = toJson(data ?? null)
  return text && new TextEncoder().encode(text).length <= LONGEST_DATA ? fromJson(text) : null
}
