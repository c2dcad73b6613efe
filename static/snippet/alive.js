/**
 * Which pages still live, so that the journal of one that died can be taken over, and by one page only. A Web Lock
 * falls when its page does; where there are none (plain http, old browsers) a stamp says until when a page surely lives.
 *
 * @typedef {import('./types.js').Store} Store
 */

const BEAT_MS = 5_000
const ALIVE_MS = 12_000
/** Timers of hidden pages run once a minute at worst. */
const HIDDEN_MS = 120_000

const locks = /** @type {LockManager | undefined} */ (navigator.locks)

const LOCK = 'usabtest.'
/** @param {string} stream */
const stampOf = (stream) => `usabtest.alive.${stream}`

/**
 * @param {Store} store
 * @param {string} stream
 * @param {number} ms
 */
const stamp = (store, stream, ms) => store.set(stampOf(stream), `${Date.now() + ms}`)

/**
 * Tells the other pages that this one lives.
 *
 * @param {string} stream
 * @returns {() => void} ends that: a held lock would keep the page out of the back/forward cache
 */
export function holdLock(stream) {
  /** @type {((value?: any) => void) | undefined} */
  let release
  // An opaque origin has no locks.
  locks?.request(LOCK + stream, () => new Promise((done) => (release = done))).catch(() => {})
  return () => release?.()
}

/**
 * Renews the stamp of a page that lives on.
 *
 * @param {Store} store
 * @param {string} stream
 * @returns {() => void} ends that
 */
export function keepAlive(store, stream) {
  if (locks) return () => {}
  const beat = () => stamp(store, stream, document.hidden ? HIDDEN_MS : ALIVE_MS)
  const beating = setInterval(beat, BEAT_MS)
  document.addEventListener('visibilitychange', beat)
  beat()
  return () => {
    clearInterval(beating)
    document.removeEventListener('visibilitychange', beat)
    store.remove(stampOf(stream))
  }
}

/**
 * Gives a dead page's stream to this page, which lets it go with `release`.
 *
 * @param {Store} store
 * @param {string} stream
 * @param {number} began when its last batch did: without locks a young page may not have stamped yet
 * @param {(release: () => void) => void} then
 */
export function takeOver(store, stream, began, then) {
  if (locks) {
    locks
      .request(LOCK + stream, { ifAvailable: true }, (granted) => granted && new Promise((done) => then(() => done(0))))
      .catch(() => {}) // an opaque origin has no locks
  } else if (Math.max(Number(store.get(stampOf(stream))), began + ALIVE_MS) < Date.now()) {
    stamp(store, stream, HIDDEN_MS)
    then(() => store.remove(stampOf(stream)))
  }
}
