/**
 * Hears of performance entries, those included that came before us; gives back what ends that.
 *
 * @param {string} type
 * @param {(entry: any) => void} heard
 * @returns {() => void}
 */
export function observeEntries(type, heard) {
  try {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(heard))
    observer.observe({ type, buffered: true })
    return () => observer.disconnect()
  } catch {
    return () => {} // a browser without it
  }
}
