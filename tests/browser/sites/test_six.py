"""The same six participants on two sites that nobody in this project wrote."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.flows.server import Usabtest
from tests.browser.flows.six import assert_report_agrees, play
from tests.browser.sites.bookshop import PLANTED, bookshop
from tests.browser.sites.third_party import third_party
from tests.browser.sites.wiki import BROKEN, wiki

# The proxy that puts the tag into the sites leaves a connection open when a browser breaks off; it is not ours.
pytestmark = [pytest.mark.sites, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture(scope="session")
def sites() -> Any:
    return third_party()


@pytest.fixture(scope="session")
def usabtest(sites: Any, usabtest: Usabtest) -> Usabtest:
    """The running server; not started where there is nothing to play on."""
    return usabtest


def test_shop(browser: Browser, usabtest: Usabtest, sites: Any) -> None:
    with sites.Running("shop", scripts=[usabtest.snippet], attrs=["async"], fail=[(PLANTED, "500")]) as site:
        place = bookshop(site.base)
        key = usabtest.make_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)


def test_wiki(browser: Browser, usabtest: Usabtest, sites: Any) -> None:
    with sites.Running("wiki", scripts=[usabtest.snippet], attrs=["async"], fail=[(BROKEN, "500")]) as site:
        place = wiki(site.base)
        key = usabtest.make_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)
