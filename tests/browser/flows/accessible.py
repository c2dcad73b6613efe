"""What every page must keep to, whoever made it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def assert_fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_accessible(page: Page, where: str) -> None:
    found = Axe().run(page).response["violations"]
    assert found == [], f"{where}: " + "; ".join(
        f"{fault['id']} at {[node['target'] for node in fault['nodes']]}" for fault in found
    )
