"""A scripted participant in a real browser."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.flows.witness import SIGN, Witness

_IS_COVERED = """(element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return document.elementFromPoint(left + width / 2, top + height / 2)?.localName === 'usabtest-widget'
}"""


@dataclass
class Participant:
    """Goes through a study by its link; everything that is done in the site's pages is told to the witness."""

    context: BrowserContext
    witness: Witness
    link: str
    sus: float | None = None
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()

    @property
    def widget(self) -> Locator:
        return self.page.locator("usabtest-widget")

    # At the door

    def begin(self) -> None:
        """Open the link, agree, press Start, and wait for the first task."""
        self.page.goto(self.link)
        self.page.get_by_label("I agree").check()
        self.page.get_by_role("button", name="Start", exact=True).click()
        self.button("Start task").wait_for()

    # In the widget

    def button(self, name: str) -> Locator:
        return self.widget.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Press a button of the widget, and wait until the witness has heard of it."""
        with self.page.expect_console_message(lambda message: message.text.startswith(f'{SIGN}{{"press":"{name}"')):
            self.button(name).click()

    def choose(self, value: int) -> None:
        """Answer the scale that is shown, and go on."""
        self.widget.get_by_role("radio", name=str(value), exact=True).check()
        self.button("Continue").click()

    def move(self) -> None:
        """Send the widget to another corner, by its grip."""
        self.button("Move test window").press("Home")

    def done(self, *, ease: int = 6) -> None:
        self.settle()
        self.press("I'm done")
        self.choose(ease)

    def give_up(self, *, ease: int = 2) -> None:
        self.settle()
        self.press("I give up")
        self.choose(ease)

    def time_out(self, limit_s: float, *, ease: int = 3) -> None:
        """Do nothing until the time is up."""
        tally = self.witness.running
        assert tally is not None
        self.widget.get_by_role("radio", name="1", exact=True).wait_for()
        self.witness.ended(tally.started_ms + round(limit_s * 1000))
        self.choose(ease)

    def rate(self, items: Sequence[int]) -> None:
        """Answer the SUS, and keep its score as Brooke computes it."""
        for number, value in enumerate(items, 1):
            expect(self.widget).to_contain_text(f"Statement {number} of 10")
            self.choose(value)
        odd, even = sum(items[0::2]), sum(items[1::2])
        self.sus = 2.5 * ((odd - 5) + (25 - even))

    def finish(self) -> None:
        """Wait until all has arrived, and press Finish."""
        expect(self.widget).to_contain_text("have arrived")
        self.button("Finish").click()
        self.page.wait_for_url("**/thanks")

    # On the site

    def click(self, target: Locator | str) -> None:
        """Click in the page, once; if the widget stands before the target, it is moved first, as a person would."""
        element = self.page.locator(target) if isinstance(target, str) else target
        element.scroll_into_view_if_needed()
        if element.evaluate(_IS_COVERED):
            self.move()
        self.witness.clicked()
        element.click()

    def follow(self, target: Locator | str, address: str) -> None:
        """Click on what leads to another page, and wait until that is there."""
        self.click(target)
        self.page.wait_for_url(address)
        self.arrived()

    def arrived(self) -> None:
        """Wait until the widget is there again: a person would not act before a page has come."""
        self.widget.get_by_role("region").wait_for()

    def fill(self, field: str, text: str) -> None:
        self.page.fill(field, text)

    def settle(self) -> None:
        """Let what the browser has still to tell the witness arrive."""
        self.page.evaluate("() => new Promise((done) => setTimeout(done))")

    def vanish(self) -> None:
        """Close the browser in mid-task, without a word."""
        self.settle()
        self.page.close()
        self.witness.ended(round(time.time() * 1000))
