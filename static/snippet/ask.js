/** What the browser made says this of itself. */
const NATIVE = /\[native code\]/
const PATIENCE_MS = 30_000

/**
 * A page may have taken `fetch` away before the tag came, or put something else in its place: then XMLHttpRequest sends.
 * It does not outlive its page, so that the next one has to deliver what was still on its way.
 *
 * @param {typeof window.fetch} found the page's, when the tag came
 * @returns {typeof window.fetch}
 */
export function surely(found) {
  if (NATIVE.test(`${found}`)) return found
  // A function of the site's that is only called so has no use for our requests.
  const isDeclared = Object.getOwnPropertyDescriptor(window, 'fetch')?.configurable === false
  return async (address, given) => {
    if (!isDeclared) {
      try {
        const answer = await found(address, given)
        if (answer.status) return answer
      } catch {
        // What the page has in its place may go its own ways.
      }
    }
    return byRequest(`${address}`, given?.body)
  }
}

/**
 * @param {string} address
 * @param {any} body
 * @returns {Promise<any>} as much of an answer as is looked at
 */
const byRequest = (address, body) =>
  new Promise((answered, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Content-Type', 'text/plain')
    request.timeout = PATIENCE_MS
    request.onload = () =>
      answered({
        status: request.status,
        // By all that may be read: to ask for one that may not is a fault to the browser.
        headers: { get: (/** @type {string} */ name) => RegExp(`^${name}: *(.*)`, 'im').exec(request.getAllResponseHeaders())?.[1] ?? null },
        json: () => JSON.parse(request.responseText),
      })
    request.onerror = request.onabort = request.ontimeout = failed
    request.send(body)
  })
