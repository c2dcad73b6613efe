import { now } from './clock.js'
import { globMatches } from './glob.js'
import { toJson } from './json.js'
import { getBoundingClientRect, innermost } from './own.js'

/**
 * Judges the criteria of the running attempt.
 *
 * @typedef {import('./types.js').Criterion} Criterion
 * @typedef {import('./types.js').Side} Side
 *
 * @typedef {object} Moment what just happened, for the criteria that a moment meets
 * @property {Element[]} [clicked] from the innermost outwards
 * @property {string} [event]
 * @property {string} [address] of the page then
 *
 * @typedef {object} Delegate
 * @property {(side: Side, index: number, at: number) => void} met
 * @property {(side: Side | 'search' | 'first_click', index: number, message: string) => void} refused
 * @property {(name: string) => boolean} armed
 * @property {(names: string[]) => void} arm
 * @property {() => number} now
 *
 * @typedef {{side: Side, index: number, holds: (moment: Moment) => boolean, momentary: boolean}} Judged
 */

/** At most four times a second. */
const CHECK_MS = 250

/**
 * @param {import('./types.js').Task} task
 * @param {Delegate} delegate
 */
export function watchCriteria(task, delegate) {
  /** @type {Judged[]} */
  const judged = []
  for (const side of /** @type {Side[]} */ (['success', 'failure'])) {
    task[side].forEach((criterion, index) => {
      const fault = faultOf(criterion)
      if (fault) delegate.refused(side, index, fault)
      else judged.push({ side, index, holds: (moment) => holds(criterion, moment), momentary: isMomentary(criterion) })
    })
  }
  task.search.forEach((criterion, index) => refuse('search', index, faultOf(criterion)))
  task.first_click.forEach((click, index) => refuse('first_click', index, faultOf({ click })))

  const search = task.search.filter((criterion) => !faultOf(criterion))
  const first = task.first_click.filter((click) => !faultOf({ click }))
  const watched = toJson([task.success, task.failure])
  const onScreen = /"visible":/.test(watched)
  const inText = /"text":/.test(watched)

  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer
  let open = false
  let dirty = true
  const observer = new MutationObserver(() => (dirty = true))

  /**
   * @param {'search' | 'first_click'} list
   * @param {number} index
   * @param {string} fault
   */
  function refuse(list, index, fault) {
    if (fault) delegate.refused(list, index, fault)
  }

  function tick() {
    if (document.hidden || !(onScreen || dirty)) return
    dirty = false
    judge({})
  }

  /**
   * @param {Moment} moment
   * @param {number} [at]
   */
  function judge(moment, at) {
    for (const { side, index, holds, momentary } of judged) {
      if (!open) return
      const name = side + index
      const armed = momentary || delegate.armed(name)
      const now = holds(moment)
      if (now && armed) {
        open = false
        stop()
        delegate.met(side, index, at ?? delegate.now())
      } else if (!now && !armed && settled()) delegate.arm([name])
    }
  }

  function stop() {
    open = false
    clearInterval(timer)
    observer.disconnect()
  }

  return {
    /**
     * @param {boolean} first the attempt starts now: what already holds counts only after it has not
     * @param {number} [at] since when the page has been as it is
     */
    start(first, at) {
      open = true
      if (first) delegate.arm(judged.filter(({ holds, momentary }) => !momentary && !holds({})).map(({ side, index }) => side + index))
      judge({}, at)
      if (!open || !(onScreen || inText)) return
      timer = setInterval(tick, CHECK_MS)
      if (inText) observer.observe(document, { childList: true, characterData: true, attributes: true, subtree: true })
    },
    stop,
    judge,
    /** @param {Element[]} path */
    inFirstClick: (path) => first.some((selector) => touches(path, selector)),
    /**
     * @param {Element[]} path
     * @param {string} [address]
     */
    isSearch: (path, address) => search.some((criterion) => holds(criterion, { clicked: path, address })),
  }
}

/** An element that a page has not built yet is no sign that a criterion has been false. */
const settled = () => document.readyState === 'complete' && now() > 1000

/**
 * @param {Criterion} criterion
 * @param {Moment} moment
 * @returns {boolean}
 */
function holds(criterion, moment) {
  const { url, url_regex, click, visible, text, event, all } = criterion
  if (all) return all.every((each) => holds(each, moment))
  if (url !== undefined) return globMatches(url, moment.address ?? location.href)
  if (url_regex !== undefined) {
    const { pathname, search, hash } = new URL(moment.address ?? location.href)
    return new RegExp(url_regex, 'u').test(pathname + search + hash)
  }
  if (click !== undefined) return !!moment.clicked && touches(moment.clicked, click)
  if (visible !== undefined) return [...document.querySelectorAll(visible)].some(isInView)
  if (text !== undefined) return collapsed(document.body?.innerText ?? '').includes(collapsed(text))
  return event !== undefined && event === moment.event
}

/** @param {Criterion} criterion @returns {boolean} */
const isMomentary = ({ click, event, all }) => click !== undefined || event !== undefined || !!all?.some(isMomentary)

/** @param {string} text */
const collapsed = (text) => text.replace(/\s+/g, ' ').trim()

/**
 * @param {Element[]} path
 * @param {string} selector
 */
const touches = (path, selector) => !!innermost(path, selector)

/**
 * Why the browser cannot judge a criterion; empty if it can.
 *
 * @param {Criterion} criterion
 * @returns {string}
 */
function faultOf({ url_regex, click, visible, all }) {
  try {
    for (const selector of [click, visible]) if (selector !== undefined) document.createDocumentFragment().querySelector(selector)
    if (url_regex !== undefined) new RegExp(url_regex, 'u')
  } catch (fault) {
    return String(/** @type {Error} */ (fault).message)
  }
  return all?.map(faultOf).find(Boolean) ?? ''
}

/**
 * Whether at least half of an element, or of the viewport by it, can be seen.
 *
 * @param {Element} element
 */
function isInView(element) {
  if (element.checkVisibility && !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
  const whole = getBoundingClientRect.call(element)
  let { left, top, right, bottom } = whole
  /** @param {{left: number, top: number, right: number, bottom: number}} frame */
  const clip = (frame) => {
    left = Math.max(left, frame.left)
    top = Math.max(top, frame.top)
    right = Math.min(right, frame.right)
    bottom = Math.min(bottom, frame.bottom)
  }
  clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (getComputedStyle(at).overflow !== 'visible') clip(getBoundingClientRect.call(at))
  }
  const seen = Math.max(0, right - left) * Math.max(0, bottom - top)
  return seen > 0 && (seen * 2 >= whole.width * whole.height || seen * 2 >= innerWidth * innerHeight)
}
