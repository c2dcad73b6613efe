import { timeOf } from './clock.js'
import { watchCriteria } from './criteria.js'
import { told } from './fault.js'
import { SPARE_BYTES } from './limits.js'
import { maskMessage, maskedText } from './mask.js'
import { bytesOf } from './queue.js'
import { FIRST_CLICK, SEARCH } from './recorder/flags.js'

/**
 * What the study asks of what happens: the criteria of the task that runs are judged, and events are completed with
 * what the study decides: the task's areas, texts, what a fault said.
 *
 * @typedef {import('./types.js').Moment} Moment
 *
 * @param {object} play
 * @param {import('./participant.js').Recorder} play.recorder
 * @param {import('./session.js').Session} play.session
 * @param {boolean} play.framed criteria are its page's
 * @param {() => import('./types.js').Definition | null} play.definition
 * @param {() => number | null} play.running the attempt that runs
 * @param {(side: import('./types.js').Side, index: number | null, time: number) => void} play.meet
 */
export function createJudge({ recorder, session, framed, definition, running, meet }) {
  const { queue, record } = recorder
  /** @type {ReturnType<typeof watchCriteria> | null} */
  let criteria = null
  /** @type {number | null} */
  let watched = null
  let spare = SPARE_BYTES

  /** @param {number} number of an attempt */
  const isMet = (number) => session.saved.facts.attempts[number]?.met

  /**
   * The flags of the task's areas that an element lies in.
   *
   * @param {Element[]} path
   * @param {string} [address]
   */
  const areas = (path, address) => (criteria?.inFirstClick(path) ? FIRST_CLICK : 0) + (criteria?.isSearch(path, address) ? SEARCH : 0)

  /**
   * Adds to an event of an element what the study decides.
   *
   * @param {number} ordinal
   * @param {Element[]} path
   * @param {number} flags
   */
  function complete(ordinal, [element], flags) {
    const text = definition()?.text && element ? maskedText(element) : null
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

  return {
    /** @param {number} [since] */
    watch(since) {
      const number = running()
      const task = number === null ? undefined : definition()?.tasks[number]
      if (framed || number === watched) return
      criteria?.stop()
      criteria = null
      watched = number
      if (!task || number === null) return
      const armed = () => (session.saved.armed?.number === number ? session.saved.armed.names : null)
      const first = !armed()
      criteria = watchCriteria(task, {
        met: meet,
        refused: (side, index, message) => first && record('b', timeOf(), side, index, maskMessage(message)),
        armed: (name) => !!armed()?.includes(name),
        arm: (names) => session.change(() => ({ armed: { number, names: [...(armed() ?? []), ...names] } })),
        now: timeOf,
      })
      if (!isMet(number)) criteria.start(first, since)
    },

    stop: () => criteria?.stop(),

    /** Whether a criterion is met as things are. */
    look: () => criteria?.judge({}),

    /** @param {Moment} moment */
    happened({ at, path, ordinal, clicked, address, fault, late }) {
      if (fault && typeof ordinal === 'number') tell(ordinal, !!late, ...told(...fault))
      else if (path && typeof ordinal === 'number') complete(ordinal, path, areas(path, address))
      if (clicked || !(path || fault)) criteria?.judge({ clicked: path, address }, at)
    },

    /** What the site says, as `usabtest.event` and the rest of its API. */
    said: {
      /**
       * @param {number} at
       * @param {string} name
       * @param {any} data
       */
      event(at, name, data) {
        record('x', at, name, data)
        criteria?.judge({ event: name }, at)
      },

      /**
       * @param {number} at
       * @param {import('./types.js').Side} side
       */
      verdict(at, side) {
        const number = running()
        if (number !== null && !isMet(number)) meet(side, null, at)
        else record('y', at, side)
      },

      /**
       * @param {number} at
       * @param {string} message
       */
      error: (at, message) => record('m', at, message),
    },

    /**
     * What the site said on a page that was left before this part was there.
     *
     * @param {string} identity
     * @param {number | null} attempt
     */
    late: (identity, attempt) => ({
      event: (/** @type {number} */ at, /** @type {string} */ name, /** @type {any} */ data) => queue.append(['x', at, attempt, identity, name, data]),
      error: (/** @type {number} */ at, /** @type {string} */ message) => queue.append(['m', at, attempt, identity, message]),
      verdict: (/** @type {number} */ at, /** @type {string} */ side) =>
        queue.append(attempt === null ? ['y', at, null, identity, side] : ['M', at, attempt, identity, side, null]),
    }),
  }
}
