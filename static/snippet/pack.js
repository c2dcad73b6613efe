/**
 * A batch deflated before it is sent for the first time: half of its bytes. A packed body is the text of its bytes,
 * a character each, so that it can lie in storage; its first is an x, which no body as text begins with.
 */

/**
 * @param {GenericTransformStream} through
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function streamed(through, bytes) {
  const writer = through.writable.getWriter()
  // What is wrong with the bytes is told by the reading side.
  writer.write(bytes).catch(() => {})
  writer.close().catch(() => {})
  return new Uint8Array(await new Response(through.readable).arrayBuffer())
}

/** @param {string} text @returns {Promise<string>} the text itself where the browser cannot pack it */
export async function packed(text) {
  if (!globalThis.CompressionStream) return text
  return String.fromCharCode(...(await streamed(new CompressionStream('deflate'), new TextEncoder().encode(text))))
}

/** @param {string} body @returns {Promise<string>} its text */
export async function unpacked(body) {
  if (body[0] !== 'x') return body
  const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0))
  return new TextDecoder().decode(await streamed(new DecompressionStream('deflate'), bytes))
}
