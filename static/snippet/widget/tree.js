import { make } from './make.js'

const TAGS = new Set(['p', 'strong', 'em', 'ul', 'ol', 'li', 'a', 'br', 'code'])

/**
 * A study's text, parsed on the server, as elements.
 *
 * @param {import('../types.js').Tree} tree
 * @returns {Node[]}
 */
export function renderTree(tree) {
  return tree.map((node) => (typeof node === 'string' ? new Text(node) : renderElement(node)))
}

/** @param {Exclude<import('../types.js').Tree[number], string>} node */
function renderElement({ t: tag, c: children, href }) {
  if (!TAGS.has(tag)) return make('span', {}, ...renderTree(children || []))
  const isLink = tag === 'a' && /^(https?|mailto):/i.test(href || '')
  const element = make(/** @type {'a'} */ (tag), isLink ? { href, rel: 'noopener noreferrer' } : {})
  element.append(...renderTree(children || []))
  return element
}
