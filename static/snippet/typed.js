/**
 * What was typed or chosen on this page, so that it can be taken out of what is told. It stays in this memory and goes
 * with the page.
 */

const MOST = 50
const LONGEST = 2000
/** A name of the page's that holds so long a text has it from there; a shorter one may be a word that both use. */
const DISTINCT = 8
/** In a sentence every word counts. */
const WHOLE = 3
const WORD = 4

/** By own references: the page may put its own in their place. */
const { Set, RegExp } = globalThis

const FIELDS = 'input:not([type=button],[type=submit],[type=reset]),textarea,select,[contenteditable]'
const NEVER = '(?!)'

/** @type {Set<string>} */
const typed = new Set()
/** @type {WeakMap<Element, string>} */
const latest = new WeakMap()
/** @type {RegExp | undefined} */
let names

/**
 * Also the words of a choice, and the names of files.
 *
 * @param {any} field
 * @returns {string[]}
 */
const contentsOf = ({ value, textContent, selectedOptions, files }) =>
  [value ?? textContent, ...[...(selectedOptions ?? files ?? [])].map(({ name, text }) => name ?? text)].map((each) => `${each}`.slice(0, LONGEST))

/** @param {Element} field that something was just put into */
export function remember(field) {
  const [content = '', ...choices] = contentsOf(field)
  const before = latest.get(field)
  // One more letter of the same text. A site that empties its field has not made it untyped.
  if (before && content.startsWith(before)) typed.delete(before)
  latest.set(field, content)
  for (const each of [content, ...choices]) typed.add(each)
  for (const oldest of typed) if (typed.size > MOST) typed.delete(oldest)
  names = undefined
}

const heldNow = () => [...document.querySelectorAll(FIELDS)].flatMap(contentsOf)

/** @param {string[]} contents */
const distinct = (contents) => patternOf(contents.filter(({ length }) => length >= DISTINCT))

/**
 * A name without what was typed, for instance of an element that was made for it.
 *
 * @param {string} name
 */
export const withoutTyped = (name) => (typed.size ? name.replace((names ??= distinct([...typed])), '…') : name)

/**
 * An address, of which only the path and what the study keeps are left, without what was typed or is held by fields.
 *
 * @param {string} address
 */
export const withoutHeld = (address) => address.replace(distinct([...typed, ...heldNow()]), '…')

/**
 * A sentence without any word that was typed, or that the page's fields hold, hidden ones too.
 *
 * @param {string} sentence
 */
export function withoutWords(sentence) {
  const contents = [...typed, ...heldNow()]
  const words = contents.flatMap((content) => content.match(/[\p{L}\p{N}]+/gu) ?? [])
  const lines = contents.flatMap((content) => [content, ...content.split('\n')])
  const pattern = patternOf([...lines.filter(({ length }) => length >= WHOLE), ...words.filter(({ length }) => length >= WORD)])
  const held = contents.join('\n').toLowerCase()
  return (
    sentence
      .replace(pattern, '…')
      // What stands in quotes is a name of the site's, or somebody's content, and that may be cut short.
      .replace(/(["'`“‘])([^"'`”’\n]{3,})(["'`”’])/g, (quoted, open, inner, close) =>
        /^[\w$.#:/]+$/.test(inner) && !held.includes(inner.toLowerCase()) ? quoted : `${open}…${close}`,
      )
  )
}

/** @param {string[]} pieces */
function patternOf(pieces) {
  const needles = new Set(pieces.flatMap((piece) => [piece, encoded(piece), piece.replace(/[^\p{L}\p{N}]+/gu, '-'), piece.replace(/\W+/g, '-')]))
  const longestFirst = [...needles].filter(({ length }) => length >= WHOLE).sort((one, other) => other.length - one.length)
  return new RegExp(longestFirst.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|') || NEVER, 'gi')
}

/** @param {string} piece */
function encoded(piece) {
  try {
    return encodeURIComponent(piece)
  } catch {
    return piece // half a character
  }
}
