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
 * @param {[token: string, stream: string, number: number, first: number, base: number, dropped: number, ends: 0 | 1]} values
 *   `number` of the batch; `first` the ordinal of its first event; `base` the time that its events' times count from;
 *   `dropped` events of the stream so far; `ends` whether the stream ends with it
 */
export const headOf = (...values) => [2, ...values].join(' ')
