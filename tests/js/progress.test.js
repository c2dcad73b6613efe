import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mergeFacts, position } from '../../static/snippet/progress.js'

const golden = JSON.parse(readFileSync(new URL('../wire/progress.json', import.meta.url), 'utf8'))

for (const { about, definition, facts, position: where } of golden.positions) {
  test(`position: ${about}`, () => {
    const { questions, ...found } = position(definition, facts)
    assert.deepEqual({ ...found, questions: questions.map(({ key }) => key) }, where)
  })
}

for (const { about, theirs, own, merged } of golden.merges) {
  test(`merge: ${about}`, () => assert.deepEqual(mergeFacts(theirs, own), merged))
}
