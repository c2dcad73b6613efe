import { newEvent } from '../clock.js'
import { watchFrames } from '../frames.js'
import { insist } from '../insist.js'
import { pageIdentity } from '../page.js'
import { quietly } from '../quietly.js'
import { remember } from '../typed.js'
import { observeActivity } from './activity.js'
import { observeDepth } from './depth.js'
import { observeDisabled } from './disabled.js'
import { observeEdits } from './edits.js'
import { observeElements } from './elements.js'
import { observeEntries } from './entries.js'
import { observeMarked } from './marked.js'
import { observeRoots } from './roots.js'
import { observeUnheard } from './unheard.js'
import { observeVitals } from './vitals.js'
import { observeWindow } from './window.js'

/** Tells whether our listeners are still there. */
const PROBE = 'usabtest'

/**
 * What need not be observed from the first moment on, and what makes sure that all observers go on hearing.
 *
 * @param {object} delegate
 * @param {import('../participant.js').Recorder} delegate.recorder
 * @param {string} delegate.base
 * @param {boolean} delegate.framed
 * @param {import('../page.js').Kept} delegate.kept
 * @param {() => boolean} delegate.isFlood of failed requests only the number is kept from now on
 * @param {() => void} delegate.renewed the document was opened anew: listeners are to be attached again
 */
export function observeLater({ recorder, base, framed, kept, isFlood, renewed }) {
  const { record, page } = recorder
  /** @param {string} address */
  const address = (address) => pageIdentity(address, kept)
  const marked = observeMarked(record)
  const elements = observeElements({ record, address, base })
  const unheard = observeUnheard({ record, address, base }, recorder.since, isFlood)
  const vitals = observeVitals(record)
  const activity = observeActivity(record)
  const stretches = [activity, observeEdits(record), ...(framed ? [] : [observeDepth(record, page), observeWindow(record)])]
  /** @type {import('../types.js').Observer} what is typed, so that nothing tells it */
  const typing = { on: { input: (_, [field]) => remember(field) } }
  /** @type {{start: () => void, stop: () => void, renew?: () => void}[]} */
  const parts = [marked, elements, unheard, ...(framed ? [] : [vitals]), watchFrames({ hear: recorder.hear, watch })]
  const router = /** @type {EventTarget | undefined} */ (/** @type {any} */ (globalThis).navigation)
  /** @type {(() => void)[]} */
  let undo = []

  /** @param {Window} view a frame's */
  function watch(view) {
    recorder.watch(view)
    activity.watch(view)
  }

  let isHeard = false
  const hear = () => void (isHeard = true)

  /** `document.open` takes all listeners away; what is written then comes in the place of the root. */
  const reopened = new MutationObserver(() => quietly(look))

  function look() {
    isHeard = false
    const probe = newEvent()
    probe.initEvent(PROBE)
    document.dispatchEvent(probe)
    if (isHeard || !document.documentElement) return
    document.addEventListener(PROBE, hear)
    recorder.attach()
    activity.watch(window)
    for (const { renew } of parts) if (renew) quietly(renew)
    renewed()
  }

  const routed = () => quietly(page)

  return {
    start() {
      recorder.observe(...stretches, observeDisabled(record), observeRoots(recorder.listen), typing)
      for (const { start } of parts) quietly(start)
      router?.addEventListener('currententrychange', routed)
      document.addEventListener(PROBE, hear)
      reopened.observe(document, { childList: true })
      undo = [insist(recorder.listen), observeEntries('largest-contentful-paint', ({ startTime }) => (recorder.largest = startTime))]
    },

    stop() {
      for (const { stop } of parts) stop()
      for (const each of undo) each()
      router?.removeEventListener('currententrychange', routed)
      reopened.disconnect()
      document.removeEventListener(PROBE, hear)
    },

    sweep: () => quietly(marked.sweep),
    failed: elements.failed,
    told: unheard.told,

    /** What is under way is told as far as it has come. */
    settle() {
      for (const { settle } of [...stretches, unheard, vitals]) quietly(settle)
    },

    /** The page has come back from the back/forward cache. */
    back: vitals.anew,
  }
}
