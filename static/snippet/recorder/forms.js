import { isOurs, pathOf } from '../path.js'
import { selectorOf } from '../selector.js'
import { timeOf } from '../clock.js'

/**
 * Refusals of forms: the browser's own, once a field and submission, and fields that the site marks as invalid, once
 * a load.
 *
 * @param {import('../types.js').RecordEvent} record
 */
export function observeForms(record) {
  /** @type {Set<string>} since the last thing that could submit a form */
  const refused = new Set()
  /** @type {Set<string>} since the load */
  const marked = new Set()
  const observer = new MutationObserver(sweep)

  /** @param {Element} field */
  function refuse(field, /** @type {number} */ at) {
    const { type, name } = /** @type {HTMLInputElement} */ (field)
    const selector = selectorOf(field)
    // All buttons of a radio group are refused for one missing choice.
    const key = type === 'radio' ? `radio ${name}` : selector
    if (refused.has(key)) return
    refused.add(key)
    record('f', at, selector, 'native')
  }

  function sweep() {
    for (const field of document.querySelectorAll('[aria-invalid="true"]')) {
      const selector = selectorOf(field)
      if (marked.has(selector)) continue
      marked.add(selector)
      record('f', timeOf(), selector, 'aria')
    }
  }

  return {
    types: ['invalid', 'click', 'keydown', 'DOMContentLoaded', 'load'],

    start() {
      // Fields that come marked into the page are found by the sweeps: watching all that comes would cost every page.
      observer.observe(document, { attributeFilter: ['aria-invalid'], subtree: true })
      sweep()
    },

    stop() {
      observer.disconnect()
    },

    /** @param {any} event */
    handleEvent(event) {
      const { type } = event
      const [field] = pathOf(event)
      if (type === 'invalid') field && !isOurs(pathOf(event)) && refuse(field, timeOf(event.timeStamp))
      else if (type === 'click' || (type === 'keydown' && event.key === 'Enter')) refused.clear()
      else if (event.target === document) sweep()
    },

    sweep,
  }
}
