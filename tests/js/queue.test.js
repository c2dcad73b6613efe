import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { adopted, eraseOf } from '../../static/snippet/orphans.js'
import { packed, unpacked } from '../../static/snippet/pack.js'
import { createQueue } from '../../static/snippet/queue.js'
import { inMemory } from '../../static/snippet/storage.js'

/** @typedef {import('../../static/snippet/types.js').Row} Row */

const SHOP = 'https://shop.example/'
/** @param {number} place @param {string} [selector] @returns {Row} */
const click = (place, selector = '#buy') => ['c', 1000 + place, 0, SHOP, selector, 9, 500, 500, 10, 10, 0, 0]

/** @param {string} body */
function read(body) {
  const [head = '', ...lines] = body.split('\n')
  const [version, token, stream, n, f, t, d, z] = head.split(' ')
  return { version, token, stream, n: Number(n), f: Number(f), t: Number(t), d: Number(d), z: Number(z), events: lines.filter((line) => line[0] !== '@'), lines }
}

function makeQueue(store = inMemory(), stream = 'stream01', token = 'TOKEN') {
  /** @type {import('../../static/snippet/queue.js').Batch[]} */
  const sent = []
  const queue = createQueue(store, stream, token, (batch) => sent.push(batch), () => sent.reduce((sum, { body }) => sum + body.length, 0))
  return { store, queue, sent, batches: () => sent.map(({ body }) => read(body)) }
}

/** @param {string} name */
const golden = (name) => JSON.parse(readFileSync(new URL(`../wire/batches/${name}.json`, import.meta.url), 'utf8'))

test('a batch is written as the golden one is, line by line', () => {
  const { lines, rows } = golden('version-2')
  const { queue, sent } = makeQueue(inMemory(), 'k3j9x2m4q8')
  for (const row of rows) queue.append(row)
  assert.equal(queue.amend(2, (fields) => fields.splice(9, 2, 41.5, 3)), true)
  assert.equal(queue.amend(3, (fields) => (fields[11] = 'Voucher')), true)
  queue.drop(2)
  queue.freeze(1)
  assert.deepEqual(sent[0]?.body.split('\n'), lines)
})

test('a packed batch is smaller, and is the same again', async () => {
  const { lines, packed: theirs } = golden('version-2-packed')
  const bytes = Buffer.from(theirs, 'base64').toString('latin1')
  assert.equal(await unpacked(bytes), lines.join('\n'))
  const ours = await packed(lines.join('\n'))
  assert.equal(ours[0], 'x')
  assert.ok(/^[\0-\xff]*$/.test(ours) && ours.length < lines.join('\n').length * 0.7)
  assert.equal(await unpacked(ours), lines.join('\n'))
})

test('what is not packed stays as it is', async () => {
  assert.equal(await unpacked('2 TOKEN'), '2 TOKEN')
})

test('every event is written down before anything else', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  assert.match(store.get('usabtest.j.stream01') ?? '', /#buy/)
  assert.equal(sent.length, 0)
})

test('what is in the journal is what is sent', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  queue.append(click(1))
  const growing = store.get('usabtest.j.stream01')
  queue.freeze(0)
  assert.equal(sent[0]?.body, growing)
  assert.equal(store.get('usabtest.j.stream01.0'), growing)
})

test('pages, attempts and selectors are said once', () => {
  const { queue, batches } = makeQueue()
  queue.append(click(0))
  queue.append(click(1, '#more'))
  queue.append(click(2))
  queue.append(['D', 1003, 0, SHOP])
  queue.append(['v', 1004, null, `${SHOP}done`, 'route', 1280, 800, 0])
  queue.freeze(0)
  queue.append(click(5))
  queue.freeze(0)
  assert.deepEqual(batches().map(({ lines }) => lines), [
    ['@0,"https://shop.example/"', 'c0,"#buy",9,500,500,10,10,0,0', 'c1,"#more",9,500,500,10,10,0,0', 'c2,0,9,500,500,10,10,0,0', 'D3', '@null,"https://shop.example/done"', 'v4,"route",1280,800,0'],
    ['@0,"https://shop.example/"', 'c0,"#buy",9,500,500,10,10,0,0'],
  ])
})

