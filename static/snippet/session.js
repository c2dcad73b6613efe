import { fromJson, toJson } from './json.js'
import { mergeFacts, noFacts, position } from './progress.js'
import { randomName } from './random.js'
import { sharedDomains } from './site.js'

/**
 * @typedef {import('./types.js').Store} Store
 * @typedef {import('./types.js').Facts} Facts
 *
 * @typedef {import('./types.js').Saved} Saved
 * @typedef {ReturnType<typeof createSession>} Session
 */

const KEY = 'usabtest'
const BROWSER = 'usabtest.browser'
const DAY_S = 86_400

/**
 * A random name of this browser on this site, kept before the code is spent, so that the exchange can be repeated.
 *
 * @param {Store} store
 */
export function browserNonce(store) {
  const nonce = store.get(BROWSER) ?? randomName(24)
  store.set(BROWSER, nonce)
  return nonce
}

/**
 * The session that this browser is in. A cookie is shared by the sub-domains of a `*.` site and wins if it is newer.
 *
 * @param {Store} store
 * @returns {Saved | null}
 */
export function savedSession(store) {
  const stored = parsed(store.get(KEY))
  const [, token, running, since] = /(?:^|; )usabtest=([^;:]+):(\d*):(\d+)/.exec(cookies()) ?? []
  if (!token || stored?.token === token || (stored && stored.since > Number(since))) return stored
  return { token, since: Number(since), definition: null, facts: noFacts(), running: running ? Number(running) : null, notes: {} }
}

/** The attempt that runs. @param {Saved} saved */
export function runningIn({ definition, facts, running }) {
  if (!definition) return running ?? null
  const { phase, number } = position(definition, facts)
  return phase === 'running' ? number : null
}

/**
 * @param {Store} store
 * @param {Saved} saved
 * @param {(replaced: boolean) => void} changed by another tab; `replaced` if that began another session
 */
export function createSession(store, saved, changed) {
  /** What storage refuses is kept here, and not overwritten by what is older. */
  let stored = true
  const sites = saved.definition?.sites ?? []

  function write() {
    // The next page records before it knows how to tell.
    saved.running = runningIn(saved)
    stored = store.set(KEY, toJson(saved))
  }

  /**
   * @param {string} value
   * @param {number} age_s
   */
  function shareCookie(value, age_s) {
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    for (const domain of sharedDomains(sites, location.origin)) {
      document.cookie = `usabtest=${value}; Domain=${domain}; Path=/; Max-Age=${age_s}; SameSite=Lax${secure}`
      if (value && document.cookie.includes(value)) return
    }
  }

  function pull() {
    const theirs = stored ? parsed(store.get(KEY)) : null
    if (theirs?.token === saved.token) saved = { ...saved, ...theirs, facts: mergeFacts(saved.facts, theirs.facts) }
    return theirs
  }

  /** @param {StorageEvent} event */
  function heard({ key, newValue }) {
    if (key !== KEY || !newValue) return
    const theirs = pull()
    changed(!!theirs && theirs.token !== saved.token)
  }

  return {
    get saved() {
      return saved
    },

    start: () => addEventListener('storage', heard),
    stop: () => removeEventListener('storage', heard),

    /** @param {(saved: Saved) => Partial<Saved>} change */
    change(change) {
      pull()
      saved = { ...saved, ...change(saved) }
      write()
      return stored
    },

    pull,

    /**
     * The site may clear its storage, at log-out for instance. Tells whether all is to be written again.
     *
     * @param {boolean} [leaving] the answer that the page goes for may have cleared it (Clear-Site-Data), and a page does
     *   not see that at once; a value that seems to be there already is written only after it has been removed
     */
    restore(leaving) {
      const theirs = store.get(KEY) === null ? null : pull()
      if (theirs && (!leaving || theirs.token !== saved.token)) return false
      store.remove(KEY)
      write()
      return true
    },

    /** @param {number | null} running */
    share(running) {
      shareCookie(`${saved.token}:${running ?? ''}:${saved.since}`, DAY_S)
    },

    /** Nothing of the session stays in this browser. */
    wipe() {
      shareCookie('', 0)
      store.remove(KEY)
      store.remove(BROWSER)
    },
  }
}

function cookies() {
  try {
    return document.cookie
  } catch {
    return '' // a sandboxed page
  }
}

/**
 * @param {string | null} text
 * @returns {Saved | null}
 */
function parsed(text) {
  const saved = fromJson(text)
  return saved?.token ? saved : null
}
