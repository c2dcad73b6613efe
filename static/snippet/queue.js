import { toJson } from './json.js'

/**
 * @typedef {import('./types.js').Row} Row
 * @typedef {import('./journal.js').Head} Head
 * @typedef {import('./journal.js').Journal} Journal
 * @typedef {{stream: string, number: number, body: string}} Batch
 * @typedef {ReturnType<typeof createQueue>} Queue
 */

/** A body has at most 16 kB. The journal's lines repeat their page, so that a batch is always the smaller. */
const FULL_BYTES = 14000
const LONGEST_BYTES = 15700
const FULL_ROWS = 400
/** What is kept while the server is away, in characters; beyond it only the participant's steps are. */
const KEPT = 1e6

const encoder = new TextEncoder()

/** @param {string} text */
const bytesOf = (text) => (/[^\0-\x7f]/.test(text) ? encoder.encode(text).length : text.length)

/**
 * A stream on its way out: its events are written down as they come, cut into frozen, numbered batches, and these are
 * handed on to be delivered.
 *
 * @param {Journal} journal
 * @param {string} stream
 * @param {string} token
 * @param {(batch: Batch) => void} deliver
 * @param {() => number} waiting characters that are frozen and not acknowledged
 */
export function createQueue(journal, stream, token, deliver, waiting) {
  /** @type {Head} */
  let head = [token, 0, 0, 0, 0]
  /** @type {Row[]} */
  let rows = []
  /** @type {string[]} */
  let lines = []
  let bytes = 0

  const write = () => journal.write(stream, head, lines)

  /** @param {0 | 1} ends */
  function freeze(ends) {
    const [, number, first, dropped] = head
    const body = freezeRows(head, stream, rows, ends)
    journal.freeze(stream, number, body)
    head = [token, number + 1, first + rows.length, dropped, ends]
    rows = []
    lines = []
    bytes = 0
    write()
    deliver({ stream, number, body })
  }

  return {
    stream,

    /** @param {Row} row @returns {number | null} its ordinal, null if there was no room for it */
    append(row) {
      const line = toJson(row)
      const size = bytesOf(line) + 1
      const step = /[A-Z]/.test(row[0])
      if (size > LONGEST_BYTES || (!step && waiting() + bytes > KEPT)) {
        this.drop(1)
        return null
      }
      if (bytes + size > FULL_BYTES || rows.length >= FULL_ROWS) if (rows.length) freeze(0)
      rows.push(row)
      lines.push(line)
      bytes += size
      head[4] = 0
      write()
      return head[2] + rows.length - 1
    },

    /** @param {number} count of events that will never arrive */
    drop(count) {
      head[3] += count
    },

    freeze,

    pending: () => rows.length,

    /** Half of a full batch: worth freezing even while the server is away. */
    heavy: () => bytes > FULL_BYTES / 2,

    ended: () => !!head[4],

    /** Once more, if the site has cleared its storage. */
    write,

    /** Forgets what is not frozen; the ordinals go on. */
    erase() {
      rows = []
      lines = []
      bytes = 0
      write()
    },
  }
}

/**
 * What a dead page left, as batches: those that it froze, and the rest of its events in a last one.
 *
 * @param {Journal} journal
 * @param {string} stream
 * @returns {Batch[]}
 */
export function adopted(journal, stream) {
  const { head, rows, batches } = journal.read(stream)
  const all = batches.map(({ number, body }) => ({ stream, number, body }))
  if (head && (rows.length || !head[4])) {
    const [token, number, first, dropped] = head
    const body = freezeRows(head, stream, rows, 1)
    journal.freeze(stream, number, body)
    journal.write(stream, [token, number + 1, first + rows.length, dropped, 1], [])
    all.push({ stream, number, body })
  }
  return all
}

/**
 * The body of a batch. It depends on what is in the journal alone, so that two pages that freeze the same rows send
 * the same bytes.
 *
 * @param {Head} head
 * @param {string} stream
 * @param {Row[]} rows
 * @param {0 | 1} ends
 */
export function freezeRows([k, n, f, d], stream, rows, ends) {
  /** @type {string[]} */
  const w = []
  /** @param {string} word */
  const placeOf = (word) => {
    const place = w.indexOf(word)
    return place < 0 ? w.push(word) - 1 : place
  }
  const t = rows[0]?.[1] ?? 0
  const e = rows.map(([code, at, attempt, page, ...fields]) => {
    const place = placeOf(page)
    if ('ckif'.includes(code)) fields[0] = placeOf(fields[0])
    return [code, at - t, attempt, place, ...fields]
  })
  return toJson({ v: 1, k, s: stream, n, f, t, d, z: ends, w, e })
}
