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
 * The highest domain inside the pattern that admits this origin, for a cookie that its sub-domains share.
 *
 * @param {string[]} sites
 * @param {string} origin
 * @returns {string | null}
 */
export function sharedDomain(sites, origin) {
  const site = sites.find((each) => each.includes('://*.') && siteAdmits(each, origin))
  return site ? new URL(site.replace('://*.', '://')).hostname : null
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
