import { newEvent } from './clock.js'
import { quietly } from './quietly.js'
import { wrap } from './recorder/wrap.js'

/**
 * A page may stop an event at the window before it comes to us: then we hear of it from the stopping. And what is done in
 * the widget is not the page's to stop: a page that lets nothing be pressed outside of its dialog would lock people in.
 *
 * @param {(event: Event) => void} listen takes each event once
 * @returns {() => void} undoes it
 */
export function insist(listen) {
  const undo = ['stopImmediatePropagation', 'stopPropagation', 'preventDefault'].map((name) =>
    wrap(Object.getPrototypeOf(newEvent()), name, (original) =>
      /** @this {Event} */
      function () {
        if (isOnItsWayIn(this)) return
        if (this.currentTarget === window && this.eventPhase !== this.BUBBLING_PHASE) quietly(() => listen(this))
        original.call(this)
      },
    ),
  )
  return () => undo.forEach(quietly)
}

/** To something in the widget; seen from outside, its target is the widget as a whole. @param {Event} event */
const isOnItsWayIn = ({ eventPhase, CAPTURING_PHASE, target }) =>
  eventPhase === CAPTURING_PHASE && /** @type {Element | null} */ (target)?.localName === 'usabtest-widget'
