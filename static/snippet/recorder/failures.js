import { timeOf } from '../clock.js'
import { FLOOD } from '../limits.js'
import { cut, maskMessage } from '../mask.js'
import { quietly } from '../quietly.js'
import { wrap } from './wrap.js'

/**
 * Script errors, unhandled rejections, and requests that failed.
 *
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {(address: string) => string} address what may be recorded of it
 * @property {() => void} requested
 * @property {string} base where we ourselves come from
 *
 * @typedef {{method: string, address: string, sent: number, aborted?: boolean}} Request
 */

/** @param {Delegate} delegate */
export function observeFailures({ record, address: identity, requested, base }) {
  /** @type {WeakMap<XMLHttpRequest, Request>} */
  const requests = new WeakMap()
  let faults = 0
  /** @type {(() => void)[]} */
  let undo = []

  /**
   * @param {string} how
   * @param {number} status
   * @param {Request | undefined} request
   */
  function answered(how, status, request) {
    if (!request || (status && status < 400)) return
    const { method, address, sent, aborted } = request
    const url = new URL(address, document.baseURI).href
    const now = performance.now()
    if (!url.startsWith(base)) record('n', timeOf(now), how, cut(method.toUpperCase(), 20), identity(url), status, aborted ? 1 : 0, Math.round(now - sent))
  }

  /** @param {typeof fetch} original */
  const watchFetch = (original) =>
    /** @this {any} @param {RequestInfo | URL} input @param {RequestInit} [init] */
    function (input, init) {
      const sent = performance.now()
      const answer = original.apply(this, /** @type {any} */ (arguments))
      quietly(requested)
      /** @param {number} status @param {any} [fault] */
      const settle = (status, fault) =>
        quietly(() => {
          const { method = 'GET', url, signal } = /** @type {any} */ (input instanceof Request ? input : { url: String(input) })
          const aborted = fault && (fault.name === 'AbortError' || (init?.signal ?? signal)?.aborted)
          answered('fetch', status, { method: init?.method ?? method, address: url, sent, aborted })
        })
      // A promise of its own: an answer that nobody handles must stay unhandled.
      return answer.then(
        (response) => {
          settle(response.status)
          return response
        },
        (fault) => {
          settle(0, fault)
          throw fault
        },
      )
    }

  /** @param {XMLHttpRequest['open']} original */
  const watchOpen = (original) =>
    /** @this {XMLHttpRequest} @param {string} method @param {string | URL} address */
    function (method, address) {
      original.apply(this, /** @type {any} */ (arguments))
      quietly(() => {
        const known = requests.has(this)
        requests.set(this, { method, address: `${address}`, sent: 0 })
        if (known) return
        this.addEventListener('abort', () => void (/** @type {Request} */ (requests.get(this)).aborted = true))
        this.addEventListener('loadend', () => quietly(() => answered('xhr', this.status, requests.get(this))))
      })
    }

  /** @param {XMLHttpRequest['send']} original */
  const watchSend = (original) =>
    /** @this {XMLHttpRequest} */
    function () {
      const request = requests.get(this)
      if (request) request.sent = performance.now()
      quietly(requested)
      original.apply(this, /** @type {any} */ (arguments))
    }

  /**
   * @param {string} what
   * @param {Event} event
   * @param {{message?: unknown, filename?: string, lineno?: number, colno?: number, stack?: unknown}} fault
   */
  function broken(what, { timeStamp }, { message, filename = '', lineno = 0, colno = 0, stack }) {
    if (filename.startsWith(base)) return
    // Masking looks at the whole page: not for a flood of which only the number is kept.
    const told = ++faults > FLOOD ? '' : maskMessage(message)
    record('j', timeOf(timeStamp), what, told, filename && identity(filename), lineno, colno, stack ? hash(`${stack}`) : '')
  }

  return {
    on: {
      /** @param {any} event also of an element that could not be loaded: that has no message */
      error(event) {
        const { message, filename, lineno, colno, error } = event
        if (message !== undefined) broken('error', event, { message, filename, lineno, colno, stack: error?.stack })
      },
      /** @param {any} event */
      unhandledrejection(event) {
        const { reason } = event
        broken('rejection', event, { message: reason?.message ?? reason, stack: reason instanceof Error && reason.stack })
      },
    },

    start() {
      const { prototype } = XMLHttpRequest
      undo = [
        wrap(window, 'fetch', watchFetch),
        wrap(prototype, 'open', watchOpen),
        wrap(prototype, 'send', watchSend),
      ]
    },

    stop() {
      for (const each of undo) each()
    },
  }
}

/**
 * Tells stacks apart without keeping them. FNV-1a.
 *
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193)
  return (value >>> 0).toString(36)
}
