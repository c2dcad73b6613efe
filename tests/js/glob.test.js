import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { globMatches } from '../../static/snippet/glob.js'
import { sharedDomains, siteAdmits } from '../../static/snippet/site.js'

/** @param {string} name */
const golden = (name) => JSON.parse(readFileSync(new URL(`../wire/${name}.json`, import.meta.url), 'utf8'))

for (const { glob, url, match } of golden('url_globs')) {
  test(`${glob} ${match ? 'matches' : 'does not match'} ${url}`, () => assert.equal(globMatches(glob, url), match))
}

for (const { site, origin, admits } of golden('sites')) {
  test(`${site} ${admits ? 'admits' : 'does not admit'} ${origin}`, () => assert.equal(siteAdmits(site, origin), admits))
}

test('a glob with many stars is judged at once', () => {
  const started = performance.now()
  assert.equal(globMatches(`/${'*a'.repeat(100)}b`, `https://shop.example/${'a'.repeat(2000)}`), false)
  assert.ok(performance.now() - started < 2000)
})

test('sub-domains share a cookie on the highest domain inside the pattern', () => {
  const sites = ['https://shop.example', 'https://*.pay.example']
  assert.deepEqual(sharedDomains(sites, 'https://a.b.pay.example'), ['pay.example', 'b.pay.example', 'a.b.pay.example'])
  assert.deepEqual(sharedDomains(sites, 'https://shop.example'), [])
})
