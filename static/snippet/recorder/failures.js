import { cut, maskMessage } from '../mask.js'
import { timeOf } from '../clock.js'

/**
 * Script errors, unhandled rejections, and requests that failed.
 *
 * @typedef {object} Delegate
 * @property {import('../types.js').RecordEvent} record
 * @property {(address: string) => string} address what may be recorded of it
 * @property {() => void} requested
 * @property {string} base where we ourselves come from
 */

const MOST = 100

/** @param {Delegate} delegate */
export function observeFailures(delegate) {
  const { fetch: originalFetch } = window
  const { open: originalOpen, send: originalSend } = XMLHttpRequest.prototype
  /** @type {WeakMap<XMLHttpRequest, {method: string, address: string, sent: number}>} */
  const requests = new WeakMap()
  const since = performance.now()
  let faults = 0
  /** @type {PerformanceObserver | undefined} */
  let earlier

  /**
   * @param {'fetch' | 'xhr'} how
   * @param {string} method
   * @param {string} address
   * @param {number} status
   * @param {boolean} aborted
   * @param {number} sent
   */
  function failed(how, method, address, status, aborted, sent) {
    const url = new URL(address, document.baseURI).href
    if (url.startsWith(delegate.base)) return
    const now = performance.now()
    delegate.record('n', timeOf(now), how, cut(method.toUpperCase(), 20), delegate.address(url), status, aborted ? 1 : 0, Math.round(now - sent))
  }

  /**
   * @this {any}
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  function ourFetch(input, init) {
    const sent = performance.now()
    const answer = originalFetch.apply(this, /** @type {any} */ (arguments))
    quietly(delegate.requested)
    const request = input instanceof Request ? input : null
    /** @param {number} status @param {any} [fault] */
    const report = (status, fault) =>
      quietly(() => {
        const aborted = !!fault && (fault.name === 'AbortError' || !!(init?.signal ?? request?.signal)?.aborted)
        failed('fetch', init?.method ?? request?.method ?? 'GET', request?.url ?? String(input), status, aborted, sent)
      })
    // A promise of its own: an answer that nobody handles must stay unhandled.
    return answer.then(
      (response) => {
        if (response.status >= 400) report(response.status)
        return response
      },
      (fault) => {
        report(0, fault)
        throw fault
      },
    )
  }

  /** @this {XMLHttpRequest} */
  function ourOpen(/** @type {string} */ method, /** @type {string | URL} */ address) {
    const result = originalOpen.apply(this, /** @type {any} */ (arguments))
    quietly(() => {
      if (!requests.has(this)) watch(this)
      requests.set(this, { method, address: String(address), sent: 0 })
    })
    return result
  }

  /** @this {XMLHttpRequest} */
  function ourSend() {
    const request = requests.get(this)
    if (request) request.sent = performance.now()
    quietly(delegate.requested)
    return originalSend.apply(this, /** @type {any} */ (arguments))
  }

  /** @param {XMLHttpRequest} xhr */
  function watch(xhr) {
    let aborted = false
    xhr.addEventListener('abort', () => (aborted = true))
    xhr.addEventListener('loadend', () =>
      quietly(() => {
        const request = requests.get(xhr)
        if (request && (!xhr.status || xhr.status >= 400)) failed('xhr', request.method, request.address, xhr.status, aborted, request.sent)
        aborted = false
      }),
    )
  }

  /**
   * @param {string} what
   * @param {unknown} message
   * @param {string} source
   * @param {number} line
   * @param {number} column
   * @param {unknown} stack
   * @param {number} at
   */
  function fault(what, message, source, line, column, stack, at) {
    if (source.startsWith(delegate.base)) return
    // Masking looks at the whole page: not for a flood of which only the number is kept.
    delegate.record('j', at, what, ++faults > MOST ? '' : maskMessage(message), source && delegate.address(source), line, column, stack ? hash(String(stack)) : '')
  }

  return {
    types: ['error', 'unhandledrejection'],

    start() {
      window.fetch = ourFetch
      XMLHttpRequest.prototype.open = /** @type {any} */ (ourOpen)
      XMLHttpRequest.prototype.send = ourSend
      try {
        // What the page asked for before we came: only the browser knows, and not by which method.
        earlier = new PerformanceObserver((list) => {
          for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
            const how = /** @type {const} */ ({ fetch: 'fetch', xmlhttprequest: 'xhr' })[/** @type {'fetch'} */ (entry.initiatorType)]
            if (how && entry.startTime < since && entry.responseStatus >= 400) failed(how, '', entry.name, entry.responseStatus, false, entry.startTime)
          }
        })
        earlier.observe({ type: 'resource', buffered: true })
      } catch {
        // a browser without it
      }
    },

    stop() {
      if (window.fetch === ourFetch) window.fetch = originalFetch
      const { prototype } = XMLHttpRequest
      if (/** @type {any} */ (prototype.open) === ourOpen) prototype.open = originalOpen
      if (prototype.send === ourSend) prototype.send = originalSend
      earlier?.disconnect()
    },

    /** @param {any} event */
    handleEvent(event) {
      const at = timeOf(event.timeStamp)
      if (event.type === 'error') {
        const { message, filename, lineno, colno, error } = /** @type {ErrorEvent} */ (event)
        if (message !== undefined) fault('error', message, filename ?? '', lineno ?? 0, colno ?? 0, error?.stack, at)
      } else {
        const { reason } = /** @type {PromiseRejectionEvent} */ (event)
        const { message, stack } = reason instanceof Error ? reason : { message: reason?.message ?? reason, stack: '' }
        fault('rejection', message, '', 0, 0, stack, at)
      }
    },
  }
}

/** Ours must never become the page's error.
 * @param {() => void} work
 */
function quietly(work) {
  try {
    work()
  } catch {
    // A request whose address or method cannot be read has already been made as the page wished.
  }
}

/**
 * Tells stacks apart without keeping them. FNV-1a.
 *
 * @param {string} text
 */
function hash(text) {
  let value = 0x811c9dc5
  for (let place = 0; place < text.length; place++) value = Math.imul(value ^ text.charCodeAt(place), 0x01000193)
  return (value >>> 0).toString(36)
}
