import { announce } from "../announce.js"
import { factsAt, makeTest } from "./preview_test.js"

/** Show the test window on its stage, in whichever state is chosen. */
export async function startPreview() {
  const stage = document.getElementById("stage")
  if (!stage) return

  const [{ mount }, definition] = await Promise.all([
    import(stage.dataset.widget ?? ""),
    fetch(stage.dataset.definition ?? "").then((answer) => answer.json()),
  ])
  const buttons = [...document.querySelectorAll("[data-state-of-test]")]
  /** @type {{unmount: () => void} | null} */
  let shown = null

  /** @param {Element} button */
  function show(button) {
    for (const one of buttons) one.setAttribute("aria-pressed", "false")
    button.setAttribute("aria-pressed", "true")
    shown?.unmount()
    const test = makeTest(definition, factsAt(definition, button.getAttribute("data-state-of-test") ?? ""), {})
    shown = mount(test, { place: stage })
    test.subscribe(() => {
      if (test.view().phase === "over") announce("The test is over: here the participant leaves the site.")
    })
  }

  for (const button of buttons) button.addEventListener("click", () => show(button))
  if (buttons[0]) show(buttons[0])
}
