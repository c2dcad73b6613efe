/**
 * Puts ours in the place of a method, if there is one; gives back what undoes that, unless the page has replaced it since.
 *
 * @template {string} Name
 * @param {Record<Name, any>} owner
 * @param {Name} name
 * @param {(original: any) => any} make
 * @returns {() => void}
 */
export function wrap(owner, name, make) {
  const original = owner[name]
  if (!original) return () => {}
  const ours = make(original)
  // What the page has frozen stays as it is.
  Reflect.set(owner, name, ours)
  return () => {
    if (owner[name] === ours) owner[name] = original
  }
}
