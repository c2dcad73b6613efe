"""A target site, and a server that speaks the wire format and remembers all that left the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from hatch_build import build
from tests.browser.snippet.servers import Sink, Site, serve
from tests.browser.snippet.study import Join, make_definition

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def dist() -> Path:
    build(ROOT)
    return ROOT / "static" / "dist"


@pytest.fixture
def sink(dist: Path) -> Iterator[Sink]:
    """usabtest, as the browser sees it."""
    with serve(Sink(dist)) as sink:
        yield sink


@pytest.fixture
def site(sink: Sink) -> Iterator[Site]:
    """A site with the tag."""
    with serve(Site(f"{sink.url}/snippet.js")) as site:
        sink.definition = make_definition(site.url)
        yield site


@pytest.fixture
def join(context: BrowserContext, site: Site, sink: Sink) -> Join:
    """Brings a participant to a page of the site, as Start does, and past the exchange."""

    def join(path: str = "/plain.html", **changes: object) -> Page:
        task = sink.definition["tasks"][0]
        task["start_url"] = site.url + path
        task.update(changes)
        page = context.new_page()
        with page.expect_response("**/recording/state"):
            page.goto(f"{site.url}{path}#usabtest={sink.code}")
        widget = page.locator("usabtest-widget")
        widget.get_by_role("button", name="Start task").wait_for()
        return page

    return join


@pytest.fixture
def start(join: Join) -> Join:
    """The same, and **Start task** pressed."""

    def start(path: str = "/plain.html", **changes: object) -> Page:
        page = join(path, **changes)
        page.locator("usabtest-widget").get_by_role("button", name="Start task").click()
        return page

    return start
