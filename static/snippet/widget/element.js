import { makeCard } from './card.js'
import { showCheck } from './check.js'
import { showEnd } from './end.js'
import { showLeave } from './leave.js'
import { make } from './make.js'
import * as messages from './messages.js'
import { NARROW_PX, keepInPlace } from './place.js'
import { walkQuestions } from './questions.js'
import { showReport } from './report.js'
import { setText } from './settext.js'
import { makeStyle } from './style.js'
import { showTask } from './task.js'
import { stayOnTop } from './toplayer.js'

/**
 * @typedef {import('../types.js').Test} Test
 * @typedef {import('../types.js').View} View
 * @typedef {import('./sheet.js').Sheet} Sheet
 */

const NAME = 'usabtest-widget'
const SHORT_PX = 400
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i

/**
 * Shows the test to its participant: above the page or, for a preview, inside `place`.
 *
 * @param {Test} test
 * @param {{ place?: HTMLElement }} [options]
 * @returns {{ unmount: () => void }}
 */
export function mount(test, { place } = {}) {
  if (test.view().phase === 'over') return { unmount: () => {} }
  const rightToLeft = RIGHT_TO_LEFT.test(test.definition.language)
  const card = makeCard(rightToLeft, { fold: () => setFolded(!isFolded()), report: openReport, leave: openLeave })
  const { host, position } = makeHost(card.element)
  const root = /** @type {ShadowRoot} */ (host.shadowRoot)
  const questions = walkQuestions(test, () => render())

  const over = new AbortController()
  let narrow = false
  let shown = ''
  let pressed = ''
  /** @type {Sheet | undefined} */
  let step
  /** @type {Sheet | undefined} */
  let panel
  /** @type {Sheet | undefined} */
  let halfReport
  let reported = false
  let yielded = false

  function render() {
    const view = test.view()
    if (view.phase === 'over') return unmount()
    const key = stepOf(view)
    if (key !== shown) showStep(view, key)
    step?.update?.(view)
    setText(card.words, wordsFor(view))
    card.progress.style.setProperty('--progress', `${progressOf(view)}`)
    renderNotice(view)
    renderFold()
  }

  /** @param {View} view */
  function stepOf(view) {
    const { phase, number } = view
    return isAsking(view) ? `${phase}/${number}/${questions.placeIn(view)}` : `${phase}/${number}`
  }

  /** @param {View} view */
  function progressOf(view) {
    const { phase, number, total } = view
    if (phase === 'after') return (questions.placeIn(view) + 1) / view.questions.length
    return isInTask(view) ? (number + (phase === 'questions' ? 1 : 0)) / total : 1
  }

  /**
   * @param {View} view
   * @param {string} key
   */
  function showStep(view, key) {
    const before = shown || test.recall('step')
    const isNew = before !== key
    const takesFocus = root.activeElement || (isAsking(view) && isNew && before)
    const next = makeStep(view)
    if (step) step.form.replaceWith(next.form)
    else card.sheets.append(next.form)
    next.form.hidden = !!panel
    step = next
    shown = key
    reported = yielded = false
    test.remember('step', key)
    renderFold()
    letKeysScroll(next)
    if (panel) return
    if (takesFocus) takeFocus()
    else say(isNew ? news[view.phase] : messages.goesOn)
  }

  /** @param {View} view */
  function makeStep(view) {
    if (isAsking(view)) return questions.show(view)
    if (isInTask(view)) return showTask(test, view)
    return view.phase === 'check' ? showCheck() : showEnd(test, view)
  }

  function takeFocus() {
    const focus = isFolded() ? card.fold : (panel || step)?.focus
    focus?.focus({ preventScroll: true })
  }

  /** @param {View} view */
  function renderNotice({ connection, storage, phase }) {
    if (phase === 'check') return
    const goesOn = !isLeft(phase)
    const notes = [
      connection === 'offline' && (goesOn ? messages.offline : messages.tryingAgain),
      goesOn && connection === 'stopped' && messages.stopped,
      goesOn && !storage && messages.onePage,
      reported && messages.reported,
    ]
    const parts = notes.flatMap((note) => (note ? [make('strong', {}, note[0]), ` ${note[1]} `] : []))
    const text = parts.map((part) => (typeof part === 'string' ? part : part.textContent)).join('')
    // Said once: a live region that is written again is read again.
    if (card.notice.textContent !== text) card.notice.replaceChildren(...parts)
  }

  function isFolded() {
    if (yielded) return true
    const choice = test.recall('fold')
    return choice?.step === shown ? choice.folded : narrow && isRunning() && !panel
  }

  /** @param {boolean} folded */
  function setFolded(folded) {
    yielded = false
    test.remember('fold', { step: shown, folded })
    renderFold()
  }

  function renderFold() {
    const folded = isFolded()
    const compact = folded && narrow && isRunning() && !panel && !yielded
    const { classList } = card.element
    classList.toggle('narrow', narrow)
    classList.toggle('compact', compact)
    classList.toggle('pill', folded && !compact)
    setText(card.fold, folded ? messages.show : '')
    if (folded) card.fold.removeAttribute('aria-label')
    else card.fold.setAttribute('aria-label', messages.hide)
    card.fold.setAttribute('aria-expanded', `${!folded}`)
    const { phase } = test.view()
    card.fold.hidden = phase === 'check'
    card.foot.hidden = card.fold.hidden || isLeft(phase)
  }

  function isRunning() {
    return test.view().phase === 'running'
  }

  function openReport() {
    openPanel((halfReport ??= showReport(send, closePanel)))
  }

  function openLeave() {
    openPanel(showLeave(leave, closePanel))
  }

  /** @param {boolean} keep */
  function leave(keep) {
    closePanel()
    test.leave(keep)
  }

  /** @param {Sheet} sheet */
  function openPanel(sheet) {
    reported = false
    render()
    panel?.form.remove()
    panel = sheet
    card.sheets.append(sheet.form)
    showPanel()
  }

  function closePanel() {
    panel?.form.remove()
    panel = undefined
    showPanel()
  }

  function showPanel() {
    if (step) step.form.hidden = !!panel
    setFolded(false)
    letKeysScroll(panel)
    takeFocus()
  }

  /** @param {string} text */
  function send(text) {
    halfReport = undefined
    test.report(text)
    closePanel()
    reported = true
    render()
  }

  /** @param {string | undefined} text */
  function say(text) {
    // A live region speaks of what changes in it, so it must have been there, empty, for a moment.
    card.spoken.textContent = ''
    setTimeout(() => (card.spoken.textContent = text || ''), 100)
  }

  /** @param {KeyboardEvent} event */
  function leavePanel(event) {
    if (event.key !== 'Escape' || !panel) return
    event.preventDefault()
    closePanel()
  }

  /**
   * The second half of a double click may not press what the first half brought up: a task begun and ended, a question
   * passed over.
   *
   * @param {MouseEvent} event
   */
  function ignoreDoublePress(event) {
    if (event.detail > 1 && pressed !== shown) {
      event.preventDefault()
      event.stopPropagation()
    }
    pressed = shown
  }

  function unmount() {
    over.abort()
    unsubscribe()
    host.remove()
  }

  /** @param {{ width: number, height: number }} view */
  function resize({ width, height }) {
    narrow = width <= NARROW_PX
    card.element.classList.toggle('short', height < SHORT_PX)
    // Hidden with the dialog that it lives in.
    if (!host.offsetWidth) join?.()
    renderFold()
    letKeysScroll(panel || step)
  }

  function makeRoom() {
    yielded = true
    renderFold()
  }

  card.sheets.addEventListener('keydown', leavePanel)
  card.element.addEventListener('click', ignoreDoublePress, true)
  const unsubscribe = test.subscribe(render)
  const join = place ? undefined : stayOnTop(host, over.signal)
  if (place) {
    host.classList.add('still')
    place.append(host)
  }
  render()
  if (!place) {
    const { head, grip } = card
    const on = { host, position, head, grip, test, rightToLeft, say, fold: makeRoom, resize, over: over.signal }
    keepInPlace(on)
  }
  return { unmount }
}

