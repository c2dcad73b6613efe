const { parse, stringify } = JSON

/** @this {any} @param {string} key */
function itself(key) {
  return this[key]
}

/**
 * JSON by own references. Old libraries give arrays or all objects a `toJSON`, which turns them into text twice over:
 * then each value is taken as it lies in what holds it.
 *
 * @param {unknown} value
 * @returns {string}
 */
export const toJson = (value) => stringify(value, /** @type {any} */ ([]).toJSON && itself)

/**
 * @param {string | null} text
 * @returns {any} null for what is no JSON
 */
export function fromJson(text) {
  try {
    return parse(text ?? '')
  } catch {
    return null
  }
}
