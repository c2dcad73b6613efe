import { siteAdmits } from './site.js'

/**
 * Whether an address matches the glob of a `url` criterion: on its path, and on query, fragment and origin if the glob
 * has them. `*` runs within a part, `**` over parts. usabtest/studyfile/match.py is the same in Python.
 *
 * @param {string} glob
 * @param {string} address
 */
export function globMatches(glob, address) {
  const wanted = split(glob)
  const given = split(address)
  return (
    (!wanted.origin || siteAdmits(wanted.origin, given.origin)) &&
    matches(wanted.path || '/', given.path || '/') &&
    (wanted.query === undefined || matches(wanted.query, given.query ?? '')) &&
    (wanted.fragment === undefined || matches(wanted.fragment, given.fragment ?? ''))
  )
}

/** @param {string} text */
function split(text) {
  const [, origin = '', path = '', query, fragment] = /^(https?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text) ?? []
  return { origin, path, query, fragment }
}

/**
 * Follows all ways through the glob at once: which places of the text may its beginning end at? A regular expression
 * with many stars could be made to run for hours by the address of a page.
 *
 * @param {string} glob
 * @param {string} given
 */
function matches(glob, given) {
  const text = normal(given)
  /** @type {Set<number>} */
  let ends = new Set([0])
  glob.split(/((?:(?<=\/)|^)\*\*+\/|\*+)/).forEach((piece, index) => {
    ends = index % 2 ? overWildcard(piece, text, ends) : overLiteral(normal(piece), text, ends)
  })
  return ends.has(text.length)
}

/**
 * @param {string} literal
 * @param {string} text
 * @param {Set<number>} ends
 */
const overLiteral = (literal, text, ends) =>
  new Set([...ends].filter((end) => text.startsWith(literal, end)).map((end) => end + literal.length))

/**
 * @param {string} wildcard
 * @param {string} text
 * @param {Set<number>} ends
 */
function overWildcard(wildcard, text, ends) {
  const over = new Set(ends)
  const parts = wildcard.endsWith('/')
  for (let place = Math.min(...ends), reached = false; place <= text.length; place++) {
    if (ends.has(place)) reached = true
    if (parts ? text[place - 1] === '/' && place > Math.min(...ends) : reached || wildcard.length > 1) over.add(place)
    if (text[place] === '/') reached = false
  }
  return over
}

/** @param {string} text */
const normal = (text) =>
  text.replace(/%[\da-f]{2}|[^\w.~!$&()+,;=:@/%-]/giu, (found) => {
    if (!/^%/.test(found)) return encodeURIComponent(found.toWellFormed?.() ?? found).replace(/['*]/, (plain) => (plain === '*' ? '%2A' : '%27'))
    const plain = String.fromCharCode(parseInt(found.slice(1), 16))
    return /[\w.~-]/.test(plain) ? plain : found.toUpperCase()
  })
