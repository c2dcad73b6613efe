"""A real Chromium: one for the whole run, a clean profile for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.flows.server import Usabtest, running_usabtest
from tests.browser.our_app import Fill, OurApp, open_context, running
from tests.find_chromium import ARGUMENTS, find_chromium, started_playwright

TIMEOUT_MS = 15_000
# Where a browser breaks off, Werkzeug's server leaves the file open that it was sending.
BROKEN_OFF = "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings(BROKEN_OFF))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with started_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium_path(playwright: Playwright) -> str:
    """The Chromium to start; there being none is a failure, for these tests are the proof."""
    path = find_chromium(playwright)
    if path is None:
        pytest.fail("no Chromium on this machine: run `make setup`, or name one in USABTEST_CHROMIUM")
    return path


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One Chromium for the run."""
    started = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A profile of its own: no cookie, no storage, nothing cached."""
    opened = browser.new_context()
    opened.set_default_timeout(TIMEOUT_MS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page in that profile."""
    return context.new_page()


@pytest.fixture(scope="session")
def usabtest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usabtest]:
    """A server as people run it, for all whole journeys of this process: each has a study of its own."""
    with running_usabtest(tmp_path_factory.mktemp("usabtest")) as server:
        yield server


RunFilled = Callable[[Fill], OurApp]


@pytest.fixture(scope="module")
def run_filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunFilled]:
    """Runs our own app on a database that the module fills, until the module is through."""
    with ExitStack() as ends:
        yield lambda fill: ends.enter_context(running(tmp_path_factory.mktemp("filled"), fill))


@pytest.fixture
def rosa(browser: Browser, site: OurApp) -> Iterator[BrowserContext]:
    """The profile of somebody who may do everything; `site` is the module's own, of `run_filled`."""
    context = open_context(browser, site)
    yield context
    context.close()


@pytest.fixture
def reader(browser: Browser, site: OurApp) -> Iterator[BrowserContext]:
    """The profile of somebody who has no account."""
    context = open_context(browser, site, signed_in=False)
    yield context
    context.close()
