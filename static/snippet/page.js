/** @typedef {{keep_query: string[], keep_fragment: boolean}} Kept what of an address may be recorded */

/** @type {Kept} */
export const keepNothing = { keep_query: [], keep_fragment: false }

/**
 * The identity of a page: origin, path, the query parameters that may be recorded, and a route in the fragment.
 * Nothing else of an address leaves the browser.
 *
 * @param {string} address
 * @param {Kept} kept
 * @returns {string}
 */
export function pageIdentity(address, kept) {
  let url
  try {
    url = new URL(address)
  } catch {
    return ''
  }
  // An address without an origin (data:, blob:, javascript:) is all content.
  if (!/^(http|ws|file)/.test(url.protocol)) return url.protocol
  const place = `${url.protocol}//${url.host}${url.pathname}`
  return (place + keptQuery(url.search.slice(1), kept) + keptFragment(url.hash, kept)).slice(0, 500)
}

/**
 * @param {string} query without its question mark
 * @param {Kept} kept
 */
function keptQuery(query, { keep_query }) {
  // Most addresses have none: then nothing is looked at.
  const pairs = query.split('&').filter((pair) => pair && keep_query.includes(nameOf(pair)))
  return pairs[0] ? '?' + pairs.join('&') : ''
}

/** @param {string} pair */
const nameOf = (pair) => new URLSearchParams('&' + pair).keys().next().value ?? ''

/**
 * A route may have a query of its own (#/search?q=secret): the same rule applies to it.
 *
 * @param {string} hash
 * @param {Kept} kept
 */
function keptFragment(hash, kept) {
  if (kept.keep_fragment) return hash
  if (!/^#!?\//.test(hash)) return ''
  const [route = '', ...query] = hash.split('?')
  return route + keptQuery(query.join('?'), kept)
}
