import { quietly } from './quietly.js'
import { wrap } from './recorder/wrap.js'

/**
 * A page may stop an event for good at the window, before it comes to us: then we hear of it from the stopping.
 *
 * @param {(event: Event) => void} listen takes each event once
 * @returns {() => void} undoes it
 */
export const insist = (listen) =>
  wrap(Event.prototype, 'stopImmediatePropagation', (original) =>
    /** @this {Event} */
    function () {
      if (this.currentTarget === window && this.eventPhase !== Event.BUBBLING_PHASE) quietly(() => listen(this))
      return original.call(this)
    },
  )
