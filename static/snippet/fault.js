import { cut, maskMessage } from './mask.js'

/**
 * What may be told of a fault: its message, masked, and what tells its stack apart from others.
 *
 * @param {unknown} message
 * @param {any} fault what was thrown
 * @returns {[message: string, stack: string]}
 */
export function told(message, fault) {
  const stack = partOf(fault, 'stack')
  return [maskMessage(message ?? partOf(fault, 'message') ?? fault), stack ? hash(cut(stack, 5000)) : '']
}

/**
 * @param {any} fault anything can be thrown: even to look at it may throw
 * @param {string} name
 */
function partOf(fault, name) {
  try {
    return fault?.[name]
  } catch {
    return ''
  }
}

/** FNV-1a. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193)
  return (value >>> 0).toString(36)
}
