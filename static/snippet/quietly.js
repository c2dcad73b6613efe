/**
 * A guest in the page: what goes wrong in us is not its affair, and not for its console.
 *
 * @param {() => void} work
 */
export function quietly(work) {
  try {
    work()
  } catch {
    // Nobody is there who could do anything about it.
  }
}
