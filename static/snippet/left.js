import { takeOver } from './alive.js'
import { timeOf } from './clock.js'
import { keyOf } from './journal.js'
import { adopted, frozenIn, lastOf, streamsIn } from './orphans.js'

/** How long what a page sent while it went may be on its way. */
const ON_ITS_WAY_MS = 5000

const { setTimeout } = globalThis

/**
 * What dead pages left. A living page copies it at once, since the site may clear its storage, asks the server which of
 * it has arrived, and then takes it over and delivers the rest. Until then the streams are nobody's: their pages may come
 * back out of the back/forward cache.
 *
 * @typedef {import('./queue.js').Batch} Batch
 * @typedef {{batches: Batch[], due: number, token: string | undefined}} Copy `due` is when it can no longer be on its way
 *
 * @param {object} page the one that takes over
 * @param {import('./types.js').Store} page.store
 * @param {string} page.stream its own
 * @param {string} page.token its session's
 * @param {() => boolean} page.isAsking whether the server has been asked, and has not answered yet
 * @param {() => void} page.ask which of `held` it has
 * @param {() => boolean} page.hurried nothing is waited for
 * @param {(batch: Batch, foreign: boolean) => void} page.deliver
 * @param {() => void} page.changed what is on its way
 */
export function createLeft({ store, stream, token, isAsking, ask, hurried, deliver, changed }) {
  /** @type {Map<string, Copy>} */
  const copies = new Map()
  /** @type {Map<string, () => void>} the streams that are delivered from here, and what lets another page have them */
  const ours = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const copied = () => [...copies.values()].flatMap(({ batches }) => batches)

  /** @param {string} other */
  function copyOf(other) {
    const copy = copies.get(other)
    const last = lastOf(store, other)
    const isFresh = !!last && Math.abs(timeOf() - last.base) < ON_ITS_WAY_MS && frozenIn(store).some(([of]) => of === other)
    const batches = adopted(store, other)
    const cleared = copy?.batches.filter((ours) => batches.every(({ number }) => number !== ours.number)) ?? []
    return {
      batches: [...cleared, ...batches],
      due: copy?.due ?? (isFresh ? timeOf() + ON_ITS_WAY_MS : 0),
      token: last?.token ?? copy?.token,
    }
  }

  /**
   * @param {string} other
   * @param {() => void} release
   */
  function take(other, release) {
    const copy = copyOf(other)
    copies.set(other, copy)
    const rest_ms = copy.due - timeOf()
    if (!hurried() && (rest_ms > 0 || isAsking())) {
      release()
      if (rest_ms > 0) timer ??= setTimeout(askAgain, rest_ms)
      return
    }
    copies.delete(other)
    ours.set(other, release)
    for (const batch of copy.batches) deliver(batch, copy.token !== token)
    changed()
  }

  function askAgain() {
    timer = undefined
    ask()
  }

  return {
    /** Copies what is there, or takes it over. */
    adopt() {
      if (!store.lasting) return
      for (const other of new Set([...streamsIn(store), ...copies.keys()])) {
        if (other === stream || ours.has(other)) continue
        const last = lastOf(store, other)
        takeOver(store, other, last && !last.ended ? last.base : 0, (release) => take(other, release))
      }
    },

    /** The batches that the server is asked for. @returns {[stream: string, number: number][]} */
    held() {
      const all = [...frozenIn(store).filter(([of]) => of !== stream), ...copied().map((batch) => [batch.stream, batch.number])]
      return /** @type {any} */ ([...new Map(all.map((each) => [`${each}`, each])).values()])
    },

    /** @param {[stream: string, number: number][]} arrived of those */
    answered(arrived) {
      for (const [of, number] of arrived) {
        store.remove(keyOf(of, number))
        const copy = copies.get(of)
        if (copy) copy.batches = copy.batches.filter((batch) => batch.number !== number)
      }
    },

    copied,

    /** @param {(stream: string) => boolean} isSending */
    settle(isSending) {
      for (const [other, release] of ours) {
        if (isSending(other)) continue
        store.remove(keyOf(other))
        ours.delete(other)
        release()
      }
    },

    /** What of this session is here is erased, in whatever page it arose. */
    erase() {
      for (const [other, copy] of copies) if ((copy.token ?? token) === token) copies.delete(other)
    },

    /** This page goes, and the next one takes over. @returns {string[]} what it was delivering */
    letGo() {
      const streams = [...ours.keys()]
      for (const release of ours.values()) release()
      ours.clear()
      return streams
    },

    isEmpty: () => !ours.size,
  }
}
