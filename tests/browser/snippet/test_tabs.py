"""A session goes on in every tab, however that came, and over a log-out that clears the site's storage."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.snippet.servers import Sink
from tests.browser.snippet.study import Join

GOING_ON = "I'm done"


def goes_on(page: Page) -> Page:
    page.locator("usabtest-widget").get_by_role("button", name=GOING_ON).wait_for()
    return page


@pytest.mark.parametrize("opener", ["#open", "#beside"], ids=["window.open", "noopener"])
def test_a_tab_that_a_page_opens(start: Join, sink: Sink, opener: str) -> None:
    page = start("/tabs.html")
    with page.context.expect_page() as opened:
        page.click(opener)
    other = goes_on(opened.value)
    other.click("#back")
    goes_on(other)
    page.bring_to_front()
    page.click("#dead")
    page.locator("usabtest-widget").get_by_role("button", name=GOING_ON).click()

    expect(other.locator("usabtest-widget").get_by_role("radio", name="7", exact=True)).to_be_visible()
    sink.wait_for("D")
    sink.wait_for("c", 3)
    assert [event[1:4] for event in sink.fields("c")] == [
        [0, "/tabs.html", opener],
        [0, "/next.html", "#back"],
        [0, "/tabs.html", "#dead"],
    ]
    sink.wait(lambda sink: len(sink.fields("v")) == 3)
    sink.assert_whole()
    assert sink.copies <= 1


def test_a_duplicated_tab(start: Join, sink: Sink) -> None:
    """It begins with a copy of the tab's own storage, as a window does that a page opens on itself."""
    page = start("/tabs.html")
    page.evaluate("sessionStorage.setItem('mine', '1')")
    with page.context.expect_page() as opened:
        page.evaluate("void open(location.href)")
    other = goes_on(opened.value)
    assert other.evaluate("sessionStorage.mine") == "1"
    for each in (page, other, page, other):
        each.bring_to_front()
        each.click("#dead")

    sink.wait_for("c", 4)
    assert [event[1:4] for event in sink.fields("c")] == [[0, "/tabs.html", "#dead"]] * 4
    assert len({batch["s"] for batch in sink.batches() if batch["e"]}) == 2
    sink.assert_whole()


@pytest.mark.parametrize("link", ["#clear", "#logout"], ids=["by script", "by header"])
@pytest.mark.parametrize("status", [200, 503], ids=["", "server in trouble"])
def test_a_log_out_that_clears_everything(start: Join, sink: Sink, link: str, status: int) -> None:
    page = start("/tabs.html")
    sink.wait_for("S")
    sink.script["batches"] = status
    page.click("#dead")
    page.click(link)
    page.wait_for_url("**/next.html" if link == "#clear" else "**/logout")
    goes_on(page)
    sink.script.clear()

    sink.wait_for("c", 2)
    assert [event[1:4] for event in sink.fields("c")] == [[0, "/tabs.html", "#dead"], [0, "/tabs.html", link]]
    sink.wait_for("v", 2)
    sink.assert_whole()


def test_a_log_out_in_another_tab(start: Join, sink: Sink) -> None:
    page = start("/tabs.html")
    sink.wait_for("S")
    sink.script["batches"] = 503
    with page.context.expect_page() as opened:
        page.click("#beside")
    other = goes_on(opened.value)
    # A living page writes its own down again, and has taken into its hands what the dead one left.
    other.click("#back")
    goes_on(other)
    page.bring_to_front()
    page.click("#clear")
    goes_on(page)
    sink.script.clear()

    sink.wait_for("c", 3)
    assert sorted(str(event[3]) for event in sink.fields("c")) == ["#back", "#beside", "#clear"]
    sink.assert_whole()
