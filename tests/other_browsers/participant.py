"""A participant in one of the other browsers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.browser.flows.server import wait_for
from tests.other_browsers.webdriver import Driver, DriverError

# Marionette takes two presses within half a second for a double click, wherever they are, and the widget ignores the
# second of those.
HAND_MS = 700

# The middle of what is found, in the viewport, if it is there to be pressed.
_MIDDLE = """
const [where, selector, text] = arguments
const root = where === 'widget' ? document.querySelector('usabtest-widget')?.shadowRoot : document
const element = [...(root?.querySelectorAll(selector) ?? [])].find(
  (each) => each.getClientRects().length && (text === null || each.textContent.trim() === text))
if (!element) return null
if (where === 'page') element.scrollIntoView({ block: 'center' })
const { left, top, width, height } = element.getBoundingClientRect()
const middle = [left + width / 2, top + height / 2]
const hit = (where === 'widget' ? root : document).elementFromPoint(...middle)
return hit && (element.contains(hit) || hit.contains(element)) ? middle : null
"""


@dataclass
class Tally:
    """What the driver did."""

    clicks: int = 0
    page_views: int = 1
    javascript: int = 0
    network: int = 0
    form: int = 0


@dataclass
class Participant:
    driver: Driver
    tally: Tally = field(default_factory=Tally)

    def press(self, name: str) -> None:
        """Press a button of the widget."""
        self._press("widget", "button", name)

    def choose(self, value: int) -> None:
        """Answer the scale that is shown, and go on; who misses it, since it is taking its place, aims again."""
        radio = f"input[type=radio][value='{value}']"

        def is_chosen() -> bool:
            if self._middle("widget", f"{radio}:checked", None):
                return True
            self._press("widget", radio, None)
            return False

        wait_for(is_chosen, f"{value} chosen")
        self.press("Continue")

    def click(self, selector: str, text: str | None = None) -> None:
        """Click in the page."""
        self._press("page", selector, text)
        self.tally.clicks += 1

    def sees(self, text: str) -> None:
        """Wait for a text, in the page or in the widget."""
        wait_for(lambda: self._sees(text), text)

    def follow(self, selector: str, ending: str) -> None:
        """Click on a link, and wait until the page has come that it leads to."""
        self.click(selector)
        wait_for(lambda: self.driver.address.endswith(ending) and self._is_loaded(), ending)

    def is_at(self, ending: str) -> None:
        """Wait until the page has an address that ends so, and the recorder's widget."""
        wait_for(lambda: self.driver.address.endswith(ending) and self._has_widget(), f"{ending} with the widget")

    def _press(self, where: str, selector: str, text: str | None) -> None:
        middle = wait_for(lambda: self._middle(where, selector, text), f"{selector} {text or ''}")
        self.driver.click_at(*middle, after_ms=HAND_MS if where == "widget" else 0)

    def _middle(self, where: str, selector: str, text: str | None) -> tuple[float, float] | None:
        try:
            found: tuple[float, float] | None = self.driver.script(_MIDDLE, where, selector, text)
        except DriverError:  # one page goes and the next one comes
            return None
        return found

    def _sees(self, text: str) -> bool:
        shown = """return document.body.innerText + (document.querySelector('usabtest-widget')?.shadowRoot
          .querySelector('section').innerText ?? '')"""
        try:
            return text in self.driver.script(shown)
        except DriverError:
            return False

    def _is_loaded(self) -> bool:
        try:
            return bool(self.driver.script("return document.readyState === 'complete'"))
        except DriverError:
            return False

    def _has_widget(self) -> bool:
        try:
            return bool(self.driver.script("return !!document.querySelector('usabtest-widget')?.shadowRoot.firstChild"))
        except DriverError:
            return False
