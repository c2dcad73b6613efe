import { timeOf } from '../clock.js'
import { innermost } from '../own.js'
import { selectorOf } from '../selector.js'
import { BY_SCRIPT } from './flags.js'

/**
 * What happens in fields, never their content: that something was put into one, once a focus; that the browser
 * refuses one, once a submission.
 *
 * @param {import('../types.js').RecordEvent} record
 * @param {(moment: import('../types.js').Moment) => void} happened completes the event and judges it
 * @returns {import('../types.js').Observer}
 */
export function observeFields(record, happened) {
  /** @type {Element | undefined} */
  let last
  /** @type {Set<string>} since the last thing that could submit a form */
  const refused = new Set()

  return {
    on: {
      focusin() {
        last = undefined
      },

      input({ timeStamp, isTrusted }, path) {
        const [field] = path
        if (!field || field === last || innermost(path, '[data-usabtest-block]')) return
        last = field
        const at = timeOf(timeStamp)
        happened({ at, path, ordinal: record('i', at, selectorOf(field), isTrusted ? 0 : BY_SCRIPT) })
      },

      invalid({ timeStamp }, [field]) {
        const selector = selectorOf(field)
        const { name, type } = /** @type {HTMLInputElement} */ (field)
        // All buttons of a radio group are refused for one missing choice.
        const key = type === 'radio' ? name : selector
        if (!refused.has(key)) record('f', timeOf(timeStamp), selector, 'native')
        refused.add(key)
      },

      click: () => refused.clear(),
      keydown: ({ key }) => key === 'Enter' && refused.clear(),
    },
  }
}
