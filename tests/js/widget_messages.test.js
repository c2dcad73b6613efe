import assert from 'node:assert/strict'
import { test } from 'node:test'

import { limit, statement, task } from '../../static/snippet/widget/messages.js'

const limits = [
  [45, 'There is a limit of 45 seconds.'],
  [60, 'There is a limit of one minute.'],
  [90, 'There is a limit of 90 seconds.'],
  [300, 'There is a limit of 5 minutes.'],
]

for (const [seconds, text] of limits) {
  test(`a limit of ${seconds} s is said in the unit that fits`, () => assert.equal(limit(seconds), text))
}

test('places are said as people count', () => {
  assert.equal(task(2, 5), 'Task 2 of 5')
  assert.equal(statement(3, 10), 'Statement 3 of 10')
})
