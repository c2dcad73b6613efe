"""Other ways through a test than straight on: reloads, tabs, coming back, saying no, leaving, being stranded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessible import assert_accessible
from tests.browser.flows.demo_shop import BOOK, demo_shop
from tests.browser.flows.server import Usabtest, wait_for
from tests.browser.flows.six import assert_attempt, somebody
from tests.browser.snippet.servers import Site, serve
from usabtest.demo.shop.server import running_shop

STRANDED_WITHIN_MS = 30_000  # after fifteen seconds without a hello the page says so by itself


@pytest.fixture(scope="module")
def shop(usabtest: Usabtest) -> Iterator[str]:
    with running_shop(usabtest.snippet) as url:
        yield url


@pytest.fixture
def key(usabtest: Usabtest, shop: str) -> str:
    """A live study of its own for each test."""
    return usabtest.make_study(demo_shop(shop).study(idle_limit_min=30))


def test_a_reload_goes_on(browser: Browser, usabtest: Usabtest, shop: str) -> None:
    study: dict[str, Any] = demo_shop(shop).study(idle_limit_min=30)
    entry = study["tasks"][0]["entry_url"] = f"{shop}/books/walking-the-high-pass/"
    key = usabtest.make_study(study)
    participant = somebody(browser, usabtest, key)
    page = participant.page
    visited: list[str] = []
    page.on("framenavigated", lambda frame: visited.append(frame.url.partition("=")[0]))
    participant.begin()
    assert f"{entry}#usabtest" in visited
    assert page.url == f"{shop}/"  # the task’s own page
    page.reload()
    participant.press("Start task")
    participant.follow(page.get_by_role("link", name=BOOK), "**/books/**")
    page.reload()
    participant.arrived()
    participant.click(page.get_by_text("Adventure"))
    page.reload()
    participant.arrived()
    participant.done()
    page.reload()
    participant.button("Start task").wait_for()

    [item] = wait_for(lambda: _ended(usabtest, key), "the attempt's end")
    [tally] = participant.witness.tallies
    assert (tally.page_views, tally.clicks) == (4, 2)
    assert_attempt(item, "failure", tally)


def test_a_second_tab_goes_on_in_both(browser: Browser, usabtest: Usabtest, shop: str, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    first = participant.page
    participant.begin()
    participant.press("Start task")
    participant.page = participant.context.new_page()
    participant.page.goto(f"{shop}/books/the-lamplighters-map/")
    participant.button("I'm done").wait_for()
    participant.click(participant.page.get_by_text("Adventure"))
    participant.settle()
    participant.page = first
    first.bring_to_front()
    participant.click(first.get_by_text("Free delivery on orders"))
    participant.done()
    participant.button("Start task").wait_for()
    other = participant.context.pages[1].locator("usabtest-widget")
    expect(other.get_by_role("button", name="Start task")).to_be_visible()

    # Each tab sends what it has within a second, and only this one has ended the attempt.
    [item] = wait_for(
        lambda: [item for item in _ended(usabtest, key) if item["clicks"] == 2],
        "the attempt's end, and both tabs' clicks",
    )
    participant.context.close()
    [tally] = participant.witness.tallies
    assert (tally.page_views, tally.clicks) == (2, 2)
    assert_attempt(item, "failure", tally)


def test_the_link_leads_back_to_the_current_task(browser: Browser, usabtest: Usabtest, shop: str, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    participant.begin()
    participant.press("Start task")
    participant.give_up()
    participant.button("Start task").wait_for()
    wait_for(lambda: _ended(usabtest, key), "the attempt's end")
    participant.page.close()
    participant.page = participant.context.new_page()
    participant.page.goto(participant.link)
    expect(participant.page.get_by_role("main")).to_contain_text("Next is task 2 of 2.")
    participant.page.get_by_role("button", name="Continue").click()

    participant.button("Start task").wait_for()
    assert participant.page.url == f"{shop}/"
    expect(participant.widget).to_contain_text("Task 2 of 2")


def test_who_declines_is_only_counted(browser: Browser, usabtest: Usabtest, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    participant.page.goto(participant.link)
    participant.page.get_by_role("button", name="No, thank you").click()

    expect(participant.page.get_by_role("heading", name="That is fine")).to_be_visible()
    assert_accessible(participant.page, "declined")
    assert participant.context.cookies() == []
    assert usabtest.items(key, "participants") == []
    assert usabtest.report(key)["participants"]["declined"] == 1


def test_who_leaves_and_deletes_leaves_nothing(browser: Browser, usabtest: Usabtest, shop: str, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    page = participant.page
    participant.begin()
    participant.press("Start task")
    participant.follow(page.get_by_role("link", name=BOOK), "**/books/**")
    wait_for(lambda: usabtest.items(key, "events"), "events")
    participant.button("Leave the test").click()
    participant.button("Delete what was recorded").click()

    expect(page.get_by_role("heading", name="Deleted", exact=True)).to_be_visible()
    assert page.url == f"{participant.link}/withdrawn"
    assert usabtest.items(key, "participants") == []
    for what in ("attempts", "events", "answers"):
        assert usabtest.items(key, what) == []
    people = usabtest.report(key)["participants"]
    assert (people["withdrawn"], people["sent"]) == (1, 0)
    page.goto(shop)
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('usabtest'))") == []


def test_who_leaves_and_keeps_is_abandoned(browser: Browser, usabtest: Usabtest, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    participant.begin()
    participant.press("Start task")
    participant.button("Leave the test").click()
    participant.button("Keep what was recorded").click()

    participant.page.wait_for_url(f"{participant.link}/left")
    expect(participant.page.get_by_role("heading", name="You have left the test")).to_be_visible()
    [item] = _ended(usabtest, key)
    assert item["outcome"] == "abandoned"
    assert usabtest.report(key)["participants"]["abandoned"] == 1


def test_who_is_stranded_is_told_so(browser: Browser, usabtest: Usabtest) -> None:
    with serve(Site("about:blank")) as site:  # a site on which nobody put the tag
        task = {"title": "Look", "scenario": "Look around.", "start_url": f"{site.url}/plain.html"}
        key = usabtest.make_study({"title": "Without a tag", "sites": [site.url], "tasks": [task]})
        participant = somebody(browser, usabtest, key)
        page = participant.page
        page.goto(participant.link)
        page.get_by_label("I agree").check()
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_url(f"{site.url}/**")
        page.goto(participant.link)
        expect(page.get_by_role("heading", name="Your test is opening")).to_be_visible()
        assert_accessible(page, "opening")
        heading = page.get_by_role("heading", name="Your test has not begun")
        expect(heading).to_be_visible(timeout=STRANDED_WITHIN_MS)
        assert_accessible(page, "not begun")
        page.get_by_label("What do you see?").fill("A page without a window.")
        page.get_by_role("button", name="Report a problem").click()
        expect(page.get_by_role("main")).to_contain_text("The people who run this test can read it now.")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()

        [person] = usabtest.items(key, "participants")
        assert (person["status"], person["problem"]) == ("sent", "A page without a window.")


def _ended(usabtest: Usabtest, key: str) -> list[dict[str, Any]]:
    return [item for item in usabtest.items(key, "attempts") if item["ended_at"]]
