import { make } from './make.js'
import * as messages from './messages.js'
import { makeButton, makeSheet, makeSubmit, makeTitle, showFault } from './sheet.js'

/**
 * @param {(text: string) => void} send
 * @param {() => void} close
 * @returns {import('./sheet.js').Sheet}
 */
export function showReport(send, close) {
  const focus = make('textarea', { 'aria-labelledby': 'report', maxlength: 5000, rows: 4 })
  const form = makeSheet(
    [makeTitle(messages.reportText, { id: 'report' }), focus],
    [makeButton(messages.cancel, close), makeSubmit(messages.reportSend)],
    () => {
      const text = focus.value.trim()
      if (text) send(text)
      else showFault(/** @type {HTMLElement} */ (form.firstChild), messages.reportEmpty, focus)
    },
  )
  return { form, focus }
}
