import { toJson } from './json.js'
import { keepNothing, pageIdentity } from './page.js'
import { mergeFacts, noFacts, position } from './progress.js'
import { browserNonce, createSession, savedSession } from './session.js'

/**
 * @typedef {import('./types.js').Saved} Saved
 * @typedef {import('./conduct.js').Core} Core
 * @typedef {import('./types.js').Definition} Definition
 */

const replaceState = History.prototype.replaceState

/** The one-time code in this address, if any. */
export const codeInAddress = () => /[#&]usabtest=([^&#]*)/.exec(location.hash)?.[1]

/** @param {import('./page.js').Kept} kept @returns {import('./types.js').Hello} */
export const hello = (kept) => ({
  page: pageIdentity(location.href, kept),
  width: innerWidth,
  height: innerHeight,
  touch: navigator.maxTouchPoints ? 1 : 0,
  language: navigator.language.slice(0, 35),
})

/**
 * The one-time code becomes a session. Then the page is loaded anew, so that the site never runs with our fragment;
 * what happened on the load with the code is not recorded.
 *
 * @param {Core} core
 * @param {string} code
 * @param {(saved: Saved) => void} stay goes on without a new load
 * @param {() => void} rest there is nothing to go on with
 */
export function arrive({ base, store, createTransport }, code, stay, rest) {
  function refused() {
    cleanAddress(null)
    const saved = savedSession(store)
    if (saved) stay(saved)
    else rest()
  }

  createTransport(base, () => {}, refused).add({
    address: 'exchange',
    body: toJson({ v: 1, code, browser: browserNonce(store), hello: hello(keepNothing) }),
    refuse: refused,
    accept(answer) {
      if (!answer.token || !answer.definition) return false
      const saved = begun(answer, savedSession(store))
      const session = createSession(store, saved, () => {})
      const kept = session.change(() => saved) && store.lasting
      session.share(null)
      cleanAddress(currentStart(saved))
      if (kept) location.reload()
      else stay(saved)
      return true
    },
  })
}

/**
 * @param {{token: string, state: import('./types.js').Facts, definition: Definition}} answer
 * @param {Saved | null} known
 * @returns {Saved}
 */
function begun({ token, state, definition }, known) {
  const same = known?.token === token ? known : null
  const facts = mergeFacts({ ...noFacts(), ...state }, same?.facts ?? { ...noFacts(), status: state.status })
  const { number } = position(definition, facts)
  const task = number === null ? undefined : definition.tasks[number]
  // The start page sent the participant to the task's page, unless it had to choose another that keeps the fragment.
  const brought = task && !task.entry_url && number !== null ? { brought: number } : {}
  return { notes: {}, since: Date.now(), ...same, token, definition, facts, fresh: true, ...brought }
}

/** @param {Saved} saved */
function currentStart({ definition, facts }) {
  const number = definition && position(definition, facts).number
  return (definition && number !== null && definition.tasks[number ?? 0]?.start_url) || null
}

/** @param {string | null} start the page that this one may be: its own fragment had to make room for ours */
export function cleanAddress(start) {
  const whole = start && new URL(start)
  const same = whole && whole.origin === location.origin && whole.pathname === location.pathname && whole.search === location.search
  try {
    replaceState.call(history, history.state, '', same ? whole.href : location.href.replace(/[#&]usabtest=[^&#]*/, ''))
  } catch {
    // an opaque origin
  }
}

/**
 * The moderator's Check button: the snippet is found, may connect, and shows the widget. Nothing is recorded or kept.
 *
 * @param {Core} core
 * @param {string} code
 */
export async function check({ base, createTransport }, code) {
  cleanAddress(null)
  let widget = true
  try {
    const { mount } = await import(`${base}snippet/${__WIDGET__}`)
    mount(checkTest())
  } catch {
    widget = false
  }
  createTransport(base, () => {}, () => {}).add({
    address: 'check',
    body: toJson({ v: 1, code, hello: hello(keepNothing), widget }),
    accept: () => true,
  })
}

/** A test in which nothing can be done but be seen. @returns {import('./types.js').Test} */
function checkTest() {
  const view = { phase: 'check', questions: [], answers: {}, connection: 'ok', arrived: true, storage: true }
  const nothing = () => {}
  const seen = { definition: { title: '', language: 'en', tasks: [], after: [] }, view: () => view, subscribe: () => nothing }
  return /** @type {any} */ (new Proxy(seen, { get: (own, name) => Reflect.get(own, name) ?? nothing }))
}
