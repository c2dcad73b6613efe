"""Nothing is lost, whatever happens to the server or the page, and nothing is stored twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.browser.snippet.servers import AWAY, Sink, Site
from tests.browser.snippet.study import Join

# Two clicks in each: 200 for each of the ways that the server can be.
ROUNDS = 100


def clicks(sink: Sink) -> list[str]:
    return [event[3] for event in sink.fields("c")]


def wander(page: Page, rounds: int) -> None:
    """Clicks and navigates at once, over and over."""
    for _ in range(rounds):
        page.click("#next")
        page.wait_for_url("**/next.html")
        page.click("#back")
        page.wait_for_url("**/plain.html")


def visit(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(f"{site.url}/next.html")
    return page


@pytest.mark.parametrize(
    "script",
    [lambda count: 200, lambda count: 200 if count % 2 else 503, lambda count: 200 if count > 8 else AWAY],
    ids=["healthy", "half of the time 503", "away at first"],
)
def test_click_and_navigate(start: Join, sink: Sink, script: Callable[[int], int]) -> None:
    sink.script["batches"] = script
    page = start()
    wander(page, ROUNDS)
    page.reload()  # what the last page could not take over yet, the next one does
    # A server that is away is tried again after half a minute at most, and then there may be the next thing to send.
    sink.wait(lambda sink: len(sink.events("c")) >= 2 * ROUNDS, patience_s=90)

    assert clicks(sink) == ["#next", "#back"] * ROUNDS
    sink.assert_whole()


def test_what_the_page_before_has_sent_is_not_sent_again(start: Join, sink: Sink) -> None:
    page = start()
    wander(page, 5)
    sink.wait_for("c", 10)

    assert sink.copies <= 1


def test_a_closed_tab(start: Join, context: BrowserContext, sink: Sink, site: Site) -> None:
    sink.script["batches"] = 503
    page = start()
    page.click("#dead")
    page.close(run_before_unload=False)
    sink.script.clear()
    visit(context, site)

    sink.wait_for("c")
    assert clicks(sink) == ["#dead"]
    sink.assert_whole()


def test_a_killed_renderer(start: Join, context: BrowserContext, sink: Sink, site: Site) -> None:
    sink.script["batches"] = 503
    page = start()
    page.click("#dead")
    with pytest.raises(Error), page.expect_event("crash"):
        page.goto("chrome://crash")
    sink.script.clear()
    visit(context, site)

    sink.wait_for("c")
    assert clicks(sink) == ["#dead"]
    sink.assert_whole()
    sink.wait(lambda sink: any(batch["z"] for batch in sink.batches()), "the end of the dead page's stream")


def test_a_frozen_batch_is_sent_again_byte_for_byte(start: Join, sink: Sink) -> None:
    # The server stores the first two and its answer is lost on the way.
    lost: list[bytes] = []

    def script(count: int) -> int:
        if count <= 2:
            lost.append(b"")
            return AWAY
        return 200

    sink.script["batches"] = script
    page = start()
    page.click("#dead")
    sink.wait_for("c")

    sent = [body for (name, _), body in zip(sink.requests, sink.raw, strict=True) if name == "batches"]
    assert sent[0] == sent[1] == sent[2]


def test_a_refused_batch_is_parked_and_counted(start: Join, sink: Sink) -> None:
    sink.script["batches"] = lambda count: 413 if count == 1 else 200
    page = start()
    sink.wait(lambda sink: sink.counts.get("batches", 0) >= 1)
    page.click("#dead")
    sink.wait_for("c")

    assert sink.batches()[-1]["d"] > 0
    assert page.evaluate("Object.keys(localStorage).some(key => key.startsWith('usabtest.parked.'))")


@pytest.mark.parametrize("status", [401, 403, 410])
def test_a_server_that_will_have_nothing_is_left_alone(start: Join, sink: Sink, status: int) -> None:
    sink.script["batches"] = status
    page = start()
    page.locator("usabtest-widget").get_by_text("stopped").or_(
        page.locator("usabtest-widget [data-connection=stopped]")
    ).first.wait_for(state="attached")
    sent = sink.counts["batches"]
    page.click("#dead")
    page.click("#next")
    page.wait_for_url("**/next.html")

    assert sink.counts["batches"] <= sent + 3
    assert page.evaluate("Object.keys(localStorage).some(key => key.startsWith('usabtest.j.'))")


def test_the_server_may_ask_for_patience(start: Join, sink: Sink) -> None:
    sink.retry_after = "2"
    sink.script["batches"] = lambda count: 429 if count == 1 else 200
    page = start()
    sink.wait(lambda sink: sink.counts.get("batches", 0) >= 1)
    asked = page.evaluate("Date.now()")
    sink.wait_for("S")

    assert page.evaluate("Date.now()") - asked >= 1900


def test_the_session_goes_on_from_what_is_stored(start: Join, sink: Sink) -> None:
    page = start()
    sink.wait_for("S")
    sink.script = {"batches": AWAY, "state": AWAY}
    page.click("#next")
    page.wait_for_url("**/next.html")
    widget = page.locator("usabtest-widget")
    widget.get_by_role("button", name="I'm done").click()
    widget.get_by_role("radio", name="5", exact=True).check()
    widget.get_by_role("button", name="Continue").click()
    page.reload()
    widget.get_by_role("button", name="Start task").click()
    page.click("#back")
    sink.script.clear()

    sink.wait(lambda sink: len(sink.events("S", "D", "A")) >= 4)
    assert [event[:2] for event in sink.fields("S", "D", "A")] == [["S", 0], ["D", 0], ["A", 0], ["S", 1]]
    sink.wait_for("c", 2)
    assert clicks(sink) == ["#next", "#back"]
    sink.wait(lambda sink: len(sink.events("v")) == 4)
    sink.assert_whole()


def test_a_site_may_clear_its_storage(start: Join, sink: Sink) -> None:
    sink.script["batches"] = 503
    page = start()
    page.click("#dead")
    page.evaluate("localStorage.clear()")
    page.click("#next")
    page.wait_for_url("**/next.html")
    sink.script.clear()

    sink.wait_for("c", 2)
    assert clicks(sink) == ["#dead", "#next"]
    page.locator("usabtest-widget").get_by_role("button", name="I'm done").wait_for()
    sink.assert_whole()


def test_a_page_comes_back_from_the_cache(start: Join, sink: Sink) -> None:
    page = start()
    page.click("#next")
    page.wait_for_url("**/next.html")
    sink.wait_for("v", 2)
    page.go_back()
    page.click("#dead")
    sink.wait_for("c", 2)

    assert clicks(sink) == ["#next", "#dead"]
    hows = [event[3] for event in sink.fields("v")]
    assert hows[0] == "load"
    assert hows[1] == "load"
    assert hows[2] in ("bfcache", "history")
    sink.assert_whole()


def test_nothing_typed_leaves_the_browser(start: Join, sink: Sink) -> None:
    page = start("/plain.html")
    page.fill("#name", "canary-name")
    page.fill("#secret", "canary-secret")
    page.evaluate("setTimeout(() => { throw new Error('no such name: ' + document.getElementById('name').value) })")
    page.evaluate("history.pushState(null, '', '/next.html?token=canary-query&q=kept#canary-fragment')")
    page.evaluate("fetch('/status/500?token=canary-request')")
    page.click("#dead")
    sink.wait_for("c")
    sink.wait_for("n")

    assert b"canary" not in b"".join(sink.bodies)
    assert sink.fields("v")[-1][2] == "/next.html?q=kept"


def test_a_page_that_goes_before_the_core_has_come(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    sink.wait_for("S")
    # Refused, not held back: what waits goes on as soon as nothing holds it any more, and may still come in time.
    page.route("**/snippet/core-*.js", lambda route: route.abort())
    page.goto(f"{site.url}/inputs.html?token=secret")
    page.click("#by-script")
    page.evaluate("setTimeout(() => { throw new Error('early') })")
    page.click("#inside")
    page.unroute("**/snippet/core-*.js")
    page.goto(f"{site.url}/next.html")
    sink.wait_for("v", 3)

    assert [event[:4] for event in sink.fields("v", "c", "j")[1:]] == [
        ["v", 0, "/inputs.html", "load"],
        ["c", 0, "/inputs.html", "#by-script"],
        ["j", 0, "/inputs.html", "error"],
        ["c", 0, "/inputs.html", "#inside"],
        ["v", 0, "/next.html", "load"],
    ]
    assert [event[-1] for event in sink.fields("c")] == [1, 1]
    sink.assert_whole()
