"""I'm done, pressed in the very moment in which the task was solved."""

from __future__ import annotations

from tests.browser.snippet.servers import Sink
from tests.browser.snippet.study import Join

APPEAR_AND_PRESS = """() => {
  const late = document.createElement('p')
  late.id = 'late'
  late.textContent = 'Your note is saved.'
  document.body.prepend(late)
  const buttons = document.querySelector('usabtest-widget').shadowRoot.querySelectorAll('button')
  const done = [...buttons].find((button) => button.textContent === "I'm done")
  done.click()
}"""


def test_it_counts_what_has_just_appeared(start: Join, sink: Sink) -> None:
    page = start(success=[{"visible": "#late"}])
    page.evaluate(APPEAR_AND_PRESS)
    sink.wait_for("D")

    assert [event[0] for event in sink.events("M", "D")] == ["M", "D"]
