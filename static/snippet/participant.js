import { holdLock } from './alive.js'
import { now, timeOf } from './clock.js'
import { keyOf } from './journal.js'
import { fromJson, toJson } from './json.js'
import { AGAIN_MS, LINGER_MS, SOON_MS } from './limits.js'
import { keepNothing, pageIdentity } from './page.js'
import { createQueue } from './queue.js'
import { quietly } from './quietly.js'
import { randomName } from './random.js'
import { observeClicks } from './recorder/clicks.js'
import { observeFailures } from './recorder/failures.js'
import { observeFields } from './recorder/fields.js'
import { observeNavigation } from './recorder/navigation.js'
import { NAVIGATION, observeReactions } from './recorder/reactions.js'
import { openStorage } from './storage.js'
import { clearTimeout, setTimeout } from './timers.js'
import { createTransport, sendBy } from './transport.js'

/**
 * The core: writes down and sends what happens on a page, from the first moment on. What conducts the test (conduct.js)
 * comes a little later, together with the widget; what it has to judge waits for it.
 *
 * @typedef {import('./types.js').Saved} Saved
 * @typedef {import('./types.js').Moment} Moment
 * @typedef {import('./types.js').Conductor} Conductor
 * @typedef {import('./types.js').Observer} Observer
 * @typedef {{events: [Event, EventTarget[]][], stop: () => void}} Early what the gate kept
 * @typedef {ReturnType<typeof createRecorder> & {largest?: number}} Recorder `largest` is the largest paint so far
 */

/**
 * Not the window's own focus and page, which are heard behind all others, and as long as there is a page.
 *
 * @param {string} type
 */
const isCaptured = (type) => !/focus$|blur|page/.test(type)
const { addEventListener, removeEventListener } = window

/**
 * @param {string} base the address of usabtest, with a slash at its end
 * @param {Early} early
 */
export function begin(base, early) {
  // A page that is only made ready may never be seen.
  if (/** @type {any} */ (document).prerendering) {
    document.addEventListener('prerenderingchange', () => begin(base, early))
    return
  }
  const store = openStorage()
  const framed = top !== window

  /**
   * Fetches a part, again and again: the page's connection may be away for a moment.
   *
   * @param {string} name
   * @param {(part: any) => void} then
   */
  function load(name, then) {
    import(`${base}snippet/${name}`)
      // A browser remembers an address that failed.
      .then(then, () => setTimeout(load, AGAIN_MS, name + '?', then))
      .catch(() => {})
  }

  const saved = fromJson(store.get('usabtest'))
  const core = { base, store, early, framed, load, createRecorder, createTransport, sendBy }
  const recorder = isCurrent(saved) ? createRecorder(core, saved) : null
  load(__CONDUCT__, (part) => part.conduct(core, recorder))
}

/**
 * Whether a stored session surely goes on here. One that arrives with a code or a cookie, or is known by half, is for
 * the conductor.
 *
 * @param {Saved | null} saved
 */
const isCurrent = (saved) =>
  saved?.definition && !(location.hash + document.cookie).replace(`usabtest=${saved.token}:`, '').includes('usabtest=')

/**
 * @param {import('./conduct.js').Core} core
 * @param {Saved} saved
 */
