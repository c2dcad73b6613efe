/**
 * Which pages still live, so that the journal of one that died can be taken over, and by one page only. A Web Lock
 * falls when its page does; where there are none (plain http, old browsers) a stamp says until when a page surely lives.
 */

const BEAT_MS = 5_000
/** Timers of hidden pages run once a minute at worst. */
const HIDDEN_MS = 120_000

/**
 * @param {import('./types.js').Store} store
 * @param {string} stream
 */
export function createAlive(store, stream) {
  const locks = /** @type {LockManager | undefined} */ (navigator.locks)
  /** @type {Set<() => void>} */
  const held = new Set()
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let beating

  /** @param {string} of */
  const lockOf = (of) => `usabtest.${of}`
  /** @param {string} of */
  const stampOf = (of) => `usabtest.alive.${of}`

  function beat() {
    store.set(stampOf(stream), String(Date.now() + (document.hidden ? HIDDEN_MS : 2 * BEAT_MS + 2_000)))
  }

  /**
   * @param {string} of
   * @param {boolean} ifAvailable
   * @param {(release: () => void) => void} then
   */
  function lock(of, ifAvailable, then) {
    locks
      ?.request(lockOf(of), { ifAvailable }, (granted) => {
        if (granted) return new Promise((done) => hold(() => done(undefined), then))
      })
      .catch(() => {}) // an opaque origin has no locks
  }

  /**
   * @param {() => void} done
   * @param {(release: () => void) => void} then
   */
  function hold(done, then) {
    const release = () => {
      held.delete(release)
      done()
    }
    held.add(release)
    then(release)
  }

  return {
    start() {
      if (locks) return lock(stream, false, () => {})
      beat()
      beating = setInterval(beat, BEAT_MS)
      document.addEventListener('visibilitychange', beat)
    },

    /** A held lock would keep the page out of the back/forward cache. */
    stop() {
      for (const release of held) release()
      clearInterval(beating)
      document.removeEventListener('visibilitychange', beat)
      store.remove(stampOf(stream))
    },

    /**
     * Gives a dead page's stream to this page, which lets it go with `release`.
     *
     * @param {string} of
     * @param {(release: () => void) => void} then
     */
    take(of, then) {
      if (locks) return lock(of, true, then)
      if (Number(store.get(stampOf(of))) > Date.now()) return
      store.set(stampOf(of), String(Date.now() + HIDDEN_MS))
      hold(() => store.remove(stampOf(of)), then)
    },
  }
}
