import { createAlive } from './alive.js'
import { now, timeOf } from './clock.js'
import { keyOf } from './journal.js'
import { fromJson, toJson } from './json.js'
import { AGAIN_MS, FLOOD, LINGER_MS, SOON_MS } from './limits.js'
import { keepNothing, pageIdentity } from './page.js'
import { createQueue } from './queue.js'
import { quietly } from './quietly.js'
import { randomName } from './random.js'
import { observeClicks } from './recorder/clicks.js'
import { observeFailures } from './recorder/failures.js'
import { observeFields } from './recorder/fields.js'
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

/** Kinds that can flood. */
const FLOODS = 'jnfxmy'

const CAPTURED = { capture: true, passive: true }
const { setTimeout, clearTimeout, addEventListener, removeEventListener } = globalThis

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

  /**
   * Fetches a part, again and again: the page's connection may be away for a moment.
   *
   * @param {string} name
   * @param {(part: any) => void} then
   */
  function load(name, then) {
    import(`${base}snippet/${name}`)
      // A browser remembers an address that failed.
      .then(then, () => setTimeout(load, AGAIN_MS, `${name}?`, then))
      .catch(() => {})
  }

  const saved = fromJson(store.get('usabtest'))
  const core = { base, store, early, framed, load, createRecorder, createTransport }
  const recorder = isCurrent(saved) ? createRecorder(core, saved) : null
  // Both at once; the widget waits in the browser for its conductor.
  load(__CONDUCT__, (part) => part.conduct(core, recorder))
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
  !`${document.cookie}`.replace(`usabtest=${saved.token}:`, '').includes('usabtest=')

/**
 * @param {import('./conduct.js').Core} core
 * @param {Saved} saved
 */
export function createRecorder({ base, store, early, framed }, saved) {
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
  let here = ''
  let identity = ''
  let due = Infinity
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let linger
  /** @type {ReturnType<typeof observeFailures>} */
  let failures
  /** @type {WeakSet<Event>} */
  const heard = new WeakSet()
  /** @type {Record<string, number>} */
  const counts = {}

  const recorder = {
    saved,
    stream,
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
    counts,
    note,
    record,
    schedule,
    deliver,
    page,
    start,
    stop,
    resume,
    observe,
    attach,
    hear,
    listen,
    route: () => navigation?.route(),
    watch: (/** @type {Window} */ view) => failures.watch(view),
  }

  /** Made anew only when the address is another: every event asks. */
  function page() {
    const { href } = location
    if (href !== here) identity = pageIdentity((here = href), recorder.definition ?? keepNothing)
    return identity
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
    const { conductor, running, missed } = recorder
    if (conductor) {
      conductor.recorded(code, fields)
      return note(running, code, time, ...fields)
    }
    // Only the conductor knows what may be told of a message.
    const message = code === 'j' ? fields.splice(1, 1, '')[0] : null
    const ordinal = note(running, code, time, ...fields)
    if (message !== null) missed.push({ at: time, ordinal, message })
    return ordinal
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
    const then = now() + delay_ms
    if (then >= due) return
    due = then
    clearTimeout(linger)
    linger = setTimeout(flush, delay_ms)
  }

  function flush() {
    due = Infinity
    // What it has yet to flag must not be frozen; it calls again when it comes.
    if (!recorder.conductor) return
    recorder.conductor.prepare()
    // While the server is away batches fill up: fewer requests when it is back.
    if (queue.pending() && (transport.connection() === 'ok' || queue.heavy())) queue.freeze(0)
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
    let length = 0
    for (const { body } of transport.jobs) length += body.length
    return length
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
    const moved = () => {
      reactions.signal('navigation')
      happened({ at: timeOf() })
    }
    recorder.recording = true
    recorder.since = now()
    here = ''
    early.stop()
    alive.start()
    reactions = observeReactions(record)
    navigation = framed ? undefined : observeNavigation({ record, page, moved, fresh: !!fresh })
    observe(
      ...(navigation ? [navigation] : []),
      observeClicks({ record, happened, expect: reactions.expect, soon: () => schedule(SOON_MS) }),
      (failures = observeFailures({ record, happened, base, address: (address) => pageIdentity(address, kept), requested: () => reactions.signal('request') })),
      observeFields({ record, happened }),
      observeVisibility(framed ? () => null : record, seen),
      reactions,
    )
    for (const [event, path] of early.events.splice(0)) hear(event, path)
  }

  /** @param {Observer[]} more */
  function observe(...more) {
    observers.push(...more)
    attach()
    for (const { start } of more) quietly(() => start?.())
  }

  /** A page that is opened anew by `document.open` has lost all its listeners; what is there already stays as it is. */
  function attach() {
    addEventListener('pagehide', left)
    addEventListener('pageshow', came)
    for (const { on } of observers) for (const type in on) addEventListener(type, listen, CAPTURED)
  }

  function stop() {
    for (const { on, stop } of observers.splice(0)) {
      for (const type in on) removeEventListener(type, listen, true)
      quietly(() => stop?.())
    }
  }

  /** @param {Event} event */
  function listen(event) {
    if (heard.has(event)) return
    heard.add(event)
    quietly(() => hear(event, event.composedPath()))
  }

  /**
   * The widget is not the page.
   *
   * @param {Event} event
   * @param {EventTarget[]} path readable only while the event is on its way: the gate has kept it
   */
  function hear(event, path) {
    const elements = /** @type {any} */ (path).filter((/** @type {Node} */ { nodeType }) => nodeType === 1)
    if (elements.some((/** @type {Element} */ { localName }) => localName === 'usabtest-widget')) return
    for (const { on } of observers) quietly(() => on[event.type]?.(event, elements))
  }

  // The page's own life

  /** @param {boolean} hidden */
  function seen(hidden) {
    if (!hidden) return
    if (navigation) quietly(navigation.timings)
    recorder.conductor?.prepare(true)
    if (queue.pending()) queue.freeze(0)
    transport.leave()
  }

  /** What the site has said to nobody, as it stands. */
  function keepCalls() {
    const calls = /** @type {any} */ (window).usabtestCalls?.splice(0)
    if (calls?.[0]) store.set(`usabtest.calls.${stream}`, toJson([page(), timeOf(), recorder.running, calls]))
  }

  const left = (/** @type {PageTransitionEvent} */ event) => quietly(() => hide(event))
  const came = (/** @type {PageTransitionEvent} */ event) => quietly(() => show(event))

  /** @param {PageTransitionEvent} event */
  function hide({ timeStamp, persisted }) {
    if (recorder.recording) {
      if (navigation) quietly(navigation.timings)
      reactions.signal('navigation')
      recorder.conductor?.prepare(true)
      if (!recorder.conductor) quietly(keepCalls)
      if (!framed) record('u', timeOf(timeStamp), persisted ? 1 : 0)
      recorder.recording = false
      queue.freeze(1)
    }
    // A page that comes back may find its session ended: it writes nothing before it has looked.
    due = Infinity
    clearTimeout(linger)
    transport.leave()
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

  attach()
  if (definition && facts.left === null && facts.finished === null) start()
  return recorder
}
