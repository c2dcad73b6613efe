import { WRITTEN, isGiven } from './given.js'
import { attributeOf, of } from './own.js'

/** What an author may have called an element, the surest first; no label, which may be somebody's content. */
const NAMES = ['data-testid', 'data-test', 'data-cy', 'data-qa', 'id', 'name', 'role']
/** A class that says what a thing is, not how it looks or is at the moment. */
const NAMED = /^(?![a-z]{1,2}-|has-|flex|grid|block|hidden|row|col|active|open|selected|focus|hover|css|jsx|svelte)[a-z-]{2,}$/

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
    const root = /** @type {ShadowRoot} */ (element.getRootNode())
    const { host = hostOf(root) } = root
    selector = ((host ? `${selectorOf(host)} >>> ` : '') + withinRoot(element, root)).slice(0, 200)
    known.set(element, selector)
  }
  return selector
}

/** @param {any} root @returns {Element | null | undefined} */
const hostOf = ({ defaultView: view }) => view && view !== window && view.frameElement

/**
 * @param {Element} element
 * @param {ParentNode} root
 */
function withinRoot(element, root) {
  const steps = []
  for (let at = /** @type {Element | null} */ (element); at && steps.length < 6; at = of(at, 'parentElement')) {
    const anchor = anchorOf(at)
    if (anchor && root.querySelectorAll(anchor).length === 1) return [anchor, ...steps].join('>')
    steps.unshift(stepOf(at, anchor))
    if (at === at.ownerDocument.body) break
  }
  return steps.join('>')
}

/** @param {Element} element what its author calls it, if anything */
function anchorOf(element) {
  const tag = of(element, 'localName')
  for (const name of NAMES) {
    const value = attributeOf(element, name)
    const isForTests = name.startsWith('data')
    if (value && (isForTests ? WRITTEN.test(value) : isGiven(value)))
      return name === 'id' ? '#' + CSS.escape(value) : attribute(isForTests ? '' : tag, name, value)
  }
  const path = tag === 'a' && attributeOf(element, 'href')?.replace(/[?#].*/s, '')
  return path && /^[\w\p{L}/.~-]*$/u.test(path) ? attribute(tag, 'href^', path.slice(0, 60)) : ''
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} value
 */
const attribute = (tag, name, value) => `${tag}[${name}="${value}"]`

/**
 * @param {Element} element
 * @param {string} anchor
 */
function stepOf(element, anchor) {
  const name = of(element, 'localName')
  const named = [...of(element, 'classList')].find((each) => NAMED.test(each))
  const tag = /^[^[#]/.test(anchor) ? anchor : name + (named ? '.' + named : '')
  const parent = of(element, 'parentElement')
  const all = parent ? of(parent, 'children') : (of(element, 'parentNode')?.children ?? [])
  const siblings = [...all].filter((each) => of(each, 'localName') === name)
  return tag + (siblings.length > 1 ? `:nth-of-type(${siblings.indexOf(element) + 1})` : '')
}
