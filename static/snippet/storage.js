/**
 * localStorage, or memory where the browser refuses it: then a session lasts one page.
 *
 * @returns {import('./types.js').Store}
 */
export function openStorage() {
  try {
    return storeIn(localStorage, !localStorage.getItem(''))
  } catch {
    return inMemory()
  }
}

export const inMemory = () => storeIn({}, false)

/**
 * By its properties: a page may replace the methods, or count their calls.
 *
 * @param {Record<string, string>} storage
 * @param {boolean} lasting
 * @returns {import('./types.js').Store}
 */
function storeIn(storage, lasting) {
  return {
    lasting,
    get: (name) => storage[name] ?? null,
    set(name, value) {
      try {
        storage[name] = value
        return true
      } catch {
        return false
      }
    },
    remove: (name) => delete storage[name],
    keys: () => Object.keys(storage),
  }
}