test('batches are numbered without gaps and say where they begin', () => {
  const { queue, batches } = makeQueue()
  assert.equal(queue.append(click(0)), 0)
  assert.equal(queue.append(click(1)), 1)
  queue.freeze(0)
  assert.equal(queue.append(click(2)), 2)
  queue.freeze(1)
  assert.deepEqual(batches().map(({ n, f, t, z, events }) => [n, f, t, z, events.length]), [[0, 0, 1000, 0, 2], [1, 2, 1002, 1, 1]])
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
  const { store, queue, batches, sent } = makeQueue()
  for (let place = 0; place < 400; place++) queue.amend(queue.append(click(place)) ?? 0, (fields) => (fields[11] = '本'.repeat(40)))
  assert.match(store.get('usabtest.j.stream01') ?? '', /"本+"$/)
  queue.freeze(0)
  assert.equal(batches().flatMap(({ events }) => events).filter((line) => line.endsWith(`,null,null,"${'本'.repeat(40)}"`)).length, 400)
  for (const { body } of sent) assert.ok(Buffer.byteLength(body) < 16_000, String(Buffer.byteLength(body)))
})

test('what is frozen cannot be completed', () => {
  const { queue } = makeQueue()
  queue.append(click(0))
  queue.freeze(0)
  queue.append(click(1))
  assert.equal(queue.amend(0, () => assert.fail()), false)
  assert.equal(queue.amend(1, () => {}), true)
})

test('what finds no room is counted, steps always do', () => {
  const { queue, batches } = makeQueue()
  for (let place = 0; place < 8000; place++) queue.append(click(place, `#${'x'.repeat(150)}${place}`))
  assert.equal(queue.append(click(0)), null)
  assert.notEqual(queue.append(['D', 1, 0, SHOP]), null)
  queue.freeze(0)
  assert.ok((batches().at(-1)?.d ?? 0) > 0)
})

test('the page that comes next sends what a dead one left, byte for byte', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  queue.freeze(0)
  queue.append(click(1))
  queue.append(click(2))

  const batches = adopted(store, 'stream01')
  assert.equal(batches[0]?.body, sent[0]?.body)
  const last = read(batches[1]?.body ?? '')
  assert.deepEqual([last.n, last.f, last.z, last.events.length], [1, 1, 1, 2])
  // A page that takes over from that one, too, changes nothing any more.
  assert.deepEqual(adopted(store, 'stream01'), batches)
})

test('a page that died between freezing and saying so loses and doubles nothing', () => {
  const { store, queue, sent } = makeQueue()
  queue.append(click(0))
  queue.append(click(1))
  const before = store.get('usabtest.j.stream01') ?? ''
  queue.freeze(0)
  store.set('usabtest.j.stream01', before)

  const batches = adopted(store, 'stream01')
  assert.equal(batches[0]?.body, sent[0]?.body)
  assert.deepEqual(batches.map(({ body }) => read(body)).map(({ n, f, z, events }) => [n, f, z, events.length]), [[0, 0, 0, 2], [1, 2, 1, 0]])
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
  const other = makeQueue(store, 'another1', 'OTHER')
  other.queue.append(click(0))
  eraseOf(store, 'TOKEN')
  assert.deepEqual(store.keys(), ['usabtest.j.another1'])
})

test('a storage that refuses does not stop the recording', () => {
  const refusing = { ...inMemory(), set: () => false }
  const { queue, batches } = makeQueue(refusing)
  queue.append(click(0))
  queue.freeze(0)
  assert.equal(batches()[0]?.events.length, 1)
})
