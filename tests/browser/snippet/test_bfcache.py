"""Pages that the browser keeps alive and brings back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.snippet.servers import Sink
from tests.browser.snippet.study import Join
from tests.find_chromium import ARGUMENTS


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A Chromium with its back/forward cache, which tests usually go without."""
    switch = "--disable-back-forward-cache"
    started = playwright.chromium.launch(
        executable_path=chromium_path, args=list(ARGUMENTS), ignore_default_args=[switch]
    )
    yield started
    started.close()


def test_it_works(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("window.kept = true")
    page.click("#next")
    page.wait_for_url("**/next.html")
    sink.wait_for("v", 2)
    page.go_back(wait_until="commit")
    page.click("#alive")
    sink.wait_for("c", 2)

    assert page.evaluate("window.kept")
    assert [event[2:4] for event in sink.fields("v")] == [
        ["/plain.html", "load"],
        ["/next.html", "load"],
        ["/plain.html", "bfcache"],
    ]
    assert [event[3] for event in sink.fields("c")] == ["#next", "#alive"]
    assert sink.fields("u")[0][3] == 1
    assert len({batch["s"] for batch in sink.batches()}) == 2
    sink.assert_whole()


def test_what_happened_meanwhile_is_known(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("window.kept = true")
    page.click("#next")
    widget = page.locator("usabtest-widget")
    page.wait_for_url("**/next.html")
    widget.get_by_role("button", name="I'm done").click()
    widget.get_by_role("radio", name="6", exact=True).check()
    page.go_back(wait_until="commit")

    widget.get_by_role("radio", name="6", exact=True).wait_for()
    assert page.evaluate("window.kept")
    sink.wait_for("D")


def test_a_session_that_has_ended_is_over(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("window.kept = true")
    page.click("#next")
    widget = page.locator("usabtest-widget")
    page.wait_for_url("**/next.html")
    widget.get_by_role("button", name="Leave the test").click()
    widget.get_by_role("button", name="Keep").click()
    sink.wait_for("L")
    page.wait_for_url("**/home.html/left")
    assert page.evaluate("localStorage.getItem('usabtest')") is None
    page.go_back(wait_until="commit")
    page.wait_for_url("**/next.html", wait_until="commit")
    expect(widget).to_have_count(0)
    page.go_back(wait_until="commit")
    page.click("#alive")
    page.wait_for_function("document.getElementById('out').textContent === 'x'")

    assert page.evaluate("window.kept")
    assert widget.count() == 0
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('usabtest'))") == []
    assert [event[3] for event in sink.fields("c")] == ["#next"]
