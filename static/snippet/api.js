import { timeOf } from './clock.js'
import { fromJson, toJson } from './json.js'
import { cut, maskMessage } from './mask.js'
import { bytesOf } from './queue.js'
import { quietly } from './quietly.js'

/**
 * What the site's own code may say: window.usabtest, and the queue for calls that come before it.
 *
 * @typedef {object} Delegate
 * @property {import('./types.js').RecordEvent} record
 * @property {(moment: import('./types.js').Moment) => void} happened
 */

const LONGEST_DATA = 1000

/** @param {Delegate} delegate */
export function openApi({ record, happened }) {
  /** @type {Record<string, (...given: any[]) => void>} */
  const calls = {
    event(given, data) {
      const at = timeOf()
      const event = cut(given, 100)
      record('x', at, event, plain(data))
      happened({ at, event })
    },
    success: () => happened({ at: timeOf(), verdict: 'success' }),
    failure: () => happened({ at: timeOf(), verdict: 'failure' }),
    error: (message) => record('m', timeOf(), maskMessage(cut(message, 500))),
  }

  // A call that cannot be read is the site's affair, and no reason to break its code.
  const say = (/** @type {any} */ [name, ...given]) => calls[name]?.(...given)
  const page = /** @type {any} */ (window)
  const queue = (page.usabtestCalls ||= [])
  /** @param {...any} more */
  const push = (...more) => {
    for (const call of more) quietly(() => say(call))
    return 0
  }
  for (const name in calls) page.usabtest[name] = (/** @type {any[]} */ ...given) => push([name, ...given])
  if (Array.isArray(queue)) push(...queue.splice(0))
  // It may be frozen by the site.
  quietly(() => (queue.push = push))
}

/**
 * Data as JSON of at most 1 kB, else nothing.
 *
 * @param {any} data
 */
function plain(data) {
  const text = toJson(data ?? null)
  return text && bytesOf(text) <= LONGEST_DATA ? fromJson(text) : null
}
