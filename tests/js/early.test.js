import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeEarly } from '../../static/snippet/early.js'
import { keepNothing } from '../../static/snippet/page.js'
import { inMemory } from '../../static/snippet/storage.js'

/**
 * What the gate keeps of an event: tag, id, type, time, trusted, pointer, button, detail, left, top.
 *
 * @param {string} type
 * @param {string} tag
 */
const event = (type, tag, { trusted = true, pointer = 'mouse', detail = 1 } = {}) => [tag, '', type, 10, trusted, pointer, 0, detail, 1, 2]

/** @param {any[][]} rows @returns {number[]} the flags of the clicks that a page with such events leaves */
function flagsOf(...rows) {
  const store = inMemory()
  store.set('usabtest.early0.5', JSON.stringify(['https://shop.example/', 0, 1280, 800, ...rows]))
  return takeEarly(store, keepNothing)
    .filter(([code]) => code === 'c')
    .map((row) => row[4] & 127)
}

test('a click counts', () => {
  assert.deepEqual(flagsOf(event('pointerdown', 'a'), event('click', 'a')), [1])
})

test('a click counts whose press was before the gate', () => {
  assert.deepEqual(flagsOf(event('click', 'a')), [1])
})

test('what a label forwards does not count, nor what a script or a key makes', () => {
  assert.deepEqual(flagsOf(event('pointerdown', 'label'), event('click', 'label'), event('click', 'input')), [1, 0])
  assert.deepEqual(flagsOf(event('click', 'a', { trusted: false })), [16])
  assert.deepEqual(flagsOf(event('click', 'a', { pointer: '', detail: 0 })), [0])
})

test('a page whose library writes arrays as text leaves its clicks all the same', () => {
  const store = inMemory()
  const rows = ['https://shop.example/', 0, 1280, 800, event('pointerdown', 'a'), event('click', 'a')]
  store.set('usabtest.early0.5', JSON.stringify(JSON.stringify(rows)))
  store.set('usabtest.early0.6', JSON.stringify('https://shop.example/,0,1280'))
  assert.deepEqual(
    takeEarly(store, keepNothing).map(([code]) => code),
    ['v', 'c'],
  )
})
