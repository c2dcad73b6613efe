/**
 * localStorage, or memory where the browser refuses it: then a session lasts one page.
 *
 * @returns {import('./types.js').Store}
 */
export function openStorage() {
  try {
    const storage = localStorage
    // Own references: a page may replace the methods, or count their calls.
    const { getItem, setItem, removeItem } = Storage.prototype
    getItem.call(storage, '')
    return {
      lasting: true,
      get: (name) => getItem.call(storage, name),
      set(name, value) {
        try {
          setItem.call(storage, name, value)
          return true
        } catch {
          return false
        }
      },
      remove: (name) => removeItem.call(storage, name),
      keys: () => Object.keys(storage),
    }
  } catch {
    return inMemory()
  }
}

/** @returns {import('./types.js').Store} */
export function inMemory() {
  /** @type {Map<string, string>} */
  const values = new Map()
  return {
    lasting: false,
    get: (name) => values.get(name) ?? null,
    set: (name, value) => !!values.set(name, value),
    remove: (name) => values.delete(name),
    keys: () => [...values.keys()],
  }
}
