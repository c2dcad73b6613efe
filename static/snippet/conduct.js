import { keepAlive } from './alive.js'
import { openApi, takeCalls } from './api.js'
import { surely } from './ask.js'
import { arrive, check, codeInAddress, hello } from './arrive.js'
import { pageSince, timeOf } from './clock.js'
import { drift } from './drift.js'
import { takeEarly } from './early.js'
import { countFloods } from './floods.js'
import { keepHours } from './hours.js'
import { keyOf } from './journal.js'
import { toJson } from './json.js'
import { createJudge } from './judge.js'
import { createLeft } from './left.js'
import { LINGER_MS } from './limits.js'
import { eraseAll, eraseOf, eventsIn, streamsIn } from './orphans.js'
import { packed, unpacked } from './pack.js'
import { keepNothing, pageIdentity } from './page.js'
import { mergeFacts, noFacts, position } from './progress.js'
import { observeLater } from './recorder/later.js'
import { isLeaving } from './recorder/leaving.js'
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
 * @property {typeof import('./transport.js').sendBy} sendBy
 */

const ADOPT_MS = 30_000
const KEPT_MS = 7 * 86_400_000
/** How long a finished test waits for what is on its way before it moves on. */
const FAREWELL_MS = 5000
/** A way to a start page that leads nowhere (the page asked, the participant stayed). */
const MOVE_MS = 5000

const { setTimeout } = globalThis

/**
 * @param {Core} core
 * @param {Recorder | null} recorder if it was plain that a session goes on
 */
