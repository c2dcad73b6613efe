import { isOurs, pathOf } from '../path.js'
import { selectorOf } from '../selector.js'
import { timeOf } from '../clock.js'

const BY_SCRIPT = 16

/**
 * That something was put into a field, once a focus; never what.
 *
 * @param {import('../types.js').RecordEvent} record
 * @param {(path: Element[]) => number} areas
 */
export function observeInputs(record, areas) {
  /** @type {Element | null} */
  let last = null

  return {
    types: ['input', 'focusin'],
    start() {},
    stop() {},
    /** @param {any} event */
    handleEvent(event) {
      const path = pathOf(event)
      const [field] = path
      if (event.type === 'focusin') last = null
      else if (field && field !== last && !isOurs(path) && !field.closest('[data-usabtest-block]')) {
        last = field
        record('i', timeOf(event.timeStamp), selectorOf(field), areas(path) + (event.isTrusted ? 0 : BY_SCRIPT))
      }
    },
  }
}
