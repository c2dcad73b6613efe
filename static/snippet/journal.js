/**
 * The write-ahead journal: what happens is written down before anything else, and forgotten only when the server has
 * said that it is stored.
 *
 * A stream is one key: the batch that grows, in the very form in which it is sent. So each event costs one write, and
 * the batch and its head can never disagree, whenever the page is killed. A frozen batch is a key of its own, with the
 * very bytes that are sent. What dead pages left is read by orphans.js.
 */

export const PREFIX = 'usabtest.j.'

/**
 * @param {string} stream
 * @param {number} [number] of a frozen batch
 */
export const keyOf = (stream, number) => PREFIX + stream + (number === undefined ? '' : '.' + number)

/**
 * The first line of a batch: docs/wire-format.md.
 *
 * @param {string} token
 * @param {string} stream
 * @param {number} number of the batch
 * @param {number} first the ordinal of its first event
 * @param {number} base the time that its events' times count from
 * @param {number} dropped events of the stream so far
 * @param {0 | 1} ends whether the stream ends with it
 */
export const headOf = (token, stream, number, first, base, dropped, ends) => [2, token, stream, number, first, base, dropped, ends].join(' ')
