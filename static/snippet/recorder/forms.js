import { timeOf } from '../clock.js'
import { isOurs, pathOf } from '../path.js'
import { selectorOf } from '../selector.js'

/**
 * Fields that the browser refuses, once a field and submission.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer}
 */
export function observeForms(record) {
  /** @type {Set<string>} since the last thing that could submit a form */
  const refused = new Set()

  return {
    on: {
      invalid(event) {
        const path = pathOf(event)
        const field = /** @type {HTMLInputElement} */ (path[0])
        const selector = selectorOf(field)
        // All buttons of a radio group are refused for one missing choice.
        const key = field.type === 'radio' ? field.name : selector
        if (!isOurs(path) && !refused.has(key)) record('f', timeOf(event.timeStamp), selector, 'native')
        refused.add(key)
      },
      click: () => refused.clear(),
      keydown: ({ key }) => key === 'Enter' && refused.clear(),
    },
  }
}
