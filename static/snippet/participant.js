import { createAlive } from './alive.js'
import { openApi } from './api.js'
import { timeOf } from './clock.js'
import { keyOf } from './journal.js'
import { fromJson } from './json.js'
import { keepNothing, pageIdentity } from './page.js'
import { keepPath } from './path.js'
import { createQueue } from './queue.js'
import { quietly } from './quietly.js'
import { randomName } from './random.js'
import { observeClicks } from './recorder/clicks.js'
import { observeFailures } from './recorder/failures.js'
import { observeForms } from './recorder/forms.js'
import { observeInputs } from './recorder/inputs.js'
import { observeNavigation } from './recorder/navigation.js'
import { observeReactions } from './recorder/reactions.js'
import { observeVisibility } from './recorder/visibility.js'
import { openStorage } from './storage.js'
import { createTransport } from './transport.js'

/**
 * The core: writes down and sends what happens on a page, from the first moment on. What conducts the test (conduct.js)
 * comes a little later, together with the widget; what it has to judge waits for it.
 *
 * @typedef {import('./types.js').Saved} Saved
 * @typedef {import('./types.js').Moment} Moment
 * @typedef {import('./types.js').Conductor} Conductor
 * @typedef {import('./types.js').Observer} Observer
 * @typedef {{events: [Event, EventTarget[]][], stop: () => void}} Early what the gate kept
 * @typedef {ReturnType<typeof createRecorder>} Recorder
 */

const LINGER_MS = 1000
const SOON_MS = 200
const AGAIN_MS = 5000

/** Kinds that can flood, and how many of each a page records. */
const FLOODS = 'jnfxmy'
const FLOOD = 100

const CAPTURED = { capture: true, passive: true }
const { setTimeout, clearTimeout } = globalThis

/**
 * @param {string} base the address of usabtest, with a slash at its end
 * @param {Early} early
 */
export function begin(base, early) {
  // A page that is only made ready may never be seen.
  if (/** @type {any} */ (document).prerendering) {
    document.addEventListener('prerenderingchange', () => begin(base, early), { once: true })
    return
  }
  const store = openStorage()
  const framed = window.parent !== window

  /** @param {Saved} saved */
  const join = (saved) => createRecorder(base, store, early, framed, saved)

  /**
   * Fetches a part, again and again: the page's connection may be away for a moment.
   *
   * @param {string} name
   * @param {(part: any) => void} then
   * @param {number} [tries] a browser remembers an address that failed
   */
  function load(name, then, tries = 0) {
    import(`${base}snippet/${name}${tries ? `?${tries}` : ''}`)
      .then(then, () => setTimeout(() => load(name, then, tries + 1), AGAIN_MS))
      .catch(() => {})
  }

  const saved = fromJson(store.get('usabtest'))
  const recorder = isCurrent(saved) ? join(saved) : null
  // Both at once; the widget waits in the browser for its conductor.
  load(__CONDUCT__, (part) => part.conduct({ base, store, early, framed, join, load, createTransport }, recorder))
  if (!framed) load(__WIDGET__, () => {})
}

/**
 * Whether a stored session surely goes on here. One that arrives with a code or a cookie, or is known by half, is for
 * the conductor.
 *
 * @param {Saved | null} saved
 */
const isCurrent = (saved) =>
  saved?.definition &&
  !location.hash.includes('usabtest=') &&
  document.cookie.replace(`usabtest=${saved.token}:`, '').indexOf('usabtest=') < 0

/**
 * @param {string} base
 * @param {import('./types.js').Store} store
 * @param {Early} early
 * @param {boolean} framed
 * @param {Saved} saved
 */
