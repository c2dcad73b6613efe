import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { adopted, eraseOf } from '../../static/snippet/orphans.js'
import { createQueue, freezeRows } from '../../static/snippet/queue.js'
import { inMemory } from '../../static/snippet/storage.js'

/** @typedef {import('../../static/snippet/types.js').Row} Row */

const SHOP = 'https://shop.example/'
/** @param {number} place @returns {Row} */
const click = (place) => ['c', 1000 + place, 0, SHOP, '#buy', 500, 500, 10, 10, 0, 'm', 9]

function makeQueue(store = inMemory()) {
  /** @type {import('../../static/snippet/queue.js').Batch[]} */
  const sent = []
  const queue = createQueue(store, 'stream01', 'TOKEN', (batch) => sent.push(batch), () => sent.reduce((sum, { body }) => sum + body.length, 0))
  return { store, queue, sent, bodies: () => sent.map(({ body }) => JSON.parse(body)) }
}

for (const name of ['page', 'surroundings']) test(`a batch has the shape that the server reads: ${name}`, () => {
  const { batch } = JSON.parse(readFileSync(new URL(`../wire/batches/${name}.json`, import.meta.url), 'utf8'))
  /** @type {Row[]} */
  const rows = batch.e.map((/** @type {any[]} */ [code, after, attempt, page, ...fields]) => {
    if ('ckife'.includes(code)) fields[0] = batch.w[fields[0]]
    return [code, batch.t + after, attempt, batch.w[page], ...fields]
  })
  const body = JSON.parse(freezeRows([batch.k, batch.n, batch.f, batch.d, 0], batch.s, rows, batch.z))

  // Strings may stand in another order; what they are is the same.
  const read = (/** @type {any} */ from) => from.e.map((/** @type {any[]} */ [code, after, attempt, page, ...fields]) => [code, after, attempt, from.w[page], ...('ckife'.includes(code) ? [from.w[fields[0]], ...fields.slice(1)] : fields)])
  assert.deepEqual(read(body), read(batch))
  assert.deepEqual({ ...body, w: 0, e: 0 }, { ...batch, w: 0, e: 0 })
})

test('every event is written down before anything else', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  assert.match(store.get('usabtest.j.stream01') ?? '', /#buy/)
  assert.equal(sent.length, 0)
})

test('batches are numbered without gaps and say where they begin', () => {
  const { queue, bodies } = makeQueue()
  assert.equal(queue.append(click(0)), 0)
  assert.equal(queue.append(click(1)), 1)
  queue.freeze(0)
  assert.equal(queue.append(click(2)), 2)
  queue.freeze(1)
  assert.deepEqual(bodies().map(({ n, f, z, e }) => [n, f, z, e.length]), [[0, 0, 0, 2], [1, 2, 1, 1]])
})

test('no body exceeds 16 kB, not even of the longest answers', () => {
  const { queue, sent } = makeQueue()
  for (let place = 0; place < 2000; place++) queue.append(click(place))
  for (const text of ['本'.repeat(5000), '"'.repeat(5000), '\n'.repeat(5000)]) {
    assert.notEqual(queue.append(['A', 1, 0, `${SHOP}${'x'.repeat(470)}`, 'why', text]), null)
  }
  queue.freeze(0)
  for (const { body } of sent) assert.ok(Buffer.byteLength(body) < 16_000, String(Buffer.byteLength(body)))
})

test('what is added to an event counts, too', () => {
  const { store, queue, bodies, sent } = makeQueue()
  for (let place = 0; place < 400; place++) queue.amend(queue.append(click(place)) ?? 0, (row) => row.push('本'.repeat(40)))
  assert.match(store.get('usabtest.j.stream01') ?? '', /"本+"\]$/)
  queue.freeze(0)
  assert.equal(bodies().flatMap(({ e }) => e).filter((row) => row.at(-1) === '本'.repeat(40)).length, 400)
  for (const { body } of sent) assert.ok(Buffer.byteLength(body) < 16_000, String(Buffer.byteLength(body)))
})

test('what finds no room is counted, steps always do', () => {
  const { queue, bodies } = makeQueue()
  for (let place = 0; place < 30_000; place++) queue.append(click(place))
  assert.equal(queue.append(click(0)), null)
  assert.notEqual(queue.append(['D', 1, 0, SHOP]), null)
  queue.freeze(0)
  assert.ok(bodies().at(-1).d > 0)
})

test('the page that comes next sends what a dead one left, byte for byte', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  queue.freeze(0)
  queue.append(click(1))
  queue.append(click(2))

  const batches = adopted(store, 'stream01')
  assert.equal(batches[0]?.body, sent[0]?.body)
  const last = JSON.parse(batches[1]?.body ?? '')
  assert.deepEqual([last.n, last.f, last.z, last.e.length], [1, 1, 1, 2])
  // A page that takes over from that one, too, changes nothing any more.
  assert.deepEqual(adopted(store, 'stream01'), batches)
})

test('a page that died between freezing and writing its head loses and doubles nothing', () => {
  const { store, queue } = makeQueue()
  queue.append(click(0))
  queue.append(click(1))
  const before = store.get('usabtest.j.stream01') ?? ''
  queue.freeze(0)
  store.set('usabtest.j.stream01', before)

  const batches = adopted(store, 'stream01').map(({ body }) => JSON.parse(body))
  assert.deepEqual(batches.map(({ n, f, e }) => [n, f, e.length]), [[0, 0, 2], [1, 2, 0]])
})

test('a page that ended as it should has no batch without events', () => {
  const { store, queue } = makeQueue()
  queue.append(click(0))
  queue.freeze(1)
  store.remove('usabtest.j.stream01.0')
  assert.deepEqual(adopted(store, 'stream01'), [])
})

test('what is erased stays erased, in all streams of the session', () => {
  const { store, queue } = makeQueue()
  queue.append(click(0))
  queue.freeze(0)
  queue.append(click(1))
  store.set('usabtest.j.another1', JSON.stringify(['OTHER', 0, 0, 0, 0]))
  eraseOf(store, 'TOKEN')
  assert.deepEqual(store.keys(), ['usabtest.j.another1'])
})

test('a storage that refuses does not stop the recording', () => {
  const refusing = { ...inMemory(), set: () => false }
  const { queue, bodies } = makeQueue(refusing)
  queue.append(click(0))
  queue.freeze(0)
  assert.equal(bodies()[0].e.length, 1)
})
