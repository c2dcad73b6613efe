"""The parts that the core loads: they come late, not at once, or break, and nothing is lost by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join

CONDUCTOR = "**/snippet/conduct-*.js*"
RECORDS = """() => Object.entries(localStorage).some(
  ([key, value]) => /^usabtest\\.j\\.\\w+$/.test(key) && /\\nv\\d/.test(value)
)"""


def go_alone(page: Page, address: str) -> None:
    """To a page whose core records already, and whose conductor is not there."""
    page.goto(address)
    page.wait_for_function(RECORDS)


def test_what_comes_before_the_conductor_is_judged_by_it(start: Join, sink: Sink, site: Site) -> None:
    page = start(first_click=["#dead"], success=[{"click": "#alive"}])
    sink.wait_for("S")
    held: list[Route] = []
    page.route(CONDUCTOR, lambda route: held.append(route))
    go_alone(page, f"{site.url}/plain.html")
    page.click("#dead")
    page.click("#alive")
    page.evaluate("usabtest.event('paid', { items: 2 })")
    before = page.evaluate("Date.now()")
    held[0].continue_()
    sink.wait_for("x")
    [met] = sink.wait_for("M")

    assert [(event[3], event[-1]) for event in sink.fields("c")] == [("#dead", 11), ("#alive", 9)]
    assert met[2:] == [0, "/plain.html", "success", 0]
    assert met[1] <= before
    assert sink.fields("x")[0][3:] == ["paid", {"items": 2}]
    sink.assert_whole()


def test_a_task_that_starts_before_a_frame_has_its_conductor(join: Join, sink: Sink, site: Site) -> None:
    page = join()
    held: list[Route] = []
    page.route(CONDUCTOR, lambda route: held.append(route) if route.request.frame.parent_frame else route.continue_())
    page.goto(f"{site.url}/routes.html")
    page.frame_locator("#frame").locator("#dead").wait_for()
    page.locator("usabtest-widget").get_by_role("button", name="Start task").click()
    sink.wait_for("S")
    held[0].continue_()
    page.frames[1].wait_for_function("usabtestCalls.push !== [].push")
    page.frame_locator("#frame").locator("#dead").click()
    sink.wait_for("c")

    assert [event[:4] for event in sink.fields("c")] == [["c", 0, "/plain.html", "#dead"]]


def test_a_page_that_goes_before_the_conductor_has_come(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    sink.wait_for("S")
    page.route(CONDUCTOR, lambda route: route.abort())
    go_alone(page, f"{site.url}/inputs.html")
    page.click("#inside")
    page.evaluate("usabtest.event('left'); usabtest.error('Sold out'); usabtest.success()")
    page.unroute(CONDUCTOR)
    page.goto(f"{site.url}/next.html")
    sink.wait_for("M")

    assert [event[:3] for event in sink.fields("v", "c", "u")[-4:]] == [
        ["v", 0, "/inputs.html"],
        ["c", 0, "/inputs.html"],
        ["u", 0, "/inputs.html"],
        ["v", 0, "/next.html"],
    ]
    assert sink.fields("x", "m", "M") == [
        ["x", 0, "/inputs.html", "left", None],
        ["m", 0, "/inputs.html", "Sold out"],
        ["M", 0, "/inputs.html", "success", None],
    ]
    sink.assert_whole()


@pytest.mark.parametrize("part", ["conduct", "widget"])
def test_a_part_that_did_not_come_is_asked_for_again(start: Join, sink: Sink, site: Site, part: str) -> None:
    page = start()
    sink.wait_for("S")
    refused: list[str] = []
    page.route(f"**/snippet/{part}-*.js", lambda route: route.abort())
    page.on("requestfailed", lambda request: refused.append(request.url))
    go_alone(page, f"{site.url}/next.html")

    page.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()
    assert refused


def test_a_widget_that_breaks_is_not_the_pages_error(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    sink.wait_for("S")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script("customElements.define = () => { throw new Error('not here') }")
    page.goto(f"{site.url}/plain.html")
    page.click("#dead")
    sink.wait_for("c")

    assert not errors
    assert not sink.fields("j")