function createRecorder(base, store, early, framed, saved) {
  const { token, definition, facts, running, fresh } = saved
  const stream = randomName(12)
  const alive = createAlive(store, stream)
  const transport = createTransport(base, () => quietly(() => recorder.conductor?.delivered()), stopped)
  const queue = createQueue(store, stream, token, deliver, waiting)

  /** @type {Observer[]} */
  let observers = []
  /** @type {ReturnType<typeof observeNavigation> | undefined} */
  let navigation
  /** @type {ReturnType<typeof observeReactions>} */
  let reactions
  let due = Infinity
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let linger
  /** @type {Record<string, number>} */
  const counts = {}

  const recorder = {
    saved,
    stream,
    alive,
    transport,
    queue,
    /** The study as it is played here, once it is known. */
    definition,
    /** The attempt that runs. */
    running: running ?? null,
    /** When requests began to be watched, on the page's clock. */
    since: 0,
    /** Whether events are written down now. */
    recording: false,
    /** @type {Conductor | null} */
    conductor: null,
    /** @type {Moment[]} */
    missed: [],
    note,
    record,
    schedule,
    deliver,
    page,
    start,
    stop,
    resume,
  }

  function page() {
    return pageIdentity(location.href, recorder.definition ?? keepNothing)
  }

  // What is written down

  /**
   * @param {number | null} attempt
   * @param {string} code
   * @param {number} time
   * @param {...any} fields
   */
  function note(attempt, code, time, ...fields) {
    const ordinal = queue.append([code, time, attempt, page(), ...fields])
    schedule(/[A-Z]/.test(code) ? SOON_MS : LINGER_MS)
    return ordinal
  }

  /** @type {import('./types.js').RecordEvent} */
  function record(code, time, ...fields) {
    if (!recorder.recording) return null
    if (code !== 'v') navigation?.route()
    if (FLOODS.includes(code) && (counts[code] = (counts[code] ?? 0) + 1) > FLOOD) {
      schedule(LINGER_MS)
      return null
    }
    recorder.conductor?.recorded()
    return note(recorder.running, code, time, ...fields)
  }

  /** What was too much of a kind, as a count. */
  function countFloods() {
    for (const code in counts) {
      const over = (counts[code] ?? 0) - FLOOD
      if (over > 0) {
        counts[code] = FLOOD
        note(recorder.running, 'r', timeOf(), code, over)
      }
    }
  }

  /** @param {Moment} moment */
  function happened(moment) {
    moment.address = location.href
    if (recorder.conductor) recorder.conductor.happened(moment)
    else recorder.missed.push(moment)
  }

  // What is sent

  /** @param {number} delay_ms */
  function schedule(delay_ms) {
    const then = performance.now() + delay_ms
    if (then >= due) return
    due = then
    clearTimeout(linger)
    linger = setTimeout(flush, delay_ms)
  }

  function flush() {
    due = Infinity
    // What it has yet to flag must not be frozen; it calls again when it comes.
    if (!recorder.conductor) return
    prepare()
    // While the server is away batches fill up: fewer requests when it is back.
    if (queue.pending() && (transport.connection() === 'ok' || queue.heavy())) queue.freeze(0)
  }

  function prepare() {
    recorder.conductor?.prepare()
    countFloods()
  }

  /** The page may be gone in a moment. */
  function sendAll() {
    due = Infinity
    clearTimeout(linger)
    transport.leave()
  }

  /**
   * @param {import('./queue.js').Batch} batch
   * @param {boolean} [foreign]
   */
  function deliver(batch, foreign) {
    transport.add({
      address: 'batches',
      ...batch,
      foreign,
      accept({ stream, seq }) {
        const ours = stream === batch.stream && seq === batch.number
        if (ours) store.remove(keyOf(stream, seq))
        return ours
      },
      refuse: () => recorder.conductor?.refused(batch),
    })
  }

  /** In characters. */
  function waiting() {
    return transport.jobs().reduce((length, { body }) => length + body.length, 0)
  }

  /** @param {number} status */
  function stopped(status) {
    recorder.recording = false
    stop()
    recorder.conductor?.stopped(status)
  }

  // Beginning and end

  function start() {
    const kept = recorder.definition ?? keepNothing
    /** @param {Element[]} path */
    const areas = (path) => recorder.conductor?.areas(path) ?? 0
    const moved = () => {
      reactions.signal('navigation')
      happened({ at: timeOf() })
    }
    recorder.recording = true
    recorder.since = performance.now()
    early.stop()
    alive.start()
    reactions = observeReactions(record)
    navigation = framed ? undefined : observeNavigation({ record, page, moved, fresh: !!fresh })
    observers = [
      ...(navigation ? [navigation] : []),
      observeClicks({ record, areas, happened, expect: reactions.expect, soon: () => schedule(SOON_MS), text: !!recorder.definition?.text }),
      observeFailures({ record, base, address: (address) => pageIdentity(address, kept), requested: () => reactions.signal('request') }),
      observeForms(record),
      observeInputs({ record, areas, happened }),
      observeVisibility(framed ? () => null : record, seen),
      reactions,
    ]
    for (const { on, start } of observers) {
      for (const type in on) addEventListener(type, hear, CAPTURED)
      quietly(() => start?.())
    }
    for (const [event, path] of early.events.splice(0)) {
      keepPath(event, path)
      hear(event)
    }
    openApi({ record, happened })
  }

  function stop() {
    for (const { on, stop } of observers.splice(0)) {
      for (const type in on) removeEventListener(type, hear, true)
      quietly(() => stop?.())
    }
  }

  /** @param {Event} event */
  function hear(event) {
    for (const { on } of observers) quietly(() => on[event.type]?.(/** @type {any} */ (event)))
  }

  // The page's own life

  /** @param {boolean} hidden */
  function seen(hidden) {
    if (!hidden) return
    navigation?.timings()
    prepare()
    if (queue.pending()) queue.freeze(0)
    sendAll()
  }

  /** @param {PageTransitionEvent} event */
  function hide({ timeStamp, persisted }) {
    if (recorder.recording) {
      navigation?.timings()
      reactions.signal('navigation')
      prepare()
      for (const { at, verdict } of recorder.missed.splice(0)) if (verdict) note(recorder.running, 'M', at, verdict, null)
      if (!framed) record('u', timeOf(timeStamp), persisted ? 1 : 0)
      recorder.recording = false
      queue.freeze(1)
    }
    sendAll()
    recorder.conductor?.hide()
    alive.stop()
  }

  /** @param {PageTransitionEvent} event */
  function show({ persisted }) {
    if (!persisted) return
    alive.start()
    transport.retry()
    if (recorder.conductor) recorder.conductor.show()
    else resume()
  }

  function resume() {
    recorder.recording = !!observers[0]
    navigation?.back()
  }

  addEventListener('pagehide', (event) => quietly(() => hide(event)))
  addEventListener('pageshow', (event) => quietly(() => show(event)))
  if (definition && facts.left === null && facts.finished === null) start()
  return recorder
}
