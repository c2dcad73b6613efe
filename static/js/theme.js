// A plain script that blocks: it runs before the first paint, or a stored choice of dark would flash white.
// Without a stored choice (or without storage) the device's wish stands.

;(function applyStoredTheme() {
  try {
    const theme = localStorage.getItem("usabtest.theme")
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme
  } catch {
    // Storage can be forbidden; then there is no stored choice.
  }
})()
