import { timeOf } from '../clock.js'
import { observeEntries } from './entries.js'

/** @type {Record<string, string>} */
const HOW = { fetch: 'fetch', xmlhttprequest: 'xhr' }

/**
 * Failed requests that the page made before we came: only the browser knows of them, and not by which method.
 *
 * @param {Pick<import('./failures.js').Delegate, 'record' | 'address' | 'base'>} delegate
 * @param {number} since when requests began to be watched, on the page's clock
 * @returns {() => void} stops it
 */
export const observeEarlier = ({ record, address, base }, since) =>
  observeEntries('resource', ({ initiatorType, name, startTime, responseStatus }) => {
    const how = HOW[initiatorType]
    if (!how || startTime >= since || !(responseStatus >= 400) || name.startsWith(base)) return
    const now = performance.now()
    record('n', timeOf(now), how, '', address(name), responseStatus, 0, Math.round(now - startTime))
  })
