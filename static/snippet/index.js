/**
 * The gate: what every visitor of a target site loads. It does nothing for an ordinary visitor and fetches the core for
 * a participant; until the core is there it keeps what happens.
 */
const page = /** @type {any} */ (window)
// An element that is called so is found on the window, too.
if (!page.usabtest?.event?.call) {
  const arrives = location.hash.includes('usabtest=')
  let participates = arrives
  try {
    participates ||= !!localStorage.getItem('usabtest') || document.cookie.includes('usabtest=')
  } catch {
    // A sandboxed page: only the address can tell.
  }
  // Not for an ordinary visitor: the first element that a script touches costs half a millisecond.
  // A module has no currentScript.
  const script = participates && /** @type {HTMLScriptElement | null} */ (document.currentScript ?? document.querySelector('[src*="/snippet.js"]'))
  const calls = script && (page.usabtestCalls ||= [])
  /** @param {string} name */
  const say = (name) => (/** @type {any[]} */ ...given) => void (calls && calls.push([name, ...given]))
  page.usabtest = { event: say('event'), success: say('success'), failure: say('failure'), error: say('error') }

  if (script) {
    const types = 'pointerdown click auxclick input invalid error unhandledrejection'.split(' ')
    const kept = 'type timeStamp isTrusted pointerType button detail clientX clientY'.split(' ')
    /** @type {[Event, EventTarget[]][]} */
    const events = []
    /** @param {Event} event */
    const keep = (event) => void events.push([event, event.composedPath()])
    types.forEach((type) => addEventListener(type, keep, true))
    // The page may go before the core is there: then the next one reads what happened here (early.js).
    const leave = () => {
      try {
        const rows = events.map((/** @type {any[]} */ [event, [{ localName, id }]]) => [localName, id, ...kept.map((name) => event[name])])
        // No query, no fragment but a route.
        const page = location.href.replace(/\?[^#]*|#(?!!?\/).*/g, '')
        localStorage['usabtest.early' + Math.random()] = JSON.stringify([page, performance.timeOrigin, innerWidth, innerHeight, ...rows])
        events.length = 0
      } catch {
        // no storage: then a session lasts one page anyway
      }
    }
    // Not what happens on the load with the code.
    if (!arrives) addEventListener('pagehide', leave)
    const stop = () => {
      types.forEach((type) => removeEventListener(type, keep, true))
      removeEventListener('pagehide', leave)
    }
    const base = script.src?.replace(/snippet\.js.*/s, '')
    import(`${base}snippet/${__CORE__}`).then((core) => core.begin(base, { events, stop })).catch(() => {})
  }
}
