import { now, timeOf } from '../clock.js'
import { cut } from '../mask.js'
import { quietly } from '../quietly.js'
import { wrap } from './wrap.js'

/**
 * Script errors, unhandled rejections, and requests that failed.
 *
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {(moment: import('../types.js').Moment) => void} happened an element could not be loaded
 * @property {(address: string) => string} address what may be recorded of it
 * @property {() => void} requested
 * @property {string} base where we ourselves come from
 *
 * @typedef {{method: string, address: string, sent: number, aborted?: boolean}} Request
 */

/** @param {Delegate} delegate */
export function observeFailures({ record, happened, address: identity, requested, base }) {
  /** @type {WeakMap<XMLHttpRequest, Request>} */
  const requests = new WeakMap()
  /** @type {(() => void)[]} */
  const undo = []

  /**
   * @param {string} how
   * @param {number} status
   * @param {Request | undefined} request
   */
  function answered(how, status, request) {
    if (!request || (status && status < 400)) return
    const { method, address, sent, aborted } = request
    const ended = now()
    if (!address.startsWith(base)) record('n', timeOf(ended), how, cut(method.toUpperCase(), 20), identity(address), status, aborted ? 1 : 0, Math.round(ended - sent))
  }

  /** @param {Window} view @returns {(original: typeof fetch) => any} */
  const watchFetch = ({ document }) => (original) =>
    /** @this {any} @param {any} input @param {RequestInit} [init] */
    function (input, init) {
      const sent = now()
      const answer = original.apply(this, /** @type {any} */ (arguments))
      quietly(requested)
      // The page may have put its own in the place of fetch before us.
      if (!answer?.then) return answer
      /** @param {number} status @param {any} [fault] */
      const settle = (status, fault) =>
        quietly(() => {
          const { method = 'GET', url = `${input}`, signal } = input
          const aborted = fault && (fault.name === 'AbortError' || (init?.signal ?? signal)?.aborted)
          answered('fetch', status, { method: init?.method ?? method, address: new URL(url, document.baseURI).href, sent, aborted })
        })
      // A promise of its own: an answer that nobody handles must stay unhandled.
      return answer.then(
        (/** @type {any} */ response) => {
          if (response) settle(response.status)
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
      quietly(() => {
        const known = requests.has(this)
        requests.set(this, { method, address: new URL(address, document.baseURI).href, sent: 0 })
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
      if (request) request.sent = now()
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
    record('j', timeOf(timeStamp), what, message, filename && identity(filename), lineno, colno, stack ? hash(`${stack}`) : '')
  }

  /** @param {any} view whose requests */
  function watch(view) {
    const { prototype } = view.XMLHttpRequest
    undo.push(wrap(view, 'fetch', watchFetch(view)), wrap(prototype, 'open', watchOpen(view)), wrap(prototype, 'send', watchSend))
  }

  return {
    on: {
      /**
       * @param {any} event also of an element that could not be loaded: that has no message
       * @param {Element[]} path
       */
      error(event, path) {
        const { message, filename, lineno, colno, error } = event
        if (message !== undefined) broken('error', event, { message, filename, lineno, colno, stack: told(error, 'stack') })
        else if (path[0]) happened({ at: timeOf(event.timeStamp), path, failed: true })
      },
      /** @param {any} event */
      unhandledrejection(event) {
        const { reason } = event
        broken('rejection', event, { message: told(reason, 'message') ?? reason, stack: reason instanceof Error && told(reason, 'stack') })
      },
    },

    start: () => watch(window),

    stop() {
      for (const each of undo) quietly(each)
    },

    watch,
  }
}

/**
 * @param {any} fault whatever was thrown: even to look at it may throw
 * @param {string} name
 */
function told(fault, name) {
  try {
    return fault?.[name]
  } catch {
    return ''
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
