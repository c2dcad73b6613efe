import { keepAlive, takeOver } from './alive.js'
import { openApi, takeCalls } from './api.js'
import { arrive, check, codeInAddress, hello } from './arrive.js'
import { now, pageSince, timeOf } from './clock.js'
import { watchCriteria } from './criteria.js'
import { drift } from './drift.js'
import { takeEarly } from './early.js'
import { told } from './fault.js'
import { keyOf } from './journal.js'
import { toJson } from './json.js'
import { FLOOD, LINGER_MS, SPARE_BYTES } from './limits.js'
import { maskMessage, maskedText } from './mask.js'
import { adopted, eraseAll, eraseOf, eventsIn, frozenIn, lastOf, streamsIn } from './orphans.js'
import { packed, unpacked } from './pack.js'
import { keepNothing, pageIdentity } from './page.js'
import { mergeFacts, noFacts, position } from './progress.js'
import { bytesOf } from './queue.js'
import { FIRST_CLICK, SEARCH } from './recorder/flags.js'
import { observeLater } from './recorder/later.js'
import { createSession, runningIn, savedSession } from './session.js'
import { siteAdmits } from './site.js'
import { createTest } from './test.js'
import { withoutHeld, withoutTyped } from './typed.js'

/**
 * What conducts the test: it knows where the participant is, judges the criteria, keeps the session in step with the
 * server and the other tabs, and delivers what dead pages left. The core records without it, and loads it.
 *
 * @typedef {import('./types.js').Saved} Saved
 * @typedef {import('./types.js').Facts} Facts
 * @typedef {import('./types.js').Moment} Moment
 * @typedef {import('./participant.js').Recorder} Recorder
 *
 * @typedef {object} Core
 * @property {string} base the address of usabtest, with a slash at its end
 * @property {import('./types.js').Store} store
 * @property {import('./participant.js').Early} early
 * @property {boolean} framed
 * @property {(core: Core, saved: Saved) => Recorder} createRecorder
 * @property {(name: string, then: (part: any) => void) => void} load
 * @property {typeof import('./transport.js').createTransport} createTransport with the page's own fetch
 */

const ADOPT_MS = 30_000
/** How long what a page sent while it went may be on its way, from the first event of its last batch on. */
const ON_ITS_WAY_MS = 5000
const KEPT_MS = 7 * 86_400_000
/** How long a finished test waits for what is on its way before it moves on. */
const FAREWELL_MS = 5000
/** Kinds of events that can flood. */
const FLOODS = 'jnfxmy'
/** A way to a start page that leads nowhere (the page asked, the participant stayed). */
const MOVE_MS = 5000
const LONGEST_TIMER_MS = 2 ** 31 - 1

const { setTimeout, clearTimeout } = globalThis

/**
 * @param {Core} core
 * @param {Recorder | null} recorder if it was plain that a session goes on
 */
export function conduct(core, recorder) {
  const { store, early, createRecorder } = core
  if (recorder) return run(core, recorder)
  /** @param {Saved} saved */
  const go = (saved) => run(core, createRecorder(core, saved))
  const code = codeInAddress()
  const saved = savedSession(store)
  if (code) early.events.length = 0
  if (code?.startsWith('check.')) {
    early.stop()
    void check(core, code.slice('check.'.length))
  } else if (code) arrive(core, code, go, early.stop)
  else if (saved) go(saved)
  else early.stop()
}

/**
 * @param {Core} core
 * @param {Recorder} recorder
 */
