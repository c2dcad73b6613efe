const KEY = "usabtest.theme"

/** Show the choice between light and dark, and keep what is chosen in this browser. */
export function startThemeChoice() {
  const group = document.querySelector("[data-theme-choice]")
  if (!(group instanceof HTMLElement)) return

  const chosen = document.documentElement.dataset.theme ?? "device"
  for (const input of group.querySelectorAll("input")) input.checked = input.value === chosen
  group.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) keepTheme(event.target.value)
  })
  group.hidden = false
}

/** @param {string} theme - "device", "light" or "dark" */
function keepTheme(theme) {
  const root = document.documentElement
  try {
    if (theme === "device") localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // Without storage the choice lasts as long as this page.
  }
  if (theme === "device") delete root.dataset.theme
  else root.dataset.theme = theme
}
