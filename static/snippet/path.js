/** The path of an event is readable only while it is on its way; for what came before the core, the gate kept it.
 * @type {WeakMap<Event, EventTarget[]>}
 */
const kept = new WeakMap()

/**
 * @param {Event} event
 * @param {EventTarget[]} path
 */
export const keepPath = (event, path) => kept.set(event, path)

/**
 * The elements that an event passes, across open shadow roots, from the innermost outwards.
 *
 * @param {Event} event
 * @returns {Element[]}
 */
export const pathOf = (event) =>
  /** @type {Element[]} */ ((kept.get(event) ?? event.composedPath()).filter((node) => /** @type {Node} */ (node).nodeType === 1))

/** @param {Element[]} path */
export const isOurs = (path) => path.some(({ localName }) => localName === 'usabtest-widget')
