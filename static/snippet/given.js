/** What people call things, not what they say of others: no address, no name with a space, no label. */
export const WRITTEN = /^[a-z_][\w:.[\]-]{0,60}$/i
const MADE_BY_A_MACHINE = /\d{3}|:$|[\da-f]{8}|^(ember|react|radix|headlessui|mui)/i

/**
 * Whether an author gave this name, by hand.
 *
 * @param {string} name
 */
export const isGiven = (name) => WRITTEN.test(name) && !MADE_BY_A_MACHINE.test(name)
