"""What every page must keep to, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# To tell node by node what is in order would take longer, on a long page, than to find what is not.
_FAULTS_ALONE = {"resultTypes": ["violations"]}


WIDTHS_PX = (1280, 320)


def at_each_width(page: Page) -> Iterator[int]:
    """Make the page as wide as on a desk, then as narrow as on the smallest phone."""
    size = page.viewport_size
    assert size is not None
    for width_px in WIDTHS_PX:
        page.set_viewport_size({"width": width_px, "height": size["height"]})
        yield width_px


def faults_of(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds, in the page or `within` what a selector names: each rule with the elements that break it."""
    context = {"include": [within]} if within else None
    found = Axe().run(page, context=context, options=_FAULTS_ALONE).response["violations"]
    return [f"{fault['id']} at {[node['html'] for node in fault['nodes']]}" for fault in found]


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def unseen_stops(page: Page) -> list[str]:
    """Where the focus would go and not be seen: in what is clipped away for the eye."""
    return list(page.evaluate(_UNSEEN_STOPS))


def faults_at(page: Page, addresses: Iterable[str]) -> list[str]:
    """What is wrong with the pages at these addresses, wide and narrow: each fault with where it is."""
    faults = []
    for address in addresses:
        page.goto(address)
        for width_px in at_each_width(page):
            where = f"{address}, {width_px} px wide"
            faults += [f"{where}: {fault}" for fault in faults_of(page)]
            if not fits(page):
                faults.append(f"{where}: scrolls sideways")
    return faults


_UNSEEN_STOPS = """() => {
  const clipped = (element) =>
    element !== null && (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement))
  return [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary, [tabindex])")]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility() && clipped(one))
    .map((one) => one.outerHTML)
}"""


def assert_fits(page: Page) -> None:
    assert fits(page)


def assert_right_at_each_width(page: Page) -> None:
    """Wide and narrow, there is nothing that axe finds, nothing to scroll sideways, no stop that cannot be seen."""
    for width_px in at_each_width(page):
        assert faults_of(page) == [], width_px
        assert fits(page), width_px
        assert unseen_stops(page) == [], width_px


def assert_accessible(page: Page, where: str = "") -> None:
    assert faults_of(page) == [], where
