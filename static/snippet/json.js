const { parse, stringify } = JSON

/**
 * JSON by own references. Old libraries give arrays a `toJSON`, which turns them into text twice over: it is put aside
 * for the moment.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function toJson(value) {
  const arrays = /** @type {any} */ (Array.prototype)
  const { toJSON } = arrays
  if (toJSON) delete arrays.toJSON
  const text = stringify(value)
  if (toJSON) arrays.toJSON = toJSON
  return text
}

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
