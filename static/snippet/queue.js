import { keyOf } from './journal.js'
import { toJson } from './json.js'
import { FULL_BYTES, FULL_ROWS, KEPT_CHARACTERS, LONGEST_BYTES } from './limits.js'

/**
 * @typedef {import('./types.js').Row} Row
 * @typedef {import('./journal.js').Head} Head
 * @typedef {{stream: string, number: number, body: string}} Batch
 * @typedef {ReturnType<typeof createQueue>} Queue
 */

const encoder = new TextEncoder()

/** @param {string} text */
export const bytesOf = (text) => (/[^\0-\x7f]/.test(text) ? encoder.encode(text).length : text.length)

/**
 * A stream on its way out: its events are written down as they come, cut into frozen, numbered batches, and these are
 * handed on to be delivered.
 *
 * @param {import('./types.js').Store} store
 * @param {string} stream
 * @param {string} token
 * @param {(batch: Batch) => void} deliver
 * @param {() => number} waiting characters that are frozen and not acknowledged
 */
export function createQueue(store, stream, token, deliver, waiting) {
  let number = 0
  let first = 0
  let dropped = 0
  /** @type {0 | 1} */
  let ended = 0
  /** @type {Row[]} */
  let rows = []
  /** @type {string[]} */
  let lines = []
  let bytes = 0

  /** @returns {Head} */
  const head = () => [token, number, first, dropped, ended]
  /** Once more, if the site has cleared its storage. */
  const write = () => store.set(keyOf(stream), [toJson(head()), ...lines].join('\n'))

  /** Forgets what is not frozen; the ordinals go on. */
  function erase() {
    rows = []
    lines = []
    bytes = 0
    write()
  }

  /** @param {0 | 1} ends */
  function freeze(ends) {
    const batch = { stream, number, body: freezeRows(head(), stream, rows, ends) }
    store.set(keyOf(stream, number++), batch.body)
    first += rows.length
    ended = ends
    erase()
    deliver(batch)
  }

  return {
    /** @param {Row} row @returns {number | null} its ordinal, null if there was no room for it */
    append(row) {
      const line = toJson(row)
      const size = bytesOf(line) + 1
      const step = /[A-Z]/.test(row[0])
      if (size > LONGEST_BYTES || (!step && waiting() + bytes > KEPT_CHARACTERS)) {
        dropped++
        return null
      }
      if (rows.length && (bytes + size > FULL_BYTES || rows.length >= FULL_ROWS)) freeze(0)
      lines.push(line)
      bytes += size
      ended = 0
      write()
      return first + rows.push(row) - 1
    },

    /**
     * Completes an event that was written down before all of it was known.
     *
     * @param {number} ordinal
     * @param {(row: Row) => void} change
     */
    amend(ordinal, change) {
      const place = ordinal - first
      const row = rows[place]
      if (!row) return
      change(row)
      bytes -= bytesOf(lines[place] ?? '')
      bytes += bytesOf((lines[place] = toJson(row)))
      write()
    },

    /** @param {number} count of events that will never arrive */
    drop(count) {
      dropped += count
    },

    freeze,
    write,
    erase,
    pending: () => rows.length,

    /** Half of a full batch: worth freezing even while the server is away. */
    heavy: () => bytes > FULL_BYTES / 2,
  }
}

/**
 * The body of a batch. It depends on what is in the journal alone, so that two pages that freeze the same rows send
 * the same bytes.
 *
 * @param {Head} head
 * @param {string} s the stream
 * @param {Row[]} rows
 * @param {0 | 1} z whether it ends here
 */
export function freezeRows([k, n, f, d], s, rows, z) {
  const t = rows[0]?.[1] ?? 0
  /** @type {string[]} */
  const w = []
  /** @param {string} word */
  const placeOf = (word) => (w.includes(word) ? w.indexOf(word) : w.push(word) - 1)
  const e = rows.map(([code, at, attempt, page, ...fields]) => {
    const place = placeOf(page)
    if ('ckife'.includes(code)) fields[0] = placeOf(fields[0])
    return [code, at - t, attempt, place, ...fields]
  })
  return toJson({ v: 1, k, s, n, f, t, d, z, w, e })
}