function run({ base, store, early, framed, load }, recorder) {
  const { queue, transport, stream, record, note, page, deliver } = recorder
  const { token } = recorder.saved
  const session = createSession(store, recorder.saved, heard)

  /** @type {import('./types.js').Definition | null} */
  let definition = null
  /** @type {ReturnType<typeof watchCriteria> | null} */
  let criteria = null
  /** @type {number | null} */
  let watched = null
  /** @type {ReturnType<typeof createTest> | undefined} */
  let test
  /** @type {{unmount: () => void} | undefined} */
  let widget
  /** @type {((test: any) => {unmount: () => void}) | undefined} */
  let mount
  let ended = false
  let moving = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let limit
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let idle
  // Some browsers begin a page with a time origin that is off; only a change is a jump.
  let drifted = drift()
  let active = 0
  let spare = SPARE_BYTES
  /** @type {Map<string, () => void>} */
  const adoptions = new Map()
  /** @type {Map<string, number>} of events, by their kinds that can flood */
  const counts = new Map()
  /** @type {Set<import('./queue.js').Batch>} */
  const packing = new Set()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again
  /** @type {ReturnType<typeof observeLater> | undefined} */
  let later
  let rest = keepAlive(store, stream)

  // What is known

  const facts = () => session.saved.facts
  const isOver = () => facts().left !== null || facts().finished !== null
  const running = () => runningIn(session.saved)

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
    recorder.run(running())
    if (isOver()) end()
    else if (definition) {
      watch(since)
      setLimit()
      session.share(running())
    }
    test?.changed()
  }

  // What is sent

  /** @param {boolean} [leaving] the page may go: what is under way is told as far as it has come */
  function prepare(leaving) {
    for (const batch of packing) deliver(batch)
    packing.clear()
    restore(leaving)
    if (ended || transport.connection() === 'stopped') return
    if (leaving) later?.settle()
    later?.sweep()
    countFloods()
  }

  /** What was too much of a kind, as a count. */
  function countFloods() {
    for (const [code, count] of counts) {
      if (count <= FLOOD) continue
      counts.set(code, FLOOD)
      note(running(), 'r', timeOf(), code, count - FLOOD)
    }
  }

  /** @param {(job: import('./transport.js').Job) => boolean} which */
  function drop(which) {
    for (const job of transport.jobs) if (which(job)) transport.jobs.delete(job)
  }

  /** @param {string} [of] one stream, else any */
  const isSending = (of) => [...transport.jobs].some(({ stream }) => stream && (!of || stream === of))

  /** @param {boolean} [leaving] */
  function restore(leaving) {
    if (ended || isOver() || !session.restore(leaving)) return
    for (const { stream, number = 0, body } of [...packing, ...transport.jobs]) {
      if (!stream) continue
      store.remove(keyOf(stream, number))
      store.set(keyOf(stream, number), body)
    }
    queue.write()
  }

  function delivered() {
    for (const [other, release] of adoptions) {
      if (isSending(other)) continue
      store.remove(keyOf(other))
      adoptions.delete(other)
      release()
    }
    if (transport.connection() === 'ok' && queue.pending()) recorder.schedule(LINGER_MS)
    if (ended && arrived()) farewell()
    test?.changed()
  }

  /**
   * A refused batch stays readable on this machine until the session ends.
   *
   * @param {import('./queue.js').Batch} batch
   */
  async function refused({ stream, number, body }) {
    const text = await unpacked(body)
    store.remove(keyOf(stream, number))
    store.set(`usabtest.parked.${stream}.${number}`, text)
    queue.drop(eventsIn(text.split('\n').slice(1)))
  }

  /**
   * What is sent for the first time is what lies in the journal then.
   *
   * @param {import('./queue.js').Batch} batch
   */
  async function pack(batch) {
    packing.add(batch)
    const body = await packed(batch.body).catch(() => batch.body)
    if (!packing.delete(batch)) return
    if (store.set(keyOf(batch.stream, batch.number), body)) batch.body = body
    deliver(batch)
  }

  const arrived = () => !queue.pending() && !packing.size && !isSending()

  /** Takes over what dead pages left. */
  function adopt() {
    if (!store.lasting) return
    for (const other of streamsIn(store)) {
      if (other === stream || adoptions.has(other)) continue
      const last = lastOf(store, other)
      takeOver(store, other, last && !last.ended ? last.base : 0, (release) => {
        if (isOnItsWay(other)) {
          release()
          again ??= setTimeout(askAgain, ON_ITS_WAY_MS)
          return
        }
        adoptions.set(other, release)
        for (const batch of adopted(store, other)) deliver(batch, lastOf(store, other)?.token !== token)
        delivered()
      })
    }
  }

  /**
   * What a page froze a moment ago is asked for once more before it is sent a second time.
   *
   * @param {string} other
   */
  function isOnItsWay(other) {
    const since = lastOf(store, other)?.base ?? 0
    return !ended && Math.abs(timeOf() - since) < ON_ITS_WAY_MS && frozenIn(store).some(([of]) => of === other)
  }

  function askAgain() {
    again = undefined
    sayHello()
  }

  function sayHello() {
    const sent = timeOf()
    const known = session.saved.definition
    // Asked first: what the page before sent while it went has mostly arrived.
    const held = frozenIn(store).filter(([other]) => other !== stream)
    drop(({ address }) => address === 'state')
    transport.add({
      address: 'state',
      body: toJson({ v: 1, k: token, have: known?.id ?? null, hello: hello(known ?? keepNothing), held: held.slice(0, 100) }),
      accept(answer) {
        if (!answer.state) return false
        for (const [other, number] of answer.stored ?? []) store.remove(keyOf(other, number))
        adopt()
        const state = { ...noFacts(), ...answer.state }
        session.change((saved) => ({ facts: mergeFacts(state, saved.facts), definition: answer.definition ?? saved.definition }))
        if (isOver()) end()
        else {
          begin()
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
    stopWatching()
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

  /**
   * The flags of the task's areas that an element lies in.
   *
   * @param {Element[]} path
   * @param {string} [address]
   */
  const areas = (path, address) => (criteria?.inFirstClick(path) ? FIRST_CLICK : 0) + (criteria?.isSearch(path, address) ? SEARCH : 0)

  /**
   * What of an event may be told.
   *
   * @param {string} code
   * @param {any[]} fields
   */
  function mask(code, fields) {
    fields.forEach((field, place) => {
      if (code !== 'x' && typeof field === 'string') fields[place] = (code === 'n' ? withoutHeld : withoutTyped)(field)
    })
  }

  /** @param {Moment} moment */
  function happened({ at, path, ordinal, clicked, address, failed, fault, late }) {
    if (failed && path?.[0]) later?.failed(path[0], at)
    if (fault && typeof ordinal === 'number') tell(ordinal, !!late, ...told(...fault))
    else if (path && typeof ordinal === 'number') complete(ordinal, path, areas(path, address))
    if (clicked || !(path || fault)) criteria?.judge({ clicked: path, address }, at)
  }

  /**
   * Adds to an event of an element what the study decides.
   *
   * @param {number} ordinal
   * @param {Element[]} path
   * @param {number} flags
   */
  function complete(ordinal, [element], flags) {
    const text = definition?.text && element ? maskedText(element) : null
    if (!flags && text === null) return
    queue.amend(ordinal, (fields) => {
      fields[2] += flags
      // Of an event that has a place, too: a click.
      if (fields.length > 3 && text !== null) fields[11] = text
    })
  }

  /**
   * @param {number} ordinal of a fault
   * @param {boolean} late from before this part was there: of many there may not be room in their batch
   * @param {string} message
   * @param {string} stack
   */
  function tell(ordinal, late, message, stack) {
    if (late) spare -= bytesOf(message + stack)
    if (spare > 0) queue.amend(ordinal, (fields) => ([fields[2], fields[6]] = [message, stack]))
  }

  /**
   * @param {number} at
   * @param {import('./types.js').Side} side
   */
  function siteVerdict(at, side) {
    const number = running()
    if (number !== null && !facts().attempts[number]?.met) test?.meet(side, null, at)
    else record('y', at, side)
  }

  /**
   * What the site said on a page that was left before this part was there.
   *
   * @param {string} identity
   * @param {number | null} attempt
   */
  const late = (identity, attempt) => ({
    event: (/** @type {number} */ at, /** @type {string} */ name, /** @type {any} */ data) => queue.append(['x', at, attempt, identity, name, data]),
    error: (/** @type {number} */ at, /** @type {string} */ message) => queue.append(['m', at, attempt, identity, message]),
    verdict: (/** @type {number} */ at, /** @type {string} */ side) =>
      queue.append(attempt === null ? ['y', at, null, identity, side] : ['M', at, attempt, identity, side, null]),
  })

  /**
   * @param {number} at
   * @param {string} name
   * @param {any} data
   */
  function siteEvent(at, name, data) {
    record('x', at, name, data)
    criteria?.judge({ event: name }, at)
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

  /**
   * @param {string} code
   * @param {any[]} fields
   */
  function recorded(code, fields) {
    if (FLOODS.includes(code)) {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count > FLOOD) {
        recorder.schedule(LINGER_MS)
        return true
      }
    }
    if (code === 'n') later?.told(fields[0], fields[2])
    try {
      mask(code, fields)
    } catch {
      // What cannot be looked at must not be told; that it happened may.
      for (const place in fields) if (typeof fields[place] === 'string') fields[place] = ''
    }
    const jump = drift() - drifted
    if (Math.abs(jump) > 1000) {
      note(running(), 'q', timeOf(), jump)
      drifted += jump
    }
    setIdle()
    return false
  }

  /** After a silence the server may have ended the attempt. */
  function setIdle() {
    active = now()
    idle ??= setTimeout(wake, Math.min(idleAfter(), LONGEST_TIMER_MS))
  }

  const idleAfter = () => (definition?.idle_limit_s || Infinity) * 1000 + LINGER_MS

  /** One timer that goes on as long as something happens is cheaper than a new one for each event. */
  function wake() {
    const rest_ms = active + idleAfter() - now()
    idle = rest_ms > 0 ? setTimeout(wake, Math.min(rest_ms, LONGEST_TIMER_MS)) : undefined
    if (!idle && running() !== null) sayHello()
  }

  function stopWatching() {
    criteria?.stop()
    later?.stop()
    clearTimeout(limit)
    clearTimeout(idle)
    idle = undefined
  }

  /** Brings the participant to the task's start page, once, before the task is shown. */
  function bring() {
    const now = definition && position(definition, facts())
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

  function begin() {
    definition ??= session.saved.definition
    if (test || !definition) return
    if (!recorder.saved.definition) {
      recorder.run(running())
      recorder.start(definition)
    }
    if (session.saved.fresh) session.change(() => ({ fresh: false }))
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
    later = observeLater({ recorder, base, framed, kept: definition, isFlood: () => (counts.get('n') ?? 0) >= FLOOD, renewed })
    later.start()
    bring()
    changed(pageSince())
    catchUp()
    setIdle()
    takeCalls(store, late)
    openApi({ event: siteEvent, verdict: siteVerdict, error: (at, message) => record('m', at, message) })
    if (framed) return
    load(__WIDGET__, (part) => {
      mount = part.mount
      widget ??= part.mount(test)
    })
  }

  /** What happened before this part was there is completed and judged now. */
  function catchUp() {
    for (const moment of recorder.missed.splice(0)) happened({ ...moment, late: true })
    recorder.schedule(LINGER_MS)
  }

  /** What was recorded is erased; what the participant says last goes out all the same. */
  function erase() {
    drop((job) => !!job.stream && !job.foreign)
    packing.clear()
    eraseOf(store, token)
    queue.erase()
    recorder.stop()
    session.change((saved) => ({ definition: null, running: null, facts: { ...noFacts(), status: saved.facts.status }, notes: {} }))
  }

  function end() {
    if (ended) return
    ended = true
    later?.settle()
    early.stop()
    recorder.stop()
    stopWatching()
    drop(({ address }) => address === 'state')
    if (queue.pending()) queue.freeze(1)
    adopt()
    delivered()
  }

  /** All has arrived: nothing of the session stays, unless another tab still has something to send. */
  function farewell() {
    store.remove(keyOf(stream))
    if (!adoptions.size && !streamsIn(store).length) wipe()
    if (facts().finished !== null) leavePage()
  }

  function wipe() {
    session.wipe()
    eraseAll(store)
  }

  function leavePage() {
    const to = test && !moving && facts().finished !== null && definition?.finish
    if (!to) return
    moving = true
    location.assign(to)
  }

  // The page's own life

  function listen() {
    addEventListener('online', transport.retry)
    session.start()
  }

  /** A page that was opened anew has taken the listeners of what stood on it, too: the widget is made anew. */
  function renewed() {
    listen()
    if (!widget || !mount) return
    widget.unmount()
    widget = mount(test)
  }

  function hide() {
    rest()
    for (const [other, release] of adoptions) {
      drop((job) => job.stream === other)
      release()
    }
    adoptions.clear()
  }

  function show() {
    rest = keepAlive(store, stream)
    if (ended || transport.connection() === 'stopped') return
    // It went away before the server had said what is played here.
    if (!definition) return sayHello()
    if (!session.pull() && store.lasting) {
      end()
      widget?.unmount()
      return
    }
    later?.back()
    recorder.resume()
    bring()
    changed()
    sayHello()
  }

  recorder.conducted({ happened, recorded, delivered, prepare, pack, refused, stopped, hide, show })
  listen()
  if (isOver()) end()
  else {
    const known = !!session.saved.definition
    begin()
    if (!framed || !known) sayHello()
  }
  setInterval(adopt, ADOPT_MS)
}
