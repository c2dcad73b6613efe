import { createAlive } from './alive.js'
import { openApi } from './api.js'
import { arrive, check, codeInAddress, hello } from './arrive.js'
import { drift, timeOf } from './clock.js'
import { watchCriteria } from './criteria.js'
import { takeEarly } from './early.js'
import { createJournal } from './journal.js'
import { fromJson, toJson } from './json.js'
import { maskMessage } from './mask.js'
import { keepNothing, pageIdentity } from './page.js'
import { keepPath } from './path.js'
import { mergeFacts, noFacts, position } from './progress.js'
import { adopted, createQueue } from './queue.js'
import { observeClicks } from './recorder/clicks.js'
import { observeFailures } from './recorder/failures.js'
import { observeForms } from './recorder/forms.js'
import { observeInputs } from './recorder/inputs.js'
import { observeNavigation } from './recorder/navigation.js'
import { observeReactions } from './recorder/reactions.js'
import { observeVisibility } from './recorder/visibility.js'
import { createSession, randomName, savedSession } from './session.js'
import { siteAdmits } from './site.js'
import { openStorage } from './storage.js'
import { createTest } from './test.js'
import { createTransport } from './transport.js'

/**
 * The core: joins session, recorder and journal, and fetches the widget.
 *
 * @typedef {import('./session.js').Saved} Saved
 * @typedef {import('./types.js').Definition} Definition
 * @typedef {import('./types.js').Facts} Facts
 * @typedef {{events: [Event, EventTarget[]][], stop: () => void}} Early what the gate kept
 * @typedef {{types: string[], start: () => void, stop: () => void, handleEvent: (event: Event) => void}} Observer
 */

const LINGER_MS = 1000
const SOON_MS = 200
const ADOPT_MS = 30_000
const KEPT_MS = 7 * 86_400_000
/** How long a finished test waits for what is on its way before it moves on. */
const FAREWELL_MS = 5000
/** A way to a start page that leads nowhere (the page asked, the participant stayed). */
const MOVE_MS = 5000
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Kinds that can flood, and how many of each a page records. */
const FLOODS = 'jnfxmy'
const FLOOD = 100

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
  /** @param {Saved} saved */
  const go = (saved) => run(base, store, saved, early)
  const code = codeInAddress()
  const saved = savedSession(store)
  if (code) early.events.length = 0
  if (code?.startsWith('check.')) {
    early.stop()
    void check(base, code.slice('check.'.length))
  } else if (code) arrive(base, store, code, go, early.stop)
  else if (saved) go(saved)
  else early.stop()
}

/**
 * @param {string} base
 * @param {import('./types.js').Store} store
 * @param {Saved} first
 * @param {Early} early
 */