export function conduct(core, recorder) {
  const { store, early, createRecorder } = core
  core.sendBy(surely)
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
  /** @param {import('./transport.js').Job} job */
  const isQuestion = ({ address }) => address === 'state'
  const left = createLeft({
    store,
    stream,
    token,
    isAsking: () => [...transport.jobs].some(isQuestion),
    ask: sayHello,
    hurried: () => ended,
    deliver,
    changed: delivered,
  })

  /** @type {import('./types.js').Definition | null} */
  let definition = null
  /** @type {ReturnType<typeof createTest> | undefined} */
  let test
  /** @type {{unmount: () => void} | undefined} */
  let widget
  /** @type {((test: any) => {unmount: () => void}) | undefined} */
  let mount
  let ended = false
  let moving = false
  /** How the test was left on this page. @type {import('./types.js').Leaving | null} */
  let leaving = null
  // Some browsers begin a page with a time origin that is off; only a change is a jump.
  let drifted = drift()
  /** @type {Set<import('./queue.js').Batch>} */
  const packing = new Set()
  /** @type {ReturnType<typeof observeLater> | undefined} */
  let later
  let rest = keepAlive(store, stream)

  const judge = createJudge({
    recorder,
    session,
    framed,
    definition: () => definition,
    running: () => running(),
    meet: (side, index, time) => test?.meet(side, index, time),
  })
  const floods = countFloods(note)
  const hours = keepHours({
    end: limit,
    idle_s: () => definition?.idle_limit_s ?? null,
    timeUp: (at) => test?.timeUp(at),
    // The server may have ended the attempt.
    silent: () => running() !== null && sayHello(),
  })

  // What is known

  const facts = () => session.saved.facts
  const isOver = () => facts().left !== null || facts().finished !== null
  const running = () => runningIn(session.saved)

  /** When the attempt that runs will be out of time, if it can be. */
  function limit() {
    const number = running()
    const limit_s = number === null || framed ? null : definition?.tasks[number]?.time_limit_s
    const started = facts().attempts[number ?? -1]?.started
    return limit_s && started ? started + limit_s * 1000 : null
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
    recorder.run(running())
    if (isOver()) end()
    else if (definition) {
      judge.watch(since)
      hours.setLimit()
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
    floods.tell(running())
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
    for (const { stream, number = 0, body } of [...packing, ...left.copied(), ...transport.jobs]) {
      if (!stream) continue
      store.remove(keyOf(stream, number))
      store.set(keyOf(stream, number), body)
    }
    queue.write()
  }

  function delivered() {
    left.settle(isSending)
    if (transport.connection() === 'ok' && queue.pending()) recorder.schedule(LINGER_MS)
    test?.changed()
    if (ended && arrived()) farewell()
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

  function sayHello() {
    const sent = timeOf()
    const known = session.saved.definition
    drop(isQuestion)
    transport.add({
      address: 'state',
      // Asked first: what the page before sent while it went has mostly arrived.
      body: toJson({ v: 1, k: token, have: known?.id ?? null, hello: hello(known ?? keepNothing), held: left.held().slice(0, 100) }),
      accept(answer) {
        if (!answer.state) return false
        drop(isQuestion) // It is answered.
        left.answered(answer.stored ?? [])
        left.adopt()
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
    // Deleted, though the answer that said so was lost on its way.
    if (status === 410 && leaving === 'withdrawn') leavePage()
    test?.changed()
  }

  // What happens

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
  function happened(moment) {
    const { at, path, failed } = moment
    if (failed && path?.[0]) later?.failed(path[0], at)
    judge.happened(moment)
  }

  /**
   * @param {string} code
   * @param {any[]} fields
   */
  function recorded(code, fields) {
    if (floods.count(code)) {
      recorder.schedule(LINGER_MS)
      return true
    }
    if (code === 'n') later?.told(fields[2])
    try {
      mask(code, fields)
    } catch {
      // What cannot be looked at must not be told; that it happened may.
      for (const place in fields) if (typeof fields[place] === 'string') fields[place] = ''
    }
    const now = timeOf()
    const jump = drift(now) - drifted
    if (Math.abs(jump) > 1000) {
      note(running(), 'q', now, jump)
      drifted += jump
    }
    hours.heard(now)
    return false
  }

  function stopWatching() {
    judge.stop()
    later?.stop()
    hours.stop()
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
      judge: judge.look,
      delivery: () => ({ connection: transport.connection(), arrived: arrived(), storage: store.lasting }),
      erase,
      leave: (how) => void (leaving = how),
      leaving: () => leaving,
      finished: () => setTimeout(leavePage, FAREWELL_MS),
      notes: () => session.saved.notes,
      keepNotes: (notes) => session.change(() => ({ notes })),
    })
    later = observeLater({ recorder, base, framed, kept: definition, isFlood: () => floods.isFull('n'), renewed })
    later.start()
    bring()
    changed(pageSince())
    catchUp()
    hours.heard()
    takeCalls(store, judge.late)
    openApi(judge.said)
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
    left.erase()
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
    drop(isQuestion)
    if (queue.pending()) queue.freeze(1)
    left.adopt()
    delivered()
  }

  /** All has arrived: nothing of the session stays, unless another tab still has something to send. */
  function farewell() {
    store.remove(keyOf(stream))
    if (left.isEmpty() && !streamsIn(store).length) wipe()
    leavePage()
  }

  function wipe() {
    session.wipe()
    eraseAll(store)
  }

  /** Who has finished or left the test on this page is told so on one of usabtest's. */
  function leavePage() {
    const to = leaving ? `${definition?.home}/${leaving}` : facts().finished !== null && definition?.finish
    if (!test || moving || !to) return
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
    // Nobody who comes back takes leave again.
    if (leaving) widget?.unmount()
    rest()
    const streams = left.letGo()
    drop(({ stream }) => !!stream && streams.includes(stream))
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

  recorder.conducted({ happened, recorded, isLeaving, delivered, prepare, pack, refused, stopped, hide, show })
  listen()
  // A task may have begun elsewhere since the core looked.
  session.pull()
  if (isOver()) end()
  else {
    const known = !!session.saved.definition
    begin()
    if (!framed || !known) sayHello()
  }
  left.adopt()
  setInterval(left.adopt, ADOPT_MS)
}
