"""Pages, routes, and sites that make it hard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.snippet.servers import AWAY, Sink, Site
from tests.browser.snippet.study import Join


def views(sink: Sink) -> list[list[Any]]:
    """Page and how."""
    return [event[2:4] for event in sink.fields("v")]


def start_task(page: Page) -> None:
    page.locator("usabtest-widget").get_by_role("button", name="Start task").click()


def arrive(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}#usabtest=CODE")
    start_task(page)
    return page


def test_routes_are_page_views_if_the_page_changes(start: Join, sink: Sink) -> None:
    page = start("/routes.html")
    page.click("#route")
    page.click("#part")
    page.evaluate("history.pushState(null, '', '/basket?token=secret')")
    page.evaluate("history.replaceState(null, '', '/basket?token=other')")
    page.evaluate("history.replaceState(null, '', '/basket?q=books')")
    page.evaluate("history.go(-1)")
    sink.wait_for("v", 6)

    assert views(sink) == [
        ["/routes.html", "load"],
        ["/routes.html#/orders/2", "route"],
        ["/routes.html", "route"],
        ["/basket", "route"],
        ["/basket?q=books", "route"],
        ["/routes.html", "route"],
    ]


def test_a_page_tells_how_long_it_took(start: Join, sink: Sink) -> None:
    start("/plain.html")
    sink.wait_for("l")

    [[_, attempt, page, ttfb, fcp, dcl, load, lcp]] = sink.fields("l")
    assert (attempt, page) == (0, "/plain.html")
    assert 0 < ttfb <= dcl <= load
    assert fcp is None or fcp >= ttfb
    assert lcp is None or lcp >= ttfb


def test_page_ends_and_visibility(start: Join, sink: Sink) -> None:
    page = start()
    page.click("#next")
    page.wait_for_url("**/next.html")
    sink.wait_for("u")

    assert [event[2] for event in sink.fields("u")] == ["/plain.html"]
    ends = [batch for batch in sink.batches() if batch["z"]]
    assert [batch["e"][-1][0] for batch in ends] == ["u"]


def test_clicks_in_a_frame_count_and_its_load_does_not(start: Join, sink: Sink) -> None:
    page = start("/routes.html")
    frame = page.frame_locator("#frame")
    frame.locator("#dead").click()
    sink.wait_for("c")

    assert [event[:4] for event in sink.fields("c")] == [["c", 0, "/plain.html", "#dead"]]
    assert views(sink) == [["/routes.html", "load"]]
    assert frame.locator("usabtest-widget").count() == 0


def test_a_strict_policy_is_kept(start: Join, sink: Sink, site: Site) -> None:
    site.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {sink.url}; connect-src {sink.url};"
        " require-trusted-types-for 'script'; trusted-types"
    )
    page = start("/next.html")
    page.evaluate("document.addEventListener('securitypolicyviolation', () => { document.title = 'violation' })")
    page.click("#back")
    sink.wait_for("c")

    assert page.title() != "violation"


def test_a_page_that_lets_nothing_be_pressed_lets_the_widget(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate(
        """() => {
            const types = ['pointerdown', 'mousedown', 'click', 'keydown', 'beforeinput', 'input', 'change', 'focusin']
            for (const type of types) {
                addEventListener(type, (event) => {
                    event.preventDefault()
                    event.stopImmediatePropagation()
                }, { capture: true, passive: false })
            }
        }"""
    )
    page.click("#dead")
    widget = page.locator("usabtest-widget")
    widget.get_by_role("button", name="I'm done").click()
    widget.get_by_role("radio", name="6", exact=True).check()
    widget.get_by_role("button", name="Continue").click()

    assert sink.wait_for("A")[0][4:] == ["seq", 6]
    assert [event[3] for event in sink.fields("c")] == ["#dead"]


def test_the_widget_works_on_a_page_that_is_written_anew(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("document.open(); document.write('<!doctype html><button id=new>New</button>'); document.close()")
    page.click("#new")
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").click()

    sink.wait_for("D")
    assert [event[3] for event in sink.fields("c")] == ["#new"]


def test_a_sandboxed_page_lasts_one_page(context: BrowserContext, sink: Sink, site: Site) -> None:
    site.headers["Content-Security-Policy"] = "sandbox allow-scripts"
    page = arrive(context, f"{site.url}/plain.html")
    page.click("#dead")
    sink.wait_for("c")

    assert [event[:2] for event in sink.fields("c")] == [["c", 0]]
    sink.assert_whole()


def test_a_session_goes_on_over_sub_domains(context: BrowserContext, sink: Sink, site: Site) -> None:
    port = site.url.rsplit(":", 1)[1]
    sink.definition["sites"] = [f"http://*.shop.localhost:{port}"]
    first = f"http://www.shop.localhost:{port}"
    sink.definition["tasks"][0]["start_url"] = f"{first}/plain.html"
    page = arrive(context, f"{first}/plain.html")
    sink.wait_for("S")
    [began] = sink.events("S")
    sink.facts["attempts"] = {"0": {"started": began[1], "met": None, "ended": None}}
    page.goto(f"http://pay.shop.localhost:{port}/next.html")
    page.click("#back")

    sink.wait_for("c")
    assert [event[:3] for event in sink.fields("c")] == [["c", 0, "/next.html"]]
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()


def test_without_locks_journals_are_taken_over_too(start: Join, context: BrowserContext, sink: Sink) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    sink.script["batches"] = 503
    page = start()
    page.click("#dead")
    page.click("#next")
    page.wait_for_url("**/next.html")
    sink.script.clear()

    sink.wait_for("c", 2)
    assert [event[3] for event in sink.fields("c")] == ["#dead", "#next"]
    sink.assert_whole()


def test_what_is_left_after_the_farewell_arrives_with_the_next_visit(start: Join, sink: Sink, site: Site) -> None:
    sink.definition["tasks"] = sink.definition["tasks"][:1]
    sink.definition["tasks"][0]["questions"] = []
    sink.definition["after"] = []
    page = start()
    sink.wait_for("S")
    sink.script = {"batches": AWAY, "state": AWAY}
    widget = page.locator("usabtest-widget")
    widget.get_by_role("button", name="I'm done").click()
    widget.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/thanks.html")
    sink.script.clear()
    page.goto(f"{site.url}/next.html")

    sink.wait_for("F")
    page.wait_for_function("() => Object.keys(localStorage).filter(key => key.startsWith('usabtest')).length === 0")
    expect(widget).to_have_count(0)
    sink.assert_whole()


def test_the_servers_knowledge_is_added(start: Join, sink: Sink) -> None:
    page = start()
    [began] = sink.wait_for("S")
    sink.facts["attempts"] = {
        "0": {"started": began[1], "met": None, "ended": {"how": "abandoned", "at": began[1] + 10}},
    }
    page.reload()

    page.locator("usabtest-widget").get_by_role("button", name="Start task").wait_for()
    start_task(page)
    sink.wait_for("S", 2)
    assert [event[1] for event in sink.fields("S")] == [0, 1]


def test_old_libraries_may_write_arrays_their_own_way(start: Join, context: BrowserContext, sink: Sink) -> None:
    context.add_init_script("Array.prototype.toJSON = function () { return String(this) }")
    page = start()
    page.click("#dead")

    sink.wait_for("c")
    assert page.evaluate("JSON.stringify({ list: [1, 2] })") == '{"list":"1,2"}'


def test_a_clock_that_jumps_is_flagged(start: Join, context: BrowserContext, sink: Sink) -> None:
    context.add_init_script("const { now } = Date; Date.now = () => now() + (window.jump ?? 0)")
    page = start()
    page.evaluate("window.jump = 60_000")
    page.click("#dead")
    page.click("#alive")
    sink.wait_for("c", 2)

    [jump] = sink.fields("q")
    assert 59_900 <= jump[3] <= 60_100


@pytest.mark.parametrize("broken", ["history.pushState", "window.fetch", "Storage.prototype.setItem", "JSON.stringify"])
def test_what_the_page_replaces_is_its_own_affair(start: Join, sink: Sink, broken: str) -> None:
    page = start()
    page.evaluate(f"() => {{ {broken} = () => {{ throw new Error('replaced') }} }}")
    page.click("#dead")
    page.click("#next")

    sink.wait_for("c", 2)
    assert [event[3] for event in sink.fields("c")] == ["#dead", "#next"]
