"""Six participants play on the demo's shop and on a single-page application; the report says what they did."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.flows.demo_shop import demo_shop
from tests.browser.flows.ferry_desk import ferry_desk
from tests.browser.flows.server import Usabtest
from tests.browser.flows.six import assert_report_agrees, play
from tests.browser.spa.server import running_spa
from usabtest.demo.shop.server import running_shop


def test_demo_shop(browser: Browser, usabtest: Usabtest) -> None:
    with running_shop(usabtest.snippet) as url:
        place = demo_shop(url)
        key = usabtest.make_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)


def test_single_page_application(browser: Browser, usabtest: Usabtest) -> None:
    with running_spa(usabtest.snippet) as url:
        place = ferry_desk(url)
        key = usabtest.make_study(place.study())

        played = play(browser, usabtest, key, place)

        assert_report_agrees(usabtest, key, played)
