/**
 * Where a question is answered: `value` is null for nothing given, `fault` says what is missing from it.
 *
 * @typedef {import('../types.js').Question} Question
 * @typedef {number | string | string[] | null} Value
 * @typedef {object} Field
 * @property {HTMLElement} element named by the question's own text, which has the id `question`
 * @property {() => HTMLElement} focus the control that an empty answer leads back to
 * @property {() => Value} value
 * @property {() => string} [fault]
 */
