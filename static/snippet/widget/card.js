import { make } from './make.js'
import * as messages from './messages.js'

/**
 * The frame that all steps share: head, progress, notice, sheets, foot, and a polite live region that nobody sees.
 *
 * @param {boolean} rightToLeft
 * @param {{ fold: () => void, report: () => void, leave: () => void }} pressed
 */
export function makeCard(rightToLeft, pressed) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ click) =>
    make('button', { type: 'button', click }, text)
  const grip = make('button', {
    type: 'button',
    class: 'grip',
    'aria-label': messages.move,
    'aria-describedby': 'keys',
  })
  const words = make('p', { class: 'words' })
  const fold = make('button', { type: 'button', class: 'fold', click: pressed.fold })
  const head = make('div', { class: 'head' }, grip, words, fold)
  const progress = make('div', {})
  const notice = make('div', { class: 'notice', role: 'status' })
  const sheets = make('div', { class: 'sheets' })
  const foot = make(
    'div',
    { class: 'foot' },
    button(messages.report, pressed.report),
    button(messages.leave, pressed.leave),
  )
  const spoken = make('p', { class: 'unseen', role: 'status' })
  const element = make(
    'section',
    { class: 'card', 'aria-label': messages.region, lang: messages.language, dir: rightToLeft ? 'rtl' : 'ltr' },
    head,
    make('div', { class: 'bar', 'aria-hidden': 'true' }, progress),
    notice,
    sheets,
    foot,
    spoken,
    make('span', { id: 'keys', hidden: true }, messages.moveKeys),
  )
  return { element, grip, words, fold, head, progress, notice, sheets, foot, spoken }
}
