import { now, timeOf } from '../clock.js'
import { observeEntries } from './entries.js'

/** @type {Record<string, string>} */
const HOW = { fetch: 'fetch', xmlhttprequest: 'xhr' }
/** The browser may say that an answer has come before the page's own code hears of it. */
const WAIT_MS = 1000

const { setTimeout, clearTimeout } = globalThis

/**
 * Failed requests that went past us: made before we came, or by a `fetch` that the page had kept for itself by then. Only
 * the browser knows of them, and not by which method.
 *
 * @param {object} delegate
 * @param {import('../types.js').RecordEvent} delegate.record
 * @param {(address: string) => string} delegate.address what may be recorded of it
 * @param {string} delegate.base where we ourselves come from
 * @param {number} since when requests began to be watched, on the page's clock
 * @param {() => boolean} isFlood of which only the number is kept, by those who make the requests
 */
export function observeUnheard({ record, address, base }, since, isFlood) {
  const began = now()
  /** How many of each were told by who made them. @type {Map<string, number>} */
  const told = new Map()
  /** @type {any[][]} */
  let waiting = []
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let stop = () => {}
  let own = false

  /** @param {any} entry */
  function heard({ initiatorType, name, startTime, responseEnd, responseStatus }) {
    const how = HOW[initiatorType]
    const between = startTime >= since && startTime < began
    if (!how || between || !(responseStatus >= 400) || name.startsWith(base)) return
    waiting.push([timeOf(responseEnd), how, '', address(name), responseStatus, 0, Math.round(responseEnd - startTime)])
    clearTimeout(timer)
    timer = setTimeout(settle, startTime < since ? 0 : WAIT_MS)
  }

  function settle() {
    for (const [at, how, ...rest] of waiting.splice(0)) {
      const [, identity] = rest
      const count = told.get(identity) ?? 0
      told.set(identity, Math.max(0, count - 1))
      if (count || isFlood()) continue
      own = true
      record('n', at, how, ...rest)
      own = false
    }
  }

  return {
    start: () => void (stop = observeEntries('resource', heard)),

    stop() {
      stop()
      clearTimeout(timer)
    },

    settle,

    /**
     * By whichever way: a page may have a fetch that is made of XMLHttpRequest.
     *
     * @param {string} identity of the address
     */
    told(identity) {
      if (!own) told.set(identity, (told.get(identity) ?? 0) + 1)
    },
  }
}
