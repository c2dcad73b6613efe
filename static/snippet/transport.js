/**
 * Sends what is to be sent until the server has it: a few at a time, without end, and never in the page's way. Every
 * request is one that browsers send without asking first: POST, text/plain, no own headers, no credentials.
 *
 * @typedef {object} Job
 * @property {string} address below recording/
 * @property {string} body
 * @property {(answer: any) => boolean} accept false if the answer is not ours: then it is sent again
 * @property {(status: number) => void} [refuse] a body that the server will never take
 * @property {boolean} [foreign] of another session: what the server says of that concerns this job only
 * @property {string} [stream]
 * @property {() => void} [keep] writes it down once more
 * @property {boolean} [sending]
 *
 * @typedef {ReturnType<typeof createTransport>} Transport
 */

const FEW = 3
const PATIENCE_MS = 30_000

// Own references, taken before the page's fetch is wrapped: our own failures are not the site's.
const fetch = globalThis.fetch?.bind(globalThis)
const { setTimeout, clearTimeout } = globalThis

/**
 * @param {string} base
 * @param {() => void} changed what is on its way, or whether the server is there
 * @param {(status: number) => void} stopped the server will not have anything of this session
 */
export function createTransport(base, changed, stopped) {
  /** @type {Job[]} */
  const jobs = []
  let failures = 0
  let stop = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest

  /** @param {boolean} [leaving] the page may be gone in a moment */
  function pump(leaving) {
    if (stop || (rest && !leaving)) return
    const room = (failures && !leaving ? 1 : FEW) - jobs.filter((job) => job.sending).length
    for (const job of jobs.filter((each) => !each.sending).slice(0, Math.max(0, room))) void send(job, leaving)
  }

  /**
   * @param {Job} job
   * @param {boolean} [leaving]
   */
  async function send(job, leaving) {
    job.sending = true
    const answer = await post(base, job, !failures || !!leaving)
    job.sending = false
    settle(job, answer)
    changed()
    pump()
  }

  /**
   * @param {Job} job
   * @param {Awaited<ReturnType<typeof post>>} answer
   */
  function settle(job, answer) {
    const { status, body, retryAfter_ms } = answer
    if (status === 200 && body && job.accept(body)) {
      failures = 0
      remove(job)
    } else if (status === 400 || status === 409 || status === 413 || (job.foreign && isFinal(status))) {
      failures = 0
      remove(job)
      job.refuse?.(status)
    } else if (isFinal(status)) {
      stop = true
      stopped(status)
    } else {
      const longest_ms = Math.min(500 * 2 ** failures++, PATIENCE_MS)
      // Full jitter: the browsers of many participants shall not come back all at once.
      wait(Math.max(retryAfter_ms, longest_ms * (0.5 + Math.random() / 2)))
    }
  }

  /** @param {number} delay_ms */
  function wait(delay_ms) {
    clearTimeout(rest)
    rest = setTimeout(retry, delay_ms)
  }

  function retry() {
    clearTimeout(rest)
    rest = undefined
    pump()
  }

  /** @param {Job} job */
  function remove(job) {
    if (jobs.includes(job)) jobs.splice(jobs.indexOf(job), 1)
  }

  return {
    /** @param {Job} job */
    add(job) {
      jobs.push(job)
      pump()
    },
    /** @param {(job: Job) => boolean} which */
    drop: (which) => jobs.filter(which).forEach(remove),
    jobs: () => jobs,
    leave: () => pump(true),
    retry,
    /** @returns {import('./types.js').View['connection']} */
    connection: () => (stop ? 'stopped' : failures ? 'offline' : 'ok'),
  }
}

/** @param {number} status */
const isFinal = (status) => status === 401 || status === 403 || status === 410

/**
 * @param {string} base
 * @param {{address: string, body: string}} job
 * @param {boolean} keepalive goes on when the page goes; browsers allow 64 kB of it at a time
 */
async function post(base, { address, body }, keepalive) {
  const url = `${base}recording/${address}`
  const nothing = { status: 0, body: null, retryAfter_ms: 0 }
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      keepalive,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'origin',
      signal: patience.signal,
    })
    const retryAfter_ms = (Number(answer.headers.get('Retry-After')) || 0) * 1000
    return { status: answer.status, body: await answer.json().catch(() => null), retryAfter_ms }
  } catch {
    return nothing
  } finally {
    clearTimeout(timer)
  }
}
