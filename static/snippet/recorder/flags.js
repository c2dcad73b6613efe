/** What an event says of its element, added up: docs/wire-format.md. */
export const COUNTS = 1
export const FIRST_CLICK = 2
export const SEARCH = 4
export const CLICKABLE = 8
export const BY_SCRIPT = 16
export const BY_LABEL = 32
export const LEFT_OUT = 64

/**
 * What stands above the flags of a click: the button, from 0, and the pointer.
 *
 * @param {number} button
 * @param {string} pointer
 */
export const heldBy = (button, pointer) => button * 128 + (['mouse', 'touch', 'pen'].indexOf(pointer) & 3) * 512
