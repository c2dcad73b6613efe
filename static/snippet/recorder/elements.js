import { entriesOf, timeOf } from '../clock.js'
import { attributeOf, of } from '../own.js'
import { observeEntries } from './entries.js'

/** What the browser calls who asked for something, where the markup did. */
const MARKUP = /^(img|image|script|link|css|video|audio|source|track|input|object|embed|iframe|frame)$/
/** The attributes that lead elsewhere. */
const ADDRESSES = ['src', 'href', 'data', 'xlink:href', 'poster']

/**
 * What the page's markup asked for in vain: pictures, scripts, style sheets, frames; each address once a page load.
 * An element says that it failed, the browser with which status; and the browser knows of those before us.
 *
 * @param {object} delegate
 * @param {import('../types.js').RecordEvent} delegate.record
 * @param {(address: string) => string} delegate.address what may be recorded of it
 * @param {string} delegate.base where we ourselves come from
 */
export function observeElements({ record, address: identity, base }) {
  /** @type {Set<string>} */
  const known = new Set()
  let stop = () => {}

  /**
   * @param {string} address
   * @param {string} tag
   * @param {number} at
   * @param {number} status
   */
  function failed(address, tag, at, status) {
    if (!address || known.has(address) || address.startsWith(base)) return
    known.add(address)
    record('n', at, 'element', tag, identity(address), status, 0, null)
  }

  return {
    /**
     * @param {Element} element
     * @param {number} at
     */
    failed(element, at) {
      const address = addressOf(element)
      const [entry] = entriesOf('resource').filter(({ name }) => name === address).slice(-1)
      failed(address, of(element, 'localName'), at, entry?.responseStatus ?? 0)
    },

    start() {
      stop = observeEntries('resource', ({ initiatorType, name, responseEnd, responseStatus }) => {
        if (responseStatus >= 400 && MARKUP.test(initiatorType)) failed(name, initiatorType, timeOf(responseEnd), responseStatus)
      })
    },

    stop: () => stop(),
  }
}

/**
 * Where an element wanted to load from; an address that is left empty asks for nothing.
 *
 * @param {Element} element
 */
function addressOf(element) {
  const { currentSrc } = /** @type {HTMLImageElement} */ (element)
  const given = currentSrc || ADDRESSES.map((name) => attributeOf(element, name)).find(Boolean)
  try {
    return given ? new URL(given, element.baseURI).href : ''
  } catch {
    return '' // no address
  }
}
