import { timeOf } from '../clock.js'
import { innermost } from '../own.js'
import { selectorOf } from '../selector.js'
import { place } from './clicks.js'
import { CLICKABLE, LEFT_OUT, heldBy } from './flags.js'

/**
 * Clicks on controls that are switched off: the browser makes no click of them, and they count as none, but who looks
 * for what people tried finds them.
 *
 * @param {import('../types.js').RecordEvent} record
 * @returns {import('../types.js').Observer}
 */
export function observeDisabled(record) {
  /** @type {Element | undefined} */
  let pressed

  /** @param {Element} [target] */
  const disabledIn = (target) => target && innermost([target], ':is(button,input,select,textarea):disabled')

  return {
    on: {
      pointerdown: (_, [target]) => void (pressed = target),

      pointerup(event, [target]) {
        const control = disabledIn(target)
        if (!control || control !== disabledIn(pressed) || !event.isTrusted || event.button > 2) return
        const flags = CLICKABLE + LEFT_OUT + heldBy(event.button, event.pointerType)
        record('c', timeOf(event.timeStamp), selectorOf(control), flags, ...place(event, control))
      },
    },
  }
}
