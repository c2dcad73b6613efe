import { timeOf } from '../clock.js'

/**
 * Whether the page is in view.
 *
 * @param {import('../types.js').RecordEvent} record
 * @param {(hidden: boolean) => void} changed
 * @returns {import('../types.js').Observer}
 */
export const observeVisibility = (record, changed) => ({
  on: {
    visibilitychange({ timeStamp }) {
      record('h', timeOf(timeStamp), document.visibilityState)
      changed(document.hidden)
    },
  },
})
