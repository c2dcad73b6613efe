import { timeOf } from '../clock.js'
import { innermost, matches } from '../own.js'
import { selectorOf } from '../selector.js'

/** Ticked, not written in: their clicks tell all. */
const TICKED = '[type=checkbox],[type=radio],[type=file]'
/** Of these not even a count, which would tell a length. */
const SECRET = '[type=password],[autocomplete*=password],[autocomplete*="cc-"],[autocomplete=one-time-code]'

/**
 * How a field was filled in: how often it changed, for how long, and how long it had the focus; never with what.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer & {settle: () => void}}
 */
export function observeEdits(record) {
  /** @type {{field: Element, since: number, changes: number, first: number, last: number} | undefined} */
  let edit

  /**
   * @param {Element} field
   * @param {number} at
   */
  function begin(field, at) {
    if (edit?.field === field) return
    settle(at)
    edit = { field, since: at, changes: 0, first: at, last: at }
  }

  /** @param {number} [at] when the field was left */
  function settle(at = timeOf()) {
    if (edit?.changes) {
      const { field, since, changes, first, last } = edit
      const secret = matches(field, SECRET)
      record('e', at, selectorOf(field), secret ? null : changes, secret ? null : last - first, at - since)
    }
    edit = undefined
  }

  return {
    on: {
      focusin: ({ timeStamp }, [field]) => field && begin(field, timeOf(timeStamp)),
      focusout: ({ timeStamp }) => settle(timeOf(timeStamp)),
      // Focus that moves within a shadow root does not show outside.
      pointerup: ({ timeStamp }) => edit && !matches(edit.field, ':focus') && settle(timeOf(timeStamp)),
      input({ timeStamp, isTrusted }, path) {
        const [field] = path
        if (!isTrusted || !field || matches(field, TICKED) || innermost(path, '[data-usabtest-block]')) return
        const at = timeOf(timeStamp)
        begin(field, at)
        if (!edit) return
        if (!edit.changes++) edit.first = at
        edit.last = at
      },
    },
    settle: () => settle(),
  }
}
