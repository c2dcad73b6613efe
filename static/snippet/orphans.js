import { PREFIX, headOf, keyOf } from './journal.js'

/**
 * The journals of pages that have died: what is in them.
 *
 * @typedef {import('./types.js').Store} Store
 * @typedef {import('./queue.js').Batch} Batch
 */

/** @param {Store} store */
const keysOf = (store) => store.keys().filter((key) => key.startsWith(PREFIX))

/** @param {string} key */
const streamOf = (key) => key.slice(PREFIX.length).replace(/\..*/, '')

/** The streams that have something here. @param {Store} store */
export const streamsIn = (store) => [...new Set(keysOf(store).map(streamOf))]

/** The frozen batches that are here. @param {Store} store @returns {[stream: string, number: number][]} */
export const frozenIn = (store) =>
  keysOf(store).flatMap((key) => {
    const [stream = '', number] = key.slice(PREFIX.length).split('.')
    return number ? [[stream, Number(number)]] : []
  })

/**
 * The batch that grew when its page died, if that is known.
 *
 * @param {Store} store
 * @param {string} stream
 */
export function lastOf(store, stream) {
  const [head = '', ...lines] = (store.get(keyOf(stream)) ?? '').split('\n')
  const [, token, , number, first, base, dropped, ended] = head.split(' ')
  if (!token || !ended) return null
  return { token, number: Number(number), first: Number(first), base: Number(base), dropped: Number(dropped), ended: ended === '1', lines }
}

/** How many events there are in lines. @param {string[]} lines */
export const eventsIn = (lines) => lines.filter((line) => line[0] !== '@').length

/**
 * What a dead page left, as batches: those that it froze, and the rest of its events in a last one.
 *
 * @param {Store} store
 * @param {string} stream
 * @returns {Batch[]}
 */
export function adopted(store, stream) {
  const frozen = () =>
    frozenIn(store)
      .filter(([of]) => of === stream)
      .map(([, number]) => ({ stream, number, body: store.get(keyOf(stream, number)) ?? '' }))
      .sort((a, b) => a.number - b.number)
  const last = lastOf(store, stream)
  if (!last) return frozen()
  let { token, number, first, base, dropped, ended, lines } = last
  // The page may have died between freezing a batch and saying that the next one grows.
  if (store.get(keyOf(stream, number)) !== null) {
    number++
    first += eventsIn(lines)
    lines = []
  }
  if (lines[0] || !ended) {
    store.set(keyOf(stream, number), [headOf(token, stream, number, first, base, dropped, 1), ...lines].join('\n'))
    store.set(keyOf(stream), headOf(token, stream, number + 1, first + eventsIn(lines), base, dropped, 1))
  }
  return frozen()
}

/**
 * @param {Store} store
 * @param {string} token whose events are erased, in whatever page they arose
 */
export function eraseOf(store, token) {
  for (const stream of streamsIn(store)) {
    if ((lastOf(store, stream)?.token ?? token) !== token) continue
    for (const key of keysOf(store)) if (streamOf(key) === stream) store.remove(key)
  }
}

/** Nothing of any stream stays. @param {Store} store */
export function eraseAll(store) {
  for (const key of store.keys()) if (/^usabtest\.(j|parked|alive|early|calls)/.test(key)) store.remove(key)
}
