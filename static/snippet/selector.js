import { cut } from './mask.js'
import { attributeOf, of } from './own.js'

const TEST_IDS = ['data-testid', 'data-test', 'data-cy', 'data-qa']
/** What people call things, not what they say of others: no address, no name with a space, no label. */
const WRITTEN = /^[a-z_][\w:.[\]-]{0,60}$/i
const MADE_BY_A_MACHINE = /\d{3}|^:|:$|[\da-f]{8}|^(ember|react|radix|headlessui|mui)/i
const UTILITY = /\d{2}|[:[\]/_]|^(css|jsx|svelte|has)-|^[a-z]{1,2}-|^(flex|grid|block|hidden|inline|container|row|col|active|open|selected|focus|hover)\b|-[a-z\d]*\d[a-z\d]*$|[a-z][A-Z]{2}/

/** @type {WeakMap<Element, string>} */
const known = new WeakMap()

/**
 * A short name for an element that stays the same over loads and, if the site allows, over its versions: across open
 * shadow roots, and frames that are recorded from here, it is written `host >>> inner`.
 *
 * @param {Element} element
 * @returns {string}
 */
export function selectorOf(element) {
  let selector = known.get(element)
  if (selector === undefined) {
    const root = element.getRootNode()
    const { host = hostOf(root) } = /** @type {ShadowRoot} */ (root)
    selector = cut((host ? `${selectorOf(host)} >>> ` : '') + withinRoot(element, root), 200)
    known.set(element, selector)
  }
  return selector
}

/** @param {any} root @returns {Element | null | undefined} */
const hostOf = ({ defaultView: view }) => view && view !== window && view.frameElement

/**
 * @param {Element} element
 * @param {Node} root
 */
function withinRoot(element, root) {
  const steps = []
  for (let at = /** @type {Element | null} */ (element); at && steps.length < 6; at = of(at, 'parentElement')) {
    const anchor = anchorOf(at)
    if (anchor && isOnly(root, anchor)) return [anchor, ...steps].join('>')
    steps.unshift(stepOf(at, anchor))
    if (at === at.ownerDocument.body) break
  }
  return steps.join('>')
}

/** @param {Element} element what its author calls it, if anything */
function anchorOf(element) {
  const tag = of(element, 'localName')
  for (const name of TEST_IDS) {
    const value = attributeOf(element, name)
    if (value && WRITTEN.test(value)) return attribute('', name, value)
  }
  const id = of(element, 'id')
  if (isGiven(id)) return `#${CSS.escape(id)}`
  for (const name of ['name', 'role']) {
    const value = attributeOf(element, name)
    if (value && isGiven(value)) return attribute(tag, name, value)
  }
  const path = tag === 'a' && attributeOf(element, 'href')?.replace(/[?#].*/s, '')
  return path && /^[^:@%]*$/.test(path) ? attribute(tag, 'href^', path) : ''
}

/**
 * Whether an author gave this name, by hand.
 *
 * @param {string} name
 */
export const isGiven = (name) => WRITTEN.test(name) && !MADE_BY_A_MACHINE.test(name)

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} value
 */
const attribute = (tag, name, value) => `${tag}[${name}="${value.slice(0, 60).replace(/["\\\n]/g, '\\$&')}"]`

/**
 * @param {Node} root
 * @param {string} selector
 */
function isOnly(root, selector) {
  try {
    return /** @type {ParentNode & Node} */ (root).querySelectorAll(selector).length === 1
  } catch {
    return false
  }
}

/**
 * @param {Element} element
 * @param {string} anchor
 */
function stepOf(element, anchor) {
  const name = of(element, 'localName')
  const tag = /^[^[#]/.test(anchor) ? anchor : name
  const named = [...of(element, 'classList')].find((each) => WRITTEN.test(each) && !UTILITY.test(each))
  const parent = of(element, 'parentElement')
  const all = parent ? of(parent, 'children') : (of(element, 'parentNode')?.children ?? [])
  const siblings = [...all].filter((each) => of(each, 'localName') === name)
  const place = siblings.length > 1 ? `:nth-of-type(${siblings.indexOf(element) + 1})` : ''
  return (tag === name && named ? `${tag}.${CSS.escape(named)}` : tag) + place
}
