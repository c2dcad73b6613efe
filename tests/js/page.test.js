import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageIdentity } from '../../static/snippet/page.js'

const kept = { keep_query: ['q', 'page'], keep_fragment: false }

/** @type {[address: string, identity: string][]} */
const cases = [
  ['https://shop.example', 'https://shop.example/'],
  ['https://shop.example/a/b', 'https://shop.example/a/b'],
  ['https://shop.example:8443/a', 'https://shop.example:8443/a'],
  ['https://ann:secret@shop.example/a', 'https://shop.example/a'],
  ['https://shop.example/a?token=secret', 'https://shop.example/a'],
  ['https://shop.example/a?q=books&token=secret&page=2', 'https://shop.example/a?q=books&page=2'],
  ['https://shop.example/a?%71=books', 'https://shop.example/a?%71=books'],
  ['https://shop.example/a?qq=secret', 'https://shop.example/a'],
  ['https://shop.example/a#part', 'https://shop.example/a'],
  ['https://shop.example/#/orders/2', 'https://shop.example/#/orders/2'],
  ['https://shop.example/#!/orders', 'https://shop.example/#!/orders'],
  ['https://shop.example/#/search?token=secret&q=x', 'https://shop.example/#/search?q=x'],
  ['https://shop.example/#/a#secret', 'https://shop.example/#/a#secret'],
  ['data:text/html,secret', 'data:'],
  ['blob:https://shop.example/1', 'blob:'],
  ['not an address', ''],
]

for (const [address, identity] of cases) {
  test(`the identity of ${address}`, () => assert.equal(pageIdentity(address, kept), identity))
}

test('any fragment is kept where the study says so', () => {
  const all = { keep_query: [], keep_fragment: true }
  assert.equal(pageIdentity('https://wiki.example/#Some%20page', all), 'https://wiki.example/#Some%20page')
  assert.equal(pageIdentity('https://wiki.example/#', all), 'https://wiki.example/')
})

test('an identity has at most 500 characters', () => {
  assert.equal(pageIdentity(`https://shop.example/${'a'.repeat(600)}`, kept).length, 500)
})
