import { headOf, keyOf } from './journal.js'
import { toJson } from './json.js'
import { FULL_BYTES, FULL_ROWS, KEPT_CHARACTERS, LONGEST_BYTES } from './limits.js'

/**
 * @typedef {import('./types.js').Row} Row
 * @typedef {{stream: string, number: number, body: string}} Batch `body` is its text, or the characters of its bytes
 * @typedef {ReturnType<typeof createQueue>} Queue
 *
 * @typedef {object} Entry an event on its way out
 * @property {string} where the attempt and the page that it belongs to
 * @property {string} lead what stands before its fields
 * @property {any[]} fields
 * @property {string} line
 * @property {number} size of the line in bytes
 * @property {string | false} selector
 */

/** The bytes of a text, at most: what is not ASCII takes up to three. @param {string} text */
export const bytesOf = (text) => (/[^\0-\x7f]/.test(text) ? text.replace(/[^\0-\x7f]/g, '...') : text).length

/** @param {any[]} values */
const listed = (values) => toJson(values).slice(1, -1)

/**
 * A stream on its way out: its events are written down as they come, cut into frozen, numbered batches, and these are
 * handed on to be delivered.
 *
 * @param {import('./types.js').Store} store
 * @param {string} stream
 * @param {string} token
 * @param {(batch: Batch, ends: 0 | 1) => void} deliver
 * @param {() => number} waiting characters that are frozen and not acknowledged
 */
export function createQueue(store, stream, token, deliver, waiting) {
  let number = 0
  let first = 0
  let base = 0
  let dropped = 0
  /** @type {0 | 1} */
  let ended = 0
  /** @type {Entry[]} */
  let entries = []
  const key = keyOf(stream)

  /** @param {0 | 1} ends */
  const body = (ends) => [headOf(token, stream, number, first, base, dropped, ends), ...entries.map(({ line }) => line)].join('\n')

  /** Once more, if the site has cleared its storage. */
  function write() {
    store.set(key, body(ended))
  }

  /** Forgets what is not frozen; the ordinals go on. */
  function erase() {
    entries = []
    write()
  }

  /** @param {0 | 1} ends */
  function freeze(ends) {
    const batch = { number, stream, body: body(ends) }
    store.set(keyOf(stream, number++), batch.body)
    first += entries.length
    ended = ends
    erase()
    deliver(batch, ends)
  }

  /**
   * An event as it stands in the batch that grows: what the events before it have said already is left out.
   *
   * @param {Row} row
   * @returns {Entry}
   */
  function entryOf([code, at, attempt, page, ...fields]) {
    const where = `@${listed([attempt, page])}\n`
    const selector = 'ckife'.includes(code) && fields[0]
    const known = entries.findIndex((entry) => selector && entry.selector === selector)
    if (known >= 0) fields[0] = known
    return completed({
      where,
      lead: (where === entries[entries.length - 1]?.where ? '' : where) + code,
      fields: [entries[0] ? at - base : 0, ...fields],
      line: '',
      size: 0,
      selector,
    })
  }

  return {
    /** @param {Row} row @returns {number | null} its ordinal, null if there was no room for it */
    append(row) {
      let entry = entryOf(row)
      let bytes = entry.size
      for (const { size } of entries) bytes += size
      if (entry.size > LONGEST_BYTES || (!/[A-Z]/.test(row[0]) && waiting() + bytes > KEPT_CHARACTERS)) {
        dropped++
        return null
      }
      if (entries[0] && (bytes > FULL_BYTES || entries.length >= FULL_ROWS)) {
        freeze(0)
        entry = entryOf(row)
      }
      if (!entries[0]) base = row[1]
      entries.push(entry)
      ended = 0
      write()
      return first + entries.length - 1
    },

    /**
     * Completes an event that was written down before all of it was known.
     *
     * @param {number} ordinal
     * @param {(fields: any[]) => void} change its time first
     * @param {boolean} [later] it is written down with what comes next: within a second, or as the page goes
     * @returns {boolean} false if it is frozen
     */
    amend(ordinal, change, later) {
      const entry = entries[ordinal - first]
      if (!entry) return false
      change(entry.fields)
      completed(entry)
      if (!later) write()
      return true
    },

    /** @param {number} count of events that will never arrive */
    drop(count) {
      dropped += count
    },

    freeze,
    write,
    erase,
    pending: () => entries.length,
  }
}

/** @param {Entry} entry */
function completed(entry) {
  entry.line = entry.lead + listed(entry.fields)
  entry.size = bytesOf(entry.line) + 1
  return entry
}
