import { timeOf } from '../clock.js'

/**
 * Whether the page is in view.
 *
 * @param {import('../types.js').RecordEvent} record
 * @param {(hidden: boolean) => void} changed
 */
export const observeVisibility = (record, changed) => ({
  types: ['visibilitychange'],
  start() {},
  stop() {},
  /** @param {any} event */
  handleEvent(event) {
    record('h', timeOf(event.timeStamp), document.visibilityState)
    changed(document.hidden)
  },
})
