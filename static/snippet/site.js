/**
 * Whether pages of an origin may record for a study that lists `site`; `*.` admits its sub-domains.
 *
 * @param {string} site
 * @param {string} origin
 */
export function siteAdmits(site, origin) {
  const listed = originOf(site.replace('://*.', '://'))
  const page = originOf(origin)
  if (!listed || !page) return false
  if (!site.includes('://*.')) return listed === page
  const [scheme, rest] = listed.split('://')
  return page.startsWith(`${scheme}://`) && page.endsWith(`.${rest}`)
}

/**
 * The domains inside the pattern that admits this origin, the highest first: the sub-domains share a cookie on the
 * first that the browser accepts, which it does not of a public suffix.
 *
 * @param {string[]} sites
 * @param {string} origin
 * @returns {string[]}
 */
export function sharedDomains(sites, origin) {
  const site = sites.find((each) => each.includes('://*.') && siteAdmits(each, origin))
  if (!site) return []
  const parts = new URL(origin).hostname.split('.')
  const highest = new URL(site.replace('://*.', '://')).hostname.split('.').length
  return parts.map((_, place) => parts.slice(place).join('.')).slice(0, parts.length - highest + 1).reverse()
}

/** @param {string} address */
function originOf(address) {
  try {
    const { protocol, origin, username } = new URL(address)
    return /^https?:$/.test(protocol) && !username ? origin : null
  } catch {
    return null
  }
}
