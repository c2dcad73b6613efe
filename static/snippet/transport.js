import { clearTimeout, setTimeout } from './timers.js'

/**
 * Sends what is to be sent until the server has it: a few at a time, without end, and never in the page's way. Every
 * request is one that browsers send without asking first: POST, text/plain, no own headers, no credentials.
 *
 * @typedef {object} Job
 * @property {string} address below recording/
 * @property {string} body
 * @property {(answer: any) => boolean} accept false if the answer is not ours: then it is sent again
 * @property {() => void} [refuse] a body that the server will never take
 * @property {boolean} [foreign] of another session: what the server says of that concerns this job only
 * @property {string} [stream] of a batch
 * @property {number} [number] of a batch
 * @property {boolean} [sending]
 *
 * @typedef {ReturnType<typeof createTransport>} Transport
 */

const FEW = 3
const PATIENCE_MS = 30_000

// An own reference, taken before the page's fetch is wrapped: our own failures are not the site's.
let { fetch } = window

/** @param {(fetch: typeof window.fetch) => typeof window.fetch} make another of it, where the page has changed it before us */
export const sendBy = (make) => void (fetch = make(fetch))

/**
 * @param {string} base
 * @param {() => void} changed what is on its way, or whether the server is there
 * @param {(status: number) => void} stopped the server will not have anything of this session
 */
export function createTransport(base, changed, stopped) {
  /** @type {Set<Job>} */
  const jobs = new Set()
  let failures = 0
  let stop = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest

  /** @param {boolean} [leaving] the page may be gone in a moment */
  function pump(leaving) {
    if (stop || (rest && !leaving)) return
    const few = failures && !leaving ? 1 : FEW
    for (const job of [...jobs].slice(0, few)) if (!job.sending) void send(job, leaving)
  }

  /**
   * @param {Job} job
   * @param {boolean} [leaving]
   */
  async function send(job, leaving) {
    const { address, body } = job
    let status = 0
    let accepted = false
    let rest_ms = 0
    job.sending = true
    try {
      const answer = await fetch(`${base}recording/${address}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain' },
        // What was packed lies in the journal as the characters of its bytes.
        body: body[0] === 'x' ? Uint8Array.from(body, (character) => character.charCodeAt(0)) : body,
        // Goes on when the page goes; browsers allow 64 kB of it at a time.
        keepalive: !failures || leaving,
        credentials: 'omit',
        referrerPolicy: 'origin',
        signal: AbortSignal.timeout?.(PATIENCE_MS),
      })
      status = answer.status
      rest_ms = /** @type {any} */ (answer.headers.get('Retry-After')) * 1000 || 0
      accepted = status === 200 && job.accept(await answer.json())
    } catch {
      // no network, or no answer of ours
    }
    job.sending = false
    const isFinal = [401, 403, 410].includes(status)
    const isRefused = [400, 409, 413].includes(status) || (isFinal && job.foreign)
    if (accepted || isRefused) {
      failures = 0
      jobs.delete(job)
      if (isRefused) job.refuse?.()
    } else if (isFinal) {
      stop = true
      stopped(status)
    } else {
      const longest_ms = Math.min(500 * 2 ** failures++, PATIENCE_MS)
      clearTimeout(rest)
      // Full jitter: the browsers of many participants shall not come back all at once.
      // A page that was thrown out of the back/forward cache gets no timer (0), and every fetch of it fails at once: without
      // a rest it would go on for ever, and hold up the pages that share its process.
      rest = setTimeout(retry, Math.max(rest_ms, longest_ms * (0.5 + Math.random() / 2))) || 1
    }
    changed()
    pump()
  }

  function retry() {
    clearTimeout(rest)
    rest = undefined
    pump()
  }

  return {
    /** @param {Job} job */
    add(job) {
      jobs.add(job)
      pump()
    },
    jobs,
    leave: () => pump(true),
    retry,
    /** @returns {import('./types.js').View['connection']} */
    connection: () => (stop ? 'stopped' : failures ? 'offline' : 'ok'),
  }
}
