import { make } from './make.js'
import * as messages from './messages.js'
import { makeSheet, makeTitle } from './sheet.js'

/**
 * What a moderator sees who checks the tag.
 *
 * @returns {import('./sheet.js').Sheet}
 */
export function showCheck() {
  const focus = makeTitle(messages.check)
  return { form: makeSheet([focus, make('p', {}, messages.checkClose)], []), focus }
}
