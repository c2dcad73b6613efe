import { cut } from './mask.js'
import { position } from './progress.js'
import { quietly } from './quietly.js'

/** Of a problem or an open answer, in characters. */
const LONGEST = 5000

/**
 * What the widget sees of a session, and what it may do: the participant's steps.
 *
 * @typedef {import('./types.js').Test} Test
 * @typedef {import('./types.js').Facts} Facts
 *
 * @typedef {object} Delegate
 * @property {(attempt: number | null, code: string, at: number, ...fields: any[]) => void} note writes a step down
 * @property {(change: (facts: Facts) => Partial<Facts>) => void} know adds to the facts
 * @property {() => Facts} facts
 * @property {() => {connection: import('./types.js').View['connection'], arrived: boolean, storage: boolean}} delivery
 * @property {() => boolean} moving on the way to a task's start page
 * @property {() => void} judge looks whether a criterion is met now
 * @property {() => void} erase what was recorded
 * @property {(how: import('./types.js').Leaving) => void} leave
 * @property {() => import('./types.js').Leaving | null} leaving
 * @property {() => void} finished
 * @property {() => number} now
 * @property {() => Record<string, any>} notes
 * @property {(notes: Record<string, any>) => void} keepNotes
 */

/**
 * @param {import('./types.js').Definition} definition
 * @param {Delegate} delegate
 */
export function createTest(definition, delegate) {
  /** @type {Set<() => void>} */
  const subscribers = new Set()
  /** @type {ReturnType<Test['view']> | undefined} */
  let last

  const at = () => position(definition, delegate.facts())

  /** @returns {import('./types.js').View} */
  function view() {
    const { phase, number, questions, index } = at()
    const { attempts, answers } = delegate.facts()
    const prefix = `${number ?? ''}/`
    return {
      phase: delegate.leaving() ?? phase,
      number: number ?? definition.tasks.length - 1,
      total: definition.tasks.length,
      task: number === null ? null : (definition.tasks[number] ?? null),
      questions,
      index,
      answers: Object.fromEntries(questions.filter(({ key }) => prefix + key in answers).map(({ key }) => [key, answers[prefix + key] ?? null])),
      ended: number === null ? null : (attempts[number]?.ended?.how ?? null),
      ...delegate.delivery(),
    }
  }

  /**
   * @param {'D' | 'G' | 'T'} code
   * @param {import('./types.js').How} how
   * @param {number} [end]
   */
  function end(code, how, end) {
    const { phase, number } = at()
    if (phase !== 'running' || number === null) return
    const now = delegate.now()
    delegate.note(number, code, now)
    delegate.know(({ attempts }) => ({
      attempts: { ...attempts, [number]: { ...attemptOf(attempts, number), ended: { how, at: end ?? now } } },
    }))
  }

  return {
    definition,

    view: () => (delegate.moving() && last) || (last = view()),

    /** @param {() => void} changed */
    subscribe(changed) {
      subscribers.add(changed)
      return () => void subscribers.delete(changed)
    },

    changed: () => subscribers.forEach(quietly),

    start() {
      const { phase, number } = at()
      if (phase !== 'before' || number === null) return
      const now = delegate.now()
      delegate.note(number, 'S', now)
      delegate.know(({ attempts }) => ({ attempts: { ...attempts, [number]: { started: now, met: null, ended: null } } }))
    },

    done() {
      // What came onto the screen a moment ago may not have been looked at yet.
      if (at().phase === 'running') delegate.judge()
      end('D', 'done')
    },
    giveUp: () => end('G', 'gave_up'),
    /** @param {number} limit the time at which it was up */
    timeUp: (limit) => end('T', 'timed_out', limit),

    /**
     * @param {import('./types.js').Side} side
     * @param {number | null} index
     * @param {number} now
     */
    meet(side, index, now) {
      const { phase, number } = at()
      if (phase !== 'running' || number === null) return
      delegate.note(number, 'M', now, side, index)
      const ended = definition.tasks[number]?.finish === 'auto' ? /** @type {const} */ ({ how: 'auto', at: now }) : null
      delegate.know(({ attempts }) => ({
        attempts: { ...attempts, [number]: { ...attemptOf(attempts, number), met: { side, index, at: now }, ended } },
      }))
    },

    /**
     * @param {string} question
     * @param {import('./types.js').Answer} value
     */
    answer(question, value) {
      const { number } = at()
      delegate.note(number, 'A', delegate.now(), question, sendable(value))
      delegate.know(({ answers }) => ({ answers: { ...answers, [`${number ?? ''}/${question}`]: value } }))
    },

    /** @param {string} text */
    report: (text) => delegate.note(at().phase === 'running' ? at().number : null, 'P', delegate.now(), cut(text, LONGEST)),

    /** @param {boolean} keep */
    leave(keep) {
      const now = delegate.now()
      const { phase, number } = at()
      if (!keep) delegate.erase()
      delegate.note(phase === 'running' ? number : null, 'L', now, keep ? 1 : 0)
      delegate.leave(keep ? 'left' : 'withdrawn')
      delegate.know(() => ({ left: now }))
    },

    finish() {
      if (at().phase !== 'finish') return
      const now = delegate.now()
      delegate.note(null, 'F', now)
      delegate.know(() => ({ finished: now }))
      delegate.finished()
    },

    /** @param {string} name */
    recall: (name) => delegate.notes()[name],

    /**
     * @param {string} name
     * @param {any} value
     */
    remember: (name, value) => delegate.keepNotes({ ...delegate.notes(), [name]: value }),
  }
}

/**
 * @param {Facts['attempts']} attempts
 * @param {number} number
 */
const attemptOf = (attempts, number) => attempts[number] ?? { started: null, met: null, ended: null }

/** @param {import('./types.js').Answer} value */
function sendable(value) {
  if (Array.isArray(value)) return value.map((each) => cut(each, Math.floor(LONGEST / value.length)))
  return typeof value === 'string' ? cut(value, LONGEST) : value
}
