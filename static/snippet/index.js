/**
 * The gate: what every visitor of a target site loads. It does nothing for an ordinary visitor and fetches the core for
 * a participant; until the core is there it keeps what happens.
 */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)
const page = /** @type {any} */ (window)
if (script && !page.usabtest) {
  let participates = location.hash.includes('usabtest=')
  try {
    participates ||= !!localStorage.getItem('usabtest') || document.cookie.includes('usabtest=')
  } catch {
    // A sandboxed page: only the address can tell.
  }
  const calls = participates && (page.usabtestCalls ||= [])
  /** @param {string} name */
  const say = (name) => (/** @type {any[]} */ ...given) => void (calls && calls.push([name, ...given]))
  page.usabtest = { event: say('event'), success: say('success'), failure: say('failure'), error: say('error') }

  if (participates) {
    const types = 'pointerdown click auxclick input invalid error unhandledrejection'.split(' ')
    /** @type {[Event, EventTarget[]][]} */
    const events = []
    /** @param {Event} event */
    const keep = (event) => void events.push([event, event.composedPath()])
    const how = { capture: true, passive: true }
    types.forEach((type) => addEventListener(type, keep, how))
    const stop = () => types.forEach((type) => removeEventListener(type, keep, how))
    const base = script.src.replace(/snippet\.js.*/s, '')
    import(`${base}snippet/${__CORE__}`).then((core) => core.begin(base, { events, stop })).catch(stop)
  }
}
