import { fromJson, toJson } from './json.js'

/**
 * The write-ahead journal: what happens is written down before anything else, and forgotten only when the server has
 * said that it is stored.
 *
 * A stream is one key: its head on the first line, an event a line below. So each event costs one write, and head and
 * events can never disagree, whenever the page is killed. A frozen batch is a key of its own, with the very bytes that
 * are sent.
 *
 * @typedef {import('./types.js').Store} Store
 * @typedef {[token: string, number: number, first: number, dropped: number, ended: 0 | 1]} Head of a stream: token, number of
 *   the next batch, ordinal of its first event, events dropped so far, whether the stream has ended
 * @typedef {{head: Head | null, rows: import('./types.js').Row[], batches: {number: number, body: string}[]}} Left what a page left behind
 * @typedef {ReturnType<typeof createJournal>} Journal
 */

const PREFIX = 'usabtest.j.'

/** @param {Store} store */
export function createJournal(store) {
  /**
   * @param {string} stream
   * @param {number} [number] of a frozen batch
   */
  const keyOf = (stream, number) => PREFIX + stream + (number === undefined ? '' : `.${number}`)
  const keys = () => store.keys().filter((key) => key.startsWith(PREFIX))

  return {
    /**
     * @param {string} stream
     * @param {Head} head
     * @param {string[]} lines
     */
    write: (stream, head, lines) => store.set(keyOf(stream), [toJson(head), ...lines].join('\n')),

    /**
     * @param {string} stream
     * @param {number} number
     * @param {string} body
     */
    freeze: (stream, number, body) => store.set(keyOf(stream, number), body),

    /**
     * @param {string} stream
     * @param {number} [number]
     */
    forget: (stream, number) => store.remove(keyOf(stream, number)),

    /**
     * A refused batch stays readable on this machine until the session ends.
     *
     * @param {string} stream
     * @param {number} number
     * @param {string} body
     */
    park(stream, number, body) {
      store.remove(keyOf(stream, number))
      store.set(`usabtest.parked.${stream}.${number}`, body)
    },

    /** The frozen batches that are here. @returns {[stream: string, number: number][]} */
    frozen: () =>
      keys().flatMap((key) => {
        const [stream = '', number] = key.slice(PREFIX.length).split('.')
        return number ? [[stream, Number(number)]] : []
      }),

    /** The streams that have something here. */
    streams: () => [...new Set(keys().map((key) => key.slice(PREFIX.length).replace(/\..*/, '')))],

    /** @param {string} stream @returns {Left} */
    read(stream) {
      const [head, ...rows] = (store.get(keyOf(stream)) ?? '').split('\n').map(fromJson)
      const batches = keys()
        .filter((key) => key.startsWith(`${keyOf(stream)}.`))
        .map((key) => ({ number: Number(key.slice(keyOf(stream).length + 1)), body: store.get(key) ?? '' }))
        .sort((a, b) => a.number - b.number)
      return settled({ head: Array.isArray(head) ? /** @type {Head} */ (head) : null, rows: /** @type {any[]} */ (rows.filter(Array.isArray)), batches })
    },

    /** @param {string} token whose events are erased, in whatever page they arose */
    erase(token) {
      for (const key of keys()) if (store.get(key)?.includes(toJson(token))) store.remove(key)
    },

    clear() {
      for (const key of store.keys()) if (/^usabtest\.(j|parked|alive|early)/.test(key)) store.remove(key)
    },
  }
}

/**
 * If the page died between freezing a batch and writing the new head, its events are in both.
 *
 * @param {Left} left
 * @returns {Left}
 */
function settled({ head, rows, batches }) {
  const last = batches[batches.length - 1]
  if (!head || !last || last.number < head[1]) return { head, rows, batches }
  const { f, e } = fromJson(last.body)
  const [token, , first, dropped, ended] = head
  return { head: [token, last.number + 1, f + e.length, dropped, ended], rows: rows.slice(f + e.length - first), batches }
}
