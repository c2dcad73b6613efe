const { prototype } = HTMLElement

/**
 * What an element says of itself, whatever its fields are called: `form.id` is the field of that name.
 *
 * @param {Element} element
 * @param {string} name
 * @returns {any}
 */
export const of = (element, name) => Reflect.get(prototype, name, element)

/**
 * @param {Element} element
 * @param {string} name
 * @returns {string | null}
 */
export const attributeOf = (element, name) => prototype.getAttribute.call(element, name)

/**
 * @param {Element} element
 * @param {string} selector
 * @returns {boolean}
 */
export const matches = (element, selector) => prototype.matches.call(element, selector)
