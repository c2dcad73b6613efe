import { make } from './make.js'
import * as messages from './messages.js'
import { makeButton } from './sheet.js'

/**
 * The frame that all steps share: head, progress, notice, sheets, foot, and a polite live region that nobody sees.
 *
 * @param {boolean} rightToLeft
 * @param {{ fold: () => void, report: () => void, leave: () => void }} pressed
 */
export function makeCard(rightToLeft, pressed) {
  const grip = make('button', {
    type: 'button',
    class: 'grip',
    'aria-label': messages.move,
    'aria-describedby': 'keys',
  })
  const words = make('p', { class: 'words' })
  const fold = makeButton('', pressed.fold, 'fold')
  const head = make('div', { class: 'head' }, grip, words, fold)
  const progress = make('div')
  const notice = make('div', { class: 'notice', role: 'status' })
  const sheets = make('div', { class: 'sheets' })
  const foot = make(
    'div',
    { class: 'foot' },
    makeButton(messages.report, pressed.report),
    makeButton(messages.leave, pressed.leave),
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