function createRecorder({ base, store, early, framed }, saved) {
  const { token, facts, fresh } = saved
  const stream = randomName(8)
  const transport = createTransport(base, () => quietly(() => conductor?.delivered()), stopped)
  const queue = createQueue(store, stream, token, frozen, waiting)

  /** The study as it is played here, once it is known. */
  let { definition } = saved
  /** The attempt that runs. */
  let { running = null } = saved
  /** Whether events are written down now. */
  let recording = false
  /** @type {Conductor | undefined} */
  let conductor
  /** @type {Moment[]} what is still to be judged */
  const missed = []
  /** @type {Record<string, ((event: any, path: any) => void)[]>} what is heard, by the type of event */
  const heard = { pagehide: [hide], pageshow: [show] }
  /** @type {WeakSet<Event>} */
  const known = new WeakSet()
  /** @type {(() => void)[]} what is to be undone at the end */
  const undo = []
  /** @type {ReturnType<typeof observeNavigation> | undefined} */
  let navigation
  /** @type {ReturnType<typeof observeReactions>} */
  let reactions
  /** @type {ReturnType<typeof observeFailures>} */
  let failures
  let release = () => {}
  let here = ''
  let identity = ''
  /** The delay of the timer that runs. */
  let due = Infinity
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let linger

  const recorder = {
    saved,
    stream,
    transport,
    queue,
    /** When requests began to be watched, on the page's clock. */
    since: 0,
    missed,
    note,
    record,
    schedule,
    deliver,
    page,
    start,
    stop,
    resume,
    /** @param {Conductor} part */
    conducted: (part) => void (conductor = part),
    /** @param {number | null} attempt */
    run: (attempt) => void (running = attempt),
    observe,
    attach,
    hear,
    listen,
    watch: (/** @type {Window} */ view) => failures.watch(view),
  }

  /** Made anew only when the address is another: every event asks, so that a router that we did not hear of is found, too. */
  function page() {
    const { href } = location
    if (href !== here) {
      identity = pageIdentity((here = href), definition ?? keepNothing)
      navigation?.route()
    }
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
    return write([code, time, attempt, page(), ...fields])
  }

  /** @param {import('./types.js').Row} row */
  function write(row) {
    schedule(/[A-Z]/.test(row[0]) ? SOON_MS : LINGER_MS)
    return queue.append(row)
  }

  /** @type {import('./types.js').RecordEvent} */
  function record(code, time, ...fields) {
    if (!recording) return null
    const shown = page()
    if (conductor?.recorded(code, fields)) return null
    return write([code, time, running, shown, ...fields])
  }

  /**
   * What came of a click goes with it, if it is still here. To write it down at once would double what a click costs.
   *
   * @param {number} ordinal
   * @param {number | null} ms
   * @param {number} what
   */
  function reacted(ordinal, ms, what) {
    if (!queue.amend(ordinal, (fields) => fields.splice(9, 2, ms, what), true)) record('g', timeOf(), ordinal, ms, what)
  }

  /** @param {Moment} moment */
  function happened(moment) {
    moment.address = here
    if (conductor) conductor.happened(moment)
    else missed.push(moment)
  }

  function moved() {
    reactions.signal(NAVIGATION)
    happened({ at: timeOf() })
  }

  // What is sent

  /** @param {number} delay_ms */
  function schedule(delay_ms) {
    if (delay_ms >= due) return
    due = delay_ms
    clearTimeout(linger)
    linger = setTimeout(flush, delay_ms)
  }

  function flush() {
    due = Infinity
    // What it has yet to flag must not be frozen; it calls again when it comes.
    if (!conductor) return
    conductor.prepare()
    // While the server is away a batch fills up: fewer requests when it is back.
    if (queue.pending() && transport.connection() === 'ok') queue.freeze(0)
  }

  /**
   * @param {import('./queue.js').Batch} batch that has never been sent
   * @param {0 | 1} ends
   */
  function frozen(batch, ends) {
    const send = ends || document.hidden ? deliver : (conductor?.pack ?? deliver)
    send(batch)
  }

  /**
   * @param {import('./queue.js').Batch} batch
   * @param {boolean} [foreign]
   */
  function deliver(batch, foreign) {
    const key = keyOf(batch.stream, batch.number)
    transport.add({
      address: 'batches',
      ...batch,
      foreign,
      accept({ stream, seq }) {
        return keyOf(stream, seq) === key && store.remove(key)
      },
      refuse: () => conductor?.refused(batch),
    })
  }

  /** In characters. */
  function waiting() {
    return [...transport.jobs].reduce((length, { body }) => length + body.length, 0)
  }

  /** @param {number} status */
  function stopped(status) {
    stop()
    conductor?.stopped(status)
  }

  // Beginning and end

  /** @param {import('./types.js').Definition} played */
  function start(played) {
    definition = played
    recording = true
    recorder.since = now()
    here = ''
    early.stop()
    release = holdLock(stream)
    reactions = observeReactions(reacted, (event, path) => conductor?.isLeaving(event, path), undo)
    failures = observeFailures(record, happened, base, played, reactions.signal, undo)
    // A page in a frame is a part of its page.
    if (!framed) observe((navigation = observeNavigation(recorder, moved, fresh, undo)))
    observe(observeClicks(record, happened, reactions.expect, () => schedule(SOON_MS)), failures, observeFields(record, happened), reactions, {
      on: { visibilitychange: looked },
    })
    for (const [event, path] of early.events.splice(0)) hear(event, path)
  }

  /** @param {Observer[]} more */
  function observe(...more) {
    for (const { on, start, stop } of more) {
      for (const type of Object.keys(on)) (heard[type] ??= []).push(/** @type {any} */ (on[type]))
      if (start) quietly(start)
      if (stop) undo.push(stop)
    }
    attach()
  }

  /** A page that is opened anew by `document.open` has lost all its listeners; what is there already stays as it is. */
  function attach() {
    for (const type of Object.keys(heard)) addEventListener(type, listen, isCaptured(type))
  }

  function stop() {
    recording = false
    for (const type of Object.keys(heard)) if (isCaptured(type)) removeEventListener(type, listen, true)
    undo.splice(0).forEach(quietly)
  }

  /** @param {Event} event */
  function listen(event) {
    if (known.has(event)) return
    known.add(event)
    quietly(() => hear(event, event.composedPath()))
  }

  /**
   * The widget is not the page.
   *
   * @param {Event} event
   * @param {EventTarget[]} path readable only while the event is on its way: the gate has kept it
   */
  function hear(event, path) {
    /** @type {Element[]} */
    const elements = []
    for (const node of /** @type {any} */ (path)) {
      const { localName } = node
      if (localName === 'usabtest-widget') return
      if (localName?.trim && node !== window) elements.push(node)
    }
    for (const handler of heard[event.type] ?? []) quietly(handler, event, elements)
  }

  // The page's own life

  /** @param {Event} event */
  function looked({ timeStamp }) {
    if (!framed) record('h', timeOf(timeStamp), document.visibilityState)
    if (!document.hidden) return
    sum()
    if (queue.pending()) queue.freeze(0)
    transport.leave()
  }

  /** What is told at the end only: this may be it. */
  function sum() {
    if (navigation) quietly(navigation.timings)
    conductor?.prepare(true)
  }

  /** What the site has said to nobody, as it stands. */
  function keepCalls() {
    const calls = /** @type {any} */ (window).usabtestCalls?.splice(0)
    if (calls?.[0]) store.set('usabtest.calls.' + stream, toJson([page(), timeOf(), running, calls]))
  }

  /** @param {PageTransitionEvent} event */
  function hide({ timeStamp, isTrusted, persisted }) {
    // Pages make such an event, too, and stay.
    if (!isTrusted) return
    if (recording) {
      reactions.signal(NAVIGATION)
      sum()
      if (!conductor) quietly(keepCalls)
      if (!framed) record('u', timeOf(timeStamp), +persisted)
      recording = false
      queue.freeze(1)
    }
    // A page that comes back may find its session ended: it writes nothing before it has looked.
    due = Infinity
    clearTimeout(linger)
    transport.leave()
    conductor?.hide()
    release()
  }

  /** @param {PageTransitionEvent} event */
  function show({ persisted }) {
    if (!persisted) return
    release = holdLock(stream)
    transport.retry()
    if (conductor) conductor.show()
    else resume()
  }

  function resume() {
    recording = !!undo[0]
    navigation?.back()
  }

  attach()
  if (definition && facts.left === null && facts.finished === null) start(definition)
  return recorder
}