/** @type {Record<string, string>} */
const news = {
  before: messages.newTask,
  running: messages.goesOn,
  questions: messages.newQuestion,
  after: messages.newQuestion,
  finish: messages.end,
  left: messages.end,
  withdrawn: messages.end,
}

/**
 * A text that is too long for its place can be reached by Tab, and then the arrow keys scroll it.
 *
 * @param {Sheet | undefined} sheet
 */
function letKeysScroll(sheet) {
  const body = sheet?.form.firstElementChild
  if (body && body.scrollHeight > body.clientHeight) body.setAttribute('tabindex', '0')
  else body?.removeAttribute('tabindex')
}

/** @param {View} view */
function isAsking({ phase }) {
  return phase === 'questions' || phase === 'after'
}

/** @param {View} view */
function isInTask({ phase }) {
  return phase === 'before' || phase === 'running' || phase === 'questions'
}

/** @param {View['phase']} phase */
function isLeft(phase) {
  return phase === 'left' || phase === 'withdrawn'
}

/** @param {View} view */
function wordsFor(view) {
  const { phase, number, total } = view
  if (phase === 'questions') return messages.afterTask(number + 1)
  if (phase === 'after') return messages.lastQuestions
  if (phase === 'finish') return messages.allDone
  return isInTask(view) ? messages.task(number + 1, total) : messages.region
}

class Host extends HTMLElement {
  disconnectedCallback() {
    /** @type {{ removed?: () => void }} */ (this).removed?.()
  }
}

/**
 * The element, which other recorders on the site are told to leave out.
 *
 * @param {HTMLElement} card
 */
function makeHost(card) {
  if (!customElements.get(NAME)) customElements.define(NAME, Host)
  const host = document.createElement(NAME)
  host.className = 'ph-no-capture'
  host.setAttribute('data-sentry-block', '')
  host.setAttribute('data-clarity-mask', 'true')
  const root = host.attachShadow({ mode: 'open' })
  const { sheet, position } = makeStyle()
  root.adoptedStyleSheets = [sheet]
  root.append(card)
  keepInside(host)
  return { host, position }
}

/**
 * What happens in here is not the site's business: its shortcuts keep quiet while somebody types an answer.
 *
 * @param {HTMLElement} host
 */
function keepInside(host) {
  const names = ['focusin', 'focusout']
  for (const name in host) if (name.startsWith('on')) names.push(name.slice(2))
  for (const name of names) host.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
}
