"""The same six participants on two sites that nobody in this project wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from hatch_build import build
from tests.browser.flows.server import Usabtest
from tests.browser.flows.six import assert_report_agrees, play
from tests.browser.sites.bookshop import PLANTED, bookshop
from tests.browser.sites.third_party import ROOT, third_party
from tests.browser.sites.wiki import BROKEN, wiki

# The proxy that puts the tag into the sites leaves a connection open when a browser breaks off; it is not ours.
pytestmark = [pytest.mark.sites, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture(scope="module")
def sites() -> Any:
    return third_party()


@pytest.fixture(scope="module")
def usabtest(sites: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usabtest]:
    """A running server; not started where there is nothing to play on."""
    build(ROOT)
    server = Usabtest(tmp_path_factory.mktemp("usabtest"))
    server.start()
    yield server
    server.stop()


def test_shop(browser: Browser, usabtest: Usabtest, sites: Any) -> None:
    with sites.Running("shop", scripts=[usabtest.snippet], attrs=["async"], fail=[(PLANTED, "500")]) as site:
        place = bookshop(site.base)
        key = usabtest.add_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)


def test_wiki(browser: Browser, usabtest: Usabtest, sites: Any) -> None:
    with sites.Running("wiki", scripts=[usabtest.snippet], attrs=["async"], fail=[(BROKEN, "500")]) as site:
        place = wiki(site.base)
        key = usabtest.add_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)
