"""When a criterion of the running task is met."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.snippet.servers import Sink
from tests.browser.snippet.study import Join

PAGE = "/criteria.html"


def met(sink: Sink) -> list[list[Any]]:
    return [event[3:] for event in sink.fields("M")]


def press_done(page: Page) -> None:
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").click()


@pytest.mark.parametrize(
    ("criterion", "selector"),
    [
        ({"url": "/orders/*/thanks"}, "#route"),
        ({"url": "/orders/**?token=*#/done"}, "#route"),
        ({"url": "/next.html"}, "#away"),
        ({"url_regex": r"^/orders/[0-9]+/thanks\?token=1#/done$"}, "#route"),
        ({"click": "#order"}, "#words"),
        ({"visible": "#seen"}, "#show"),
        ({"text": "Thank you for your order"}, "#write"),
        ({"all": [{"url": PAGE}, {"click": "#order"}]}, "#order"),
        ({"all": [{"visible": "#seen"}, {"text": "seen"}]}, "#show"),
    ],
)
def test_it_works(start: Join, sink: Sink, criterion: dict[str, Any], selector: str) -> None:
    page = start(PAGE, success=[{"url": "/nowhere"}, criterion])
    page.click(selector)

    sink.wait_for("M")
    assert met(sink) == [["success", 1]]


def test_the_first_one_decides(start: Join, sink: Sink) -> None:
    page = start(PAGE, success=[{"visible": "#seen"}], failure=[{"click": "#order"}])
    page.click("#order")
    page.click("#show")
    press_done(page)
    sink.wait_for("D")

    assert met(sink) == [["failure", 0]]


def test_what_holds_at_the_start_counts_only_after_it_has_not(start: Join, sink: Sink) -> None:
    page = start(PAGE, success=[{"url": PAGE}, {"visible": "#there"}, {"text": "Already here"}])
    page.reload()
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()
    page.wait_for_function("performance.now() > 2000")
    assert met(sink) == []

    page.click("#route")
    page.go_back()
    sink.wait_for("M")
    assert met(sink) == [["success", 0]]


def test_visible_means_in_view(start: Join, sink: Sink) -> None:
    page = start(PAGE, success=[{"visible": "#below"}])
    page.click("#there")
    sink.wait_for("c")
    page.wait_for_function("performance.now() > 2000")
    assert met(sink) == []

    page.locator("#below").scroll_into_view_if_needed()
    sink.wait_for("M")


def test_half_of_the_viewport_is_enough(start: Join, sink: Sink) -> None:
    page = start(PAGE, success=[{"visible": "#tall"}])
    page.add_style_tag(content="#tall { width: auto !important }")

    sink.wait_for("M")


def test_auto_ends_the_attempt(start: Join, sink: Sink) -> None:
    page = start(PAGE, success=[{"click": "#order"}], finish="auto")
    page.click("#order")

    expect(page.locator("usabtest-widget").get_by_role("radio", name="7", exact=True)).to_be_visible()
    page.click("#show")
    sink.wait_for("c", 2)
    assert [event[1] for event in sink.fields("c")] == [0, None]


def test_what_the_browser_refuses_is_told_once(start: Join, sink: Sink) -> None:
    faults: list[str] = []
    page = start(
        PAGE,
        success=[{"click": "a["}, {"url_regex": "("}, {"all": [{"url": "/"}, {"visible": "::("}]}, {"click": "#order"}],
        search=[{"click": "]"}],
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.click("#order")
    page.reload()
    page.click("#show")
    sink.wait_for("c", 2)

    assert [event[3:5] for event in sink.fields("b")] == [["success", 0], ["success", 1], ["success", 2], ["search", 0]]
    assert met(sink) == [["success", 3]]
    assert faults == []


def test_the_site_may_decide(start: Join, sink: Sink) -> None:
    page = start(PAGE)
    page.evaluate("usabtest.failure()")

    sink.wait_for("M")
    assert met(sink) == [["failure", None]]


def test_before_the_start_nothing_is_judged(join: Join, sink: Sink) -> None:
    page = join(PAGE, success=[{"click": "#order"}])
    page.click("#order")
    page.evaluate("usabtest.success()")
    page.locator("usabtest-widget").get_by_role("button", name="Start task").click()
    sink.wait_for("S")

    assert met(sink) == []
    assert [event[1:] for event in sink.fields("y")] == [[None, PAGE, "success"]]


def test_calls_that_come_before_the_snippet_are_heard(start: Join, sink: Sink) -> None:
    page = start(PAGE)
    page.add_init_script(
        "(window.usabtestCalls ||= []).push(['event', 'early', 1], ['nonsense'], null, ['error', 'broken'])"
    )
    page.reload()

    sink.wait_for("m")
    assert [event[3:] for event in sink.fields("x", "m")] == [["early", 1], ["broken"]]
