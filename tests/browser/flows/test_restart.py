"""The server is killed in mid-task, and the participant has no more of it than a line in the widget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.flows.demo_shop import BOOK, demo_shop
from tests.browser.flows.server import Usabtest, running_usabtest
from tests.browser.flows.six import SUS, assert_attempt, somebody
from usabtest.demo.shop.server import running_shop

COMES_BACK_WITHIN_MS = 45_000  # the browser asks again at least every half minute
LINE = "No connection."


@pytest.fixture
def usabtest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usabtest]:
    """A server of its own, which may be killed."""
    with running_usabtest(tmp_path_factory.mktemp("usabtest")) as server:
        yield server


def test_the_session_goes_on(browser: Browser, usabtest: Usabtest) -> None:
    with running_shop(usabtest.snippet) as url:
        key = usabtest.add_study(demo_shop(url).study(idle_limit_min=30))
        participant = somebody(browser, usabtest, key)
        page, widget = participant.page, participant.widget

        participant.begin()
        participant.press("Start task")
        participant.follow(page.get_by_role("link", name="Travel"), "**/catalogue/travel/")
        usabtest.kill()
        participant.click(page.get_by_text("Free delivery on orders"))
        expect(widget).to_contain_text(LINE)
        participant.follow(page.get_by_role("link", name="Otter Lane Books"), f"{url}/")
        participant.follow(page.get_by_role("link", name=BOOK), "**/books/**")
        participant.click(page.get_by_role("button", name="Look inside"))
        usabtest.start()
        expect(widget).not_to_contain_text(LINE, timeout=COMES_BACK_WITHIN_MS)
        participant.follow(page.get_by_role("button", name="Add to basket"), "**/basket/")
        participant.done()
        # The look around and the questions are played while nobody answers.
        usabtest.kill()
        participant.press("Start task")
        participant.done()
        participant.rate(SUS[0])
        participant.choose(9)
        expect(widget).to_contain_text("are being sent")
        usabtest.start()
        expect(widget).to_contain_text("have arrived", timeout=COMES_BACK_WITHIN_MS)
        participant.finish()
        participant.context.close()

        main, look = sorted(usabtest.items(key, "attempts"), key=lambda item: item["position"])
        assert_attempt(main, "failure", participant.witness.tallies[0])
        assert_attempt(look, "success", participant.witness.tallies[1])
        report = usabtest.report(key)
        assert report["participants"]["completed"] == 1
        assert report["sus"]["scores"] == [participant.sus]
        assert report["completeness"]["events_missing"] == 0
        assert report["completeness"]["dropped_in_browser"] == 0
        assert report["completeness"]["sessions_with_gaps"] == 0
        events = [(item["stream"], item["ordinal"]) for item in usabtest.items(key, "events")]
        assert len(events) == len(set(events)) == report["completeness"]["events_received"]
