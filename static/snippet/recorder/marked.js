import { timeOf } from '../clock.js'
import { selectorOf } from '../selector.js'

/**
 * Fields that the site marks as invalid, once a load.
 *
 * @param {import('../types.js').RecordEvent} record
 */
export function observeMarked(record) {
  /** @type {Set<string>} */
  const marked = new Set()
  const observer = new MutationObserver(sweep)

  function sweep() {
    for (const field of document.querySelectorAll('[aria-invalid="true"]')) {
      const selector = selectorOf(field)
      if (!marked.has(selector)) record('f', timeOf(), selector, 'aria')
      marked.add(selector)
    }
  }

  function renew() {
    for (const type of ['DOMContentLoaded', 'load']) addEventListener(type, sweep)
    sweep()
  }

  return {
    start() {
      // Fields that come marked into the page are found by the sweeps: watching all that comes would cost every page.
      observer.observe(document, { attributeFilter: ['aria-invalid'], subtree: true })
      renew()
    },

    renew,

    stop() {
      observer.disconnect()
      for (const type of ['DOMContentLoaded', 'load']) removeEventListener(type, sweep)
    },

    sweep,
  }
}
