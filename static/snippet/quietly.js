/**
 * A guest in the page: what goes wrong in us is not its affair, and not for its console.
 *
 * @param {(one?: any, other?: any) => void} work
 * @param {any} [one]
 * @param {any} [other]
 */
export function quietly(work, one, other) {
  try {
    work(one, other)
  } catch {
    // Nobody is there who could do anything about it.
  }
}