function run(base, store, first, early) {
  const { token } = first
  const framed = window.parent !== window
  const stream = randomName(12)
  const journal = createJournal(store)
  const alive = createAlive(store, stream)
  const session = createSession(store, first, heard)
  const transport = createTransport(base, delivered, stopped)
  const queue = createQueue(journal, stream, token, deliver, waiting)

  /** @type {Definition | null} */
  let definition = null
  /** @type {Observer[]} */
  let observers = []
  /** @type {ReturnType<typeof observeNavigation> | undefined} */
  let navigation
  /** @type {ReturnType<typeof observeReactions> | undefined} */
  let reactions
  /** @type {ReturnType<typeof observeForms> | undefined} */
  let forms
  /** @type {ReturnType<typeof watchCriteria> | null} */
  let criteria = null
  /** @type {number | null} */
  let watched = null
  /** @type {ReturnType<typeof createTest> | undefined} */
  let test
  /** @type {{unmount: () => void} | undefined} */
  let widget
  let begun = false
  let recording = false
  let ended = false
  let moving = false
  // Some browsers begin a page with a time origin that is off; only a change is a jump.
  let drifted = drift()
  /** @type {{href: string, of: Definition | null, identity: string} | undefined} */
  let here
  let active = 0
  let due = Infinity
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let linger
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let idle
  /** @type {Record<string, number>} */
  const counts = {}
  /** @type {Map<string, () => void>} */
  const adoptions = new Map()

  // What is known

  const facts = () => session.saved.facts
  const isOver = () => facts().left !== null || facts().finished !== null
  const at = () => (definition ? position(definition, facts()) : null)

  /** Made anew only when the address is another: every event asks. */
  function page() {
    const { href } = location
    if (here?.href !== href || here.of !== definition) here = { href, of: definition, identity: pageIdentity(href, definition ?? keepNothing) }
    return here.identity
  }

  /** The attempt that runs. */
  function running() {
    const now = at()
    if (!now) return session.saved.running ?? null
    return now.phase === 'running' ? now.number : null
  }

  /** @param {(facts: Facts) => Partial<Facts>} change */
  function know(change) {
    session.change((saved) => ({ facts: { ...saved.facts, ...change(saved.facts) } }))
    bring()
    changed()
  }

  /** @param {boolean} replaced another tab has begun another session */
  function heard(replaced) {
    if (replaced) {
      end()
      widget?.unmount()
    } else changed()
  }

  /** @param {number} [since] */
  function changed(since) {
    if (isOver()) end()
    else if (definition) {
      watch(since)
      setLimit()
      session.share(running())
    }
    test?.changed()
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
    if (!recording) return null
    if (code !== 'v') navigation?.route()
    if (FLOODS.includes(code) && (counts[code] = (counts[code] ?? 0) + 1) > FLOOD) {
      schedule(LINGER_MS)
      return null
    }
    const now = drift()
    if (Math.abs(now - drifted) > 1000) {
      note(running(), 'q', timeOf(), now - drifted)
      drifted = now
    }
    setIdle()
    return note(running(), code, time, ...fields)
  }

  /** What was too much of a kind, as a count. */
  function countFloods() {
    for (const [code, count] of Object.entries(counts)) {
      if (count <= FLOOD) continue
      counts[code] = FLOOD
      note(running(), 'r', timeOf(), code, count - FLOOD)
    }
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
    restore()
    if (recording) {
      forms?.sweep()
      countFloods()
    }
    // While the server is away batches fill up: fewer requests when it is back.
    if (queue.pending() && (transport.connection() === 'ok' || queue.heavy())) queue.freeze(0)
  }

  /** The page may be gone in a moment. */
  function sendAll() {
    due = Infinity
    clearTimeout(linger)
    restore()
    transport.leave()
  }

  function restore() {
    if (isOver() || !session.restore()) return
    for (const { keep } of transport.jobs()) keep?.()
    queue.write()
  }

  /** @param {import('./queue.js').Batch} batch */
  function deliver(batch) {
    transport.add({
      address: 'batches',
      body: batch.body,
      stream: batch.stream,
      keep: () => journal.freeze(batch.stream, batch.number, batch.body),
      foreign: !batch.body.includes(`"k":${toJson(token)},`),
      accept({ stream, seq }) {
        if (stream !== batch.stream || seq !== batch.number) return false
        journal.forget(stream, seq)
        return true
      },
      refuse() {
        journal.park(batch.stream, batch.number, batch.body)
        queue.drop(fromJson(batch.body).e.length)
      },
    })
  }

  /** In characters. */
  function waiting() {
    return transport.jobs().reduce((length, { body }) => length + body.length, 0)
  }

  function delivered() {
    for (const [other, release] of adoptions) {
      if (transport.jobs().some((job) => job.stream === other)) continue
      journal.forget(other)
      adoptions.delete(other)
      release()
    }
    if (transport.connection() === 'ok' && queue.pending()) schedule(LINGER_MS)
    if (ended && arrived()) farewell()
    test?.changed()
  }

  const arrived = () => !queue.pending() && !transport.jobs().some(({ stream }) => stream)

  /** Takes over what dead pages left. */
  function adopt() {
    if (!store.lasting) return
    for (const other of journal.streams()) {
      if (other === stream || adoptions.has(other)) continue
      alive.take(other, (release) => {
        adoptions.set(other, release)
        adopted(journal, other).forEach(deliver)
        delivered()
      })
    }
  }

  function sayHello() {
    const sent = timeOf()
    transport.drop(({ address }) => address === 'state')
    transport.add({
      address: 'state',
      body: toJson({
        v: 1,
        k: token,
        have: session.saved.definition?.id ?? null,
        hello: hello(session.saved.definition ?? keepNothing),
        // Asked first: what the page before sent while it went has mostly arrived.
        held: journal
          .frozen()
          .filter(([other]) => other !== stream)
          .slice(0, 100),
      }),
      accept(answer) {
        if (!answer.state) return false
        for (const [other, number] of answer.stored ?? []) journal.forget(other, number)
        adopt()
        const state = { ...noFacts(), ...answer.state }
        session.change((saved) => ({ facts: mergeFacts(state, saved.facts), definition: answer.definition ?? saved.definition }))
        if (isOver()) end()
        else {
          start()
          compareClocks(answer.now, sent)
          bring()
        }
        changed()
        return true
      },
    })
  }

  /**
   * @param {number} theirs
   * @param {number} sent
   */
  function compareClocks(theirs, sent) {
    const received = timeOf()
    const skew = Math.round(theirs - (sent + received) / 2)
    const moved = (session.saved.skew ?? skew) - skew
    if (Math.abs(moved) > 1000 + received - sent) record('q', received, moved)
    session.change(() => ({ skew }))
  }

  /** @param {number} status */
  function stopped(status) {
    recording = false
    stopObservers()
    const old = Date.now() - session.saved.since > KEPT_MS
    if (status !== 403 && (isOver() || old)) wipe()
    test?.changed()
  }

  // What the attempt needs

  /** @param {number} [since] */
  function watch(since) {
    const number = running()
    const task = number === null ? undefined : definition?.tasks[number]
    if (framed || number === watched) return
    criteria?.stop()
    criteria = null
    watched = number
    if (!task || number === null) return
    const armed = () => (session.saved.armed?.number === number ? session.saved.armed.names : null)
    const first = !armed()
    criteria = watchCriteria(task, {
      met: (side, index, time) => test?.meet(side, index, time),
      refused: (side, index, message) => first && record('b', timeOf(), side, index, maskMessage(message)),
      armed: (name) => !!armed()?.includes(name),
      arm: (names) => session.change(() => ({ armed: { number, names: [...(armed() ?? []), ...names] } })),
      now: timeOf,
    })
    if (!facts().attempts[number]?.met) criteria.start(first, since)
  }

  function setLimit() {
    clearTimeout(limit)
    const number = running()
    const limit_s = number === null || framed ? null : definition?.tasks[number]?.time_limit_s
    const started = facts().attempts[number ?? -1]?.started
    if (!limit_s || !started) return
    const end = started + limit_s * 1000
    limit = setTimeout(() => (timeOf() < end ? setLimit() : test?.timeUp(end)), Math.min(Math.max(0, end - timeOf()), LONGEST_TIMER_MS))
  }

  /** After a silence the server may have ended the attempt. */
  function setIdle() {
    active = performance.now()
    idle ??= setTimeout(wake, Math.min(idleAfter(), LONGEST_TIMER_MS))
  }

  const idleAfter = () => (definition?.idle_limit_s || Infinity) * 1000 + LINGER_MS

  /** One timer that goes on as long as something happens is cheaper than a new one for each event. */
  function wake() {
    const rest_ms = active + idleAfter() - performance.now()
    idle = rest_ms > 0 ? setTimeout(wake, Math.min(rest_ms, LONGEST_TIMER_MS)) : undefined
    if (!idle && running() !== null) sayHello()
  }

  /** Brings the participant to the task's start page, once, before the task is shown. */
  function bring() {
    const now = at()
    if (framed || now?.phase !== 'before' || now.number === null || session.saved.brought === now.number) return
    const start = definition?.tasks[now.number]?.start_url
    session.change(() => ({ brought: now.number ?? 0 }))
    if (!start || !definition || pageIdentity(start, definition) === page()) return
    const within = start.split('#')[0] === location.href.split('#')[0]
    // A site of another domain does not know this session: usabtest's own page leads there, with a code.
    const known = definition.sites.some((site) => siteAdmits(site, start) && siteAdmits(site, location.origin))
    moving = true
    location.assign(known ? start : definition.home)
    setTimeout(arriveThere, within ? 0 : MOVE_MS)
  }

  function arriveThere() {
    moving = false
    test?.changed()
  }

  // Beginning and end

  function start() {
    if (begun) return
    begun = true
    recording = true
    early.stop()
    definition = session.saved.definition
    const since = pageSince()
    createObservers()
    for (const type of new Set(observers.flatMap(({ types }) => types))) addEventListener(type, hear, { capture: true, passive: true })
    for (const observer of observers) quietly(() => observer.start())
    if (session.saved.fresh) session.change(() => ({ fresh: false }))
    for (const [event, path] of early.events.splice(0)) {
      keepPath(event, path)
      hear(event)
    }
    if (!definition) return
    for (const [code, time, identity, ...fields] of takeEarly(store, definition)) queue.append([code, time, running(), identity, ...fields])
    test = createTest(definition, {
      note,
      know,
      facts,
      now: timeOf,
      moving: () => moving,
      judge: () => criteria?.judge({}),
      delivery: () => ({ connection: transport.connection(), arrived: arrived(), storage: store.lasting }),
      erase,
      finished: () => setTimeout(leavePage, FAREWELL_MS),
      notes: () => session.saved.notes,
      keepNotes: (notes) => session.change(() => ({ notes })),
    })
    bring()
    changed(since)
    if (!framed) mount(0)
    openApi({ event: siteEvent, verdict: siteVerdict, error: (message) => record('m', timeOf(), maskMessage(message)) })
  }

  /** Since when this page has been there: the core itself may come late. */
  function pageSince() {
    const [load] = /** @type {any[]} */ (performance.getEntriesByType('navigation'))
    return timeOf(Math.max(load?.responseStart ?? 0, load?.unloadEventEnd ?? 0, load?.activationStart ?? 0))
  }

  function createObservers() {
    /** @param {Element[]} path */
    const areas = (path) => (criteria?.inFirstClick(path) ? 2 : 0) + (criteria?.isSearch(path) ? 4 : 0)
    const kept = definition ?? keepNothing
    reactions = observeReactions(record, timeOf)
    const { signal, expect } = reactions
    forms = observeForms(record)
    navigation = framed ? undefined : observeNavigation({ record, page, moved, fresh: !!session.saved.fresh, since: pageSince() })
    observers = [
      ...(navigation ? [navigation] : []),
      observeClicks({
        record,
        areas,
        expect,
        text: !!definition?.text,
        clicked: (path, time) => criteria?.judge({ clicked: path }, time),
        soon: () => schedule(SOON_MS),
      }),
      observeFailures({ record, base, address: (address) => pageIdentity(address, kept), requested: () => signal('request') }),
      forms,
      observeInputs(record, areas),
      observeVisibility(framed ? () => null : record, seen),
      reactions,
    ]
  }

  /** A guest never throws into the page. @param {Event} event */
  function hear(event) {
    for (const observer of observers) if (observer.types.includes(event.type)) quietly(() => observer.handleEvent(event))
  }

  function moved() {
    reactions?.signal('navigation')
    criteria?.judge({})
  }

  /** @param {boolean} hidden */
  function seen(hidden) {
    if (!hidden) return
    navigation?.timings()
    countFloods()
    if (queue.pending()) queue.freeze(0)
    sendAll()
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  function siteEvent(name, data) {
    record('x', timeOf(), name, data)
    criteria?.judge({ event: name })
  }

  /** @param {import('./types.js').Side} side */
  function siteVerdict(side) {
    const number = running()
    if (number !== null && !facts().attempts[number]?.met) test?.meet(side, null, timeOf())
    else record('y', timeOf(), side)
  }

  /** @param {number} tries */
  function mount(tries) {
    import(`${base}snippet/${__WIDGET__}${tries ? `?${tries}` : ''}`).then(
      (part) => (widget ??= part.mount(test)),
      () => setTimeout(() => mount(tries + 1), MOVE_MS),
    )
  }

  /** What was recorded is erased; what the participant says last goes out all the same. */
  function erase() {
    transport.drop((job) => !!job.stream && !job.foreign)
    journal.erase(token)
    queue.erase()
    session.change((saved) => ({ definition: null, facts: { ...noFacts(), status: saved.facts.status }, notes: {} }))
  }

  function stopObservers() {
    for (const type of new Set(observers.flatMap(({ types }) => types))) removeEventListener(type, hear, { capture: true })
    for (const observer of observers) quietly(() => observer.stop())
    observers = []
    criteria?.stop()
    clearTimeout(limit)
    clearTimeout(idle)
    idle = undefined
  }

  function end() {
    if (ended) return
    ended = true
    recording = false
    early.stop()
    stopObservers()
    transport.drop(({ address }) => address === 'state')
    if (queue.pending()) queue.freeze(1)
    adopt()
    delivered()
  }

  /** All has arrived: nothing of the session stays, unless another tab still has something to send. */
  function farewell() {
    journal.forget(stream)
    if (!adoptions.size && !journal.streams().length) wipe()
    if (facts().finished !== null) leavePage()
  }

  function wipe() {
    session.wipe()
    journal.clear()
  }

  function leavePage() {
    const to = test && !moving && facts().finished !== null && definition?.finish
    if (!to) return
    moving = true
    location.assign(to)
  }

  // The page's own life

  /** @param {PageTransitionEvent} event */
  function hide({ timeStamp, persisted }) {
    if (!ended && transport.connection() !== 'stopped') {
      start()
      navigation?.timings()
      forms?.sweep()
      reactions?.signal('navigation')
      countFloods()
      if (!framed) record('u', timeOf(timeStamp), persisted ? 1 : 0)
      recording = false
      queue.freeze(1)
    }
    sendAll()
    for (const other of adoptions.keys()) transport.drop((job) => job.stream === other)
    adoptions.clear()
    alive.stop()
  }

  /** @param {PageTransitionEvent} event */
  function show({ persisted }) {
    if (!persisted) return
    alive.start()
    transport.retry()
    if (ended || transport.connection() === 'stopped') return
    if (!session.pull() && store.lasting) {
      end()
      widget?.unmount()
      return
    }
    if (!definition) {
      // It went away before the server had said what is played here.
      stopObservers()
      begun = false
      return sayHello()
    }
    recording = true
    navigation?.back()
    bring()
    changed()
    sayHello()
  }

  addEventListener('pagehide', (event) => quietly(() => hide(event)))
  addEventListener('pageshow', (event) => quietly(() => show(event)))
  addEventListener('online', transport.retry)
  session.start()
  alive.start()
  if (isOver()) end()
  else {
    if (session.saved.definition) start()
    if (!framed || !begun) sayHello()
  }
  setInterval(adopt, ADOPT_MS)
}

/** @param {() => void} work */
function quietly(work) {
  try {
    work()
  } catch {
    // A guest in the page: what goes wrong in us is not its affair, and not for its console.
  }
}
