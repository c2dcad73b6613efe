import { make } from './make.js'
import * as messages from './messages.js'
import { makeButton, makeSheet, makeTitle } from './sheet.js'

/**
 * @param {(keep: boolean) => void} leave
 * @param {() => void} close
 * @returns {import('./sheet.js').Sheet}
 */
export function showLeave(leave, close) {
  const focus = makeTitle(messages.leaveQuestion)
  const actions = [
    makeButton(messages.keep, () => leave(true)),
    makeButton(messages.erase, () => leave(false)),
    makeButton(messages.goBack, close, 'primary'),
  ]
  const form = makeSheet([focus, make('p', {}, messages.leaveEffect)], actions)
  form.classList.add('stacked')
  return { form, focus }
}
