import assert from 'node:assert/strict'
import { test } from 'node:test'

// The clock of a page hangs on its window.
Object.assign(globalThis, { window: globalThis, addEventListener() {}, removeEventListener() {} })
const { observeActivity } = await import('../../static/snippet/recorder/activity.js')

/** @param {number[]} stamps when something was put in @returns {any[][]} what is recorded of it, asked for twice */
function recorded(...stamps) {
  /** @type {any[][]} */
  const told = []
  const activity = observeActivity((code, _at, ...fields) => (told.push([code, ...fields]), 0))
  for (const timeStamp of stamps) activity.on.pointerdown?.(/** @type {any} */ ({ isTrusted: true, timeStamp }), [])
  activity.settle()
  activity.settle()
  activity.stop?.()
  return told
}

test('a stretch of activity is told once, however often one asks', () => {
  assert.deepEqual(recorded(1000, 1400, 1900), [['a', 900]])
})

test('one moment is no stretch', () => {
  assert.deepEqual(recorded(1000), [])
})
