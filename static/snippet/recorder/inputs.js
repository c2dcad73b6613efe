import { timeOf } from '../clock.js'
import { isOurs, pathOf } from '../path.js'
import { selectorOf } from '../selector.js'

const BY_SCRIPT = 16

/**
 * That something was put into a field, once a focus; never what.
 *
 * @param {Pick<import('./clicks.js').Delegate, 'record' | 'areas' | 'happened'>} delegate
 * @returns {import('../types.js').Observer}
 */
export function observeInputs({ record, areas, happened }) {
  /** @type {Element | undefined} */
  let last

  return {
    on: {
      focusin() {
        last = undefined
      },
      input(event) {
        const path = pathOf(event)
        const [field] = path
        if (!field || field === last || isOurs(path) || field.closest('[data-usabtest-block]')) return
        last = field
        const at = timeOf(event.timeStamp)
        const ordinal = record('i', at, selectorOf(field), areas(path) + (event.isTrusted ? 0 : BY_SCRIPT))
        happened({ at, path, ordinal })
      },
    },
  }
}
