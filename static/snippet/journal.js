/**
 * The write-ahead journal: what happens is written down before anything else, and forgotten only when the server has
 * said that it is stored.
 *
 * A stream is one key: its head on the first line, an event a line below. So each event costs one write, and head and
 * events can never disagree, whenever the page is killed. A frozen batch is a key of its own, with the very bytes that
 * are sent. What dead pages left is read by orphans.js.
 *
 * @typedef {[token: string, number: number, first: number, dropped: number, ended: 0 | 1]} Head of a stream: token, number of
 *   the next batch, ordinal of its first event, events dropped so far, whether the stream has ended
 */

export const PREFIX = 'usabtest.j.'

/**
 * @param {string} stream
 * @param {number} [number] of a frozen batch
 */
export const keyOf = (stream, number) => PREFIX + stream + (number === undefined ? '' : `.${number}`)
