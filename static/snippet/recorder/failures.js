import { now, timeOf } from '../clock.js'
import { quietly } from '../quietly.js'
import { pageIdentity } from '../page.js'
import { REQUEST } from './reactions.js'
import { wrap } from './wrap.js'

/**
 * Script errors, unhandled rejections, and requests that failed.
 *
 * @typedef {{method: string, address: string, sent: number, aborted?: boolean}} Request `sent` or, of XHR, opened
 */

/**
 * @param {import('../types.js').RecordEvent} record
 * @param {(moment: import('../types.js').Moment) => void} happened completes a fault, or an element could not be loaded
 * @param {string} base where we ourselves come from
 * @param {import('../page.js').Kept} kept what of an address may be recorded
 * @param {(what: number) => void} signal a reaction to a click
 * @param {(() => void)[]} undo
 */
export function observeFailures(record, happened, base, kept, signal, undo) {
  /** @type {WeakMap<XMLHttpRequest, Request>} */
  const requests = new WeakMap()
  /** Whether the page's fetch is being called. */
  let fetching = false

  /**
   * @param {string} how
   * @param {number} status
   * @param {Request | undefined} request
   */
  function answered(how, status, request) {
    if (!request || (status && status < 400)) return
    const { method, address, sent, aborted } = request
    const ended = now()
    if (!address.startsWith(base)) record('n', timeOf(ended), how, method.toUpperCase(), pageIdentity(address, kept), status, aborted ? 1 : 0, Math.round(ended - sent))
  }

  /** @param {Window} view @returns {(original: typeof fetch) => any} */
  const watchFetch = ({ document }) => (original) =>
    /** @this {any} @param {any} input @param {RequestInit} [init] */
    function (input, init) {
      const sent = now()
      let answer
      // What is made of XMLHttpRequest shall not be told twice.
      fetching = true
      try {
        answer = original.apply(this, /** @type {any} */ (arguments))
      } finally {
        fetching = false
      }
      quietly(signal, REQUEST)
      // The page may have put its own in the place of fetch before us.
      if (!answer?.then) return answer
      /** @param {number} status @param {any} [fault] */
      const settle = (status, fault) =>
        quietly(() => {
          const { method = 'GET', signal, url = input } = input
          const aborted = fault && (fault.name === 'AbortError' || (init?.signal ?? signal)?.aborted)
          answered('fetch', status, { method: init?.method ?? method, address: new URL(url, document.baseURI).href, sent, aborted })
        })
      // A promise of its own: an answer that nobody handles must stay unhandled.
      return answer.then(
        (/** @type {any} */ response) => {
          // Of another origin it may not be told.
          settle(response?.status || 200)
          return response
        },
        (/** @type {any} */ fault) => {
          settle(0, fault)
          throw fault
        },
      )
    }

  /** @param {Window} view @returns {(original: XMLHttpRequest['open']) => any} */
  const watchOpen = ({ document }) => (original) =>
    /** @this {XMLHttpRequest} @param {string} method @param {string | URL} address */
    function (method, address) {
      original.apply(this, /** @type {any} */ (arguments))
      if (fetching) return
      quietly(() => {
        signal(REQUEST)
        const known = requests.has(this)
        requests.set(this, { method, address: new URL(address, document.baseURI).href, sent: now() })
        if (known) return
        this.addEventListener('abort', () => void (/** @type {Request} */ (requests.get(this)).aborted = true))
        this.addEventListener('loadend', () => quietly(() => answered('xhr', this.status, requests.get(this))))
      })
    }

  /**
   * Only the conductor knows what may be told of a fault.
   *
   * @param {number} at
   * @param {string} what
   * @param {[message: unknown, fault: unknown]} fault
   * @param {...any} place
   */
  const broken = (at, what, fault, ...place) => happened({ at, fault, ordinal: record('j', at, what, '', ...place, '') })

  /** @param {any} view whose requests */
  function watch(view) {
    undo.push(wrap(view, 'fetch', watchFetch(view)), wrap(view.XMLHttpRequest.prototype, 'open', watchOpen(view)))
  }

  // Some pages take one of them away.
  quietly(watch, window)

  return {
    on: {
      /**
       * @param {any} event also of an element that could not be loaded: that has no message
       * @param {Element[]} path
       */
      error({ error, timeStamp, colno, lineno, message, filename }, path) {
        const at = timeOf(timeStamp)
        if (message === undefined) path[0] && happened({ at, path, failed: true })
        else if (!filename.startsWith(base)) broken(at, 'error', [message, error], pageIdentity(filename, kept), lineno, colno)
      },
      /** @param {any} event */
      unhandledrejection({ timeStamp, reason }) {
        broken(timeOf(timeStamp), 'rejection', [undefined, reason], '', 0, 0)
      },
    },
    watch,
  }
}
