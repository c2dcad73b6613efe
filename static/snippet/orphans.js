import { PREFIX, keyOf } from './journal.js'
import { fromJson, toJson } from './json.js'
import { freezeRows } from './queue.js'

/**
 * The journals of pages that have died: what is in them.
 *
 * @typedef {import('./types.js').Store} Store
 * @typedef {import('./journal.js').Head} Head
 * @typedef {import('./queue.js').Batch} Batch
 */

/** @param {Store} store */
const keysOf = (store) => store.keys().filter((key) => key.startsWith(PREFIX))

/** The streams that have something here. @param {Store} store */
export const streamsIn = (store) => [...new Set(keysOf(store).map((key) => key.slice(PREFIX.length).replace(/\..*/, '')))]

/** The frozen batches that are here. @param {Store} store @returns {[stream: string, number: number][]} */
export const frozenIn = (store) =>
  keysOf(store).flatMap((key) => {
    const [stream = '', number] = key.slice(PREFIX.length).split('.')
    return number ? [[stream, Number(number)]] : []
  })

/**
 * What a dead page left, as batches: those that it froze, and the rest of its events in a last one.
 *
 * @param {Store} store
 * @param {string} stream
 * @returns {Batch[]}
 */
export function adopted(store, stream) {
  const { head, rows, batches } = settled(read(store, stream))
  if (head && (rows.length || !head[4])) {
    const [token, number, first, dropped] = head
    const body = freezeRows(head, stream, rows, 1)
    store.set(keyOf(stream, number), body)
    store.set(keyOf(stream), toJson([token, number + 1, first + rows.length, dropped, 1]))
    batches.push({ stream, number, body })
  }
  return batches
}

/**
 * @param {Store} store
 * @param {string} stream
 * @returns {{head: Head | null, rows: import('./types.js').Row[], batches: Batch[]}}
 */
function read(store, stream) {
  const [head, ...rows] = (store.get(keyOf(stream)) ?? '').split('\n').map(fromJson)
  const batches = frozenIn(store)
    .filter(([of]) => of === stream)
    .map(([, number]) => ({ stream, number, body: store.get(keyOf(stream, number)) ?? '' }))
    .sort((a, b) => a.number - b.number)
  return { head: Array.isArray(head) ? /** @type {Head} */ (head) : null, rows: /** @type {any[]} */ (rows.filter(Array.isArray)), batches }
}

/**
 * If the page died between freezing a batch and writing the new head, its events are in both.
 *
 * @param {ReturnType<typeof read>} left
 * @returns {ReturnType<typeof read>}
 */
function settled({ head, rows, batches }) {
  const last = batches[batches.length - 1]
  if (!head || !last || last.number < head[1]) return { head, rows, batches }
  const { f, e } = fromJson(last.body)
  const [token, , first, dropped, ended] = head
  return { head: [token, last.number + 1, f + e.length, dropped, ended], rows: rows.slice(f + e.length - first), batches }
}

/**
 * @param {Store} store
 * @param {string} token whose events are erased, in whatever page they arose
 */
export function eraseOf(store, token) {
  for (const key of keysOf(store)) if (store.get(key)?.includes(toJson(token))) store.remove(key)
}

/** Nothing of any stream stays. @param {Store} store */
export function eraseAll(store) {
  for (const key of store.keys()) if (/^usabtest\.(j|parked|alive|early|calls)/.test(key)) store.remove(key)
}
