"""Script errors, failed requests, refused forms."""

from __future__ import annotations

import pytest

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join


def test_script_errors_and_rejections(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("void Promise.reject(new Error('refused'))")
    page.evaluate("void Promise.reject()")
    page.evaluate("void Promise.reject(Object.create(null))")
    sink.wait_for("j", 4)

    assert [event[3:5] for event in sink.fields("j")] == [
        ["error", "Uncaught Error: broken"],
        ["rejection", "refused"],
        ["rejection", "undefined"],
        ["rejection", ""],
    ]


@pytest.mark.parametrize("how", ["fetch", "xhr"])
@pytest.mark.parametrize(
    ("address", "status", "flags"),
    [("/status/503", 503, 0), ("/status/401", 401, 0), ("/closed", 0, 0), ("/hang", 0, 1)],
)
def test_failed_requests(start: Join, sink: Sink, site: Site, how: str, address: str, status: int, flags: int) -> None:
    page = start()
    page.evaluate(
        """([how, address, abort]) => {
            if (how === 'fetch') {
                const control = new AbortController()
                fetch(address, { method: 'post', signal: control.signal }).catch(() => {})
                if (abort) setTimeout(() => control.abort(), 100)
            } else {
                const request = new XMLHttpRequest()
                request.open('POST', address)
                request.send()
                if (abort) setTimeout(() => request.abort(), 100)
            }
        }""",
        [how, f"{address}?secret=1", flags],
    )
    sink.wait_for("n")

    [[*_, duration]] = sink.fields("n")
    assert sink.fields("n") == [["n", 0, "/plain.html", how, "POST", site.url + address, status, flags, duration]]
    assert duration >= 0


def test_what_works_is_not_recorded(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("fetch('/next.html').then(answer => answer.text())")
    page.evaluate("fetch('/closed', { mode: 'no-cors' }).catch(() => {})")
    sink.wait_for("n")

    assert [event[5].rsplit("/", 1)[1] for event in sink.fields("n")] == ["closed"]


def test_a_failure_that_nobody_handles_stays_unhandled(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("void fetch('/closed')")
    sink.wait_for("j")

    assert [event[3:5] for event in sink.fields("j")] == [["rejection", "Failed to fetch"]]
    assert len(sink.fields("n")) == 1


def test_our_own_failures_are_not_the_sites(start: Join, sink: Sink) -> None:
    faults: list[str] = []
    page = start()
    page.on("pageerror", lambda error: faults.append(str(error)))
    sink.script["batches"] = lambda count: 200 if count > 4 else 0
    page.click("#dead")
    sink.wait_for("c")

    assert sink.events("n", "j") == []
    assert faults == []


def test_a_missing_page_tells_its_status(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    page.goto(f"{site.url}/status/404")
    sink.wait_for("v", 2)

    assert [event[-1] for event in sink.fields("v")] == [200, 404]


def test_a_flood_is_capped_and_counted(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("for (let i = 0; i < 500; i++) setTimeout(() => { throw new Error('again') })")
    sink.wait(lambda sink: sum(event[5] for event in sink.events("r")) == 400)

    assert len(sink.events("j")) == 100


def test_a_refused_form_counts_each_field_once(start: Join, sink: Sink) -> None:
    page = start()
    page.click("#send")
    sink.wait_for("f", 2)
    page.click("#send")
    sink.wait_for("f", 4)

    assert [event[3:] for event in sink.fields("f")] == [["#name", "native"], ["#mail", "native"]] * 2


def test_asking_twice_in_one_submission_is_one_refusal(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("() => { dead.onclick = () => [form.checkValidity(), form.reportValidity(), form.checkValidity()] }")
    page.click("#dead")
    sink.wait_for("g")

    assert [event[3:] for event in sink.fields("f")] == [["#name", "native"], ["#mail", "native"]]


def test_fields_marked_as_invalid_count_once_a_load(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("document.getElementById('mail').setAttribute('aria-invalid', 'true')")
    page.evaluate("document.getElementById('mail').setAttribute('aria-invalid', 'false')")
    page.evaluate("document.getElementById('mail').setAttribute('aria-invalid', 'true')")
    page.click("#alive")
    page.evaluate("out.innerHTML = '<input id=later aria-invalid=true>'")
    sink.wait_for("f", 2)

    assert [event[3:] for event in sink.fields("f")] == [["#mail", "aria"], ["#later", "aria"]]


def test_the_sites_own_words(start: Join, sink: Sink) -> None:
    page = start(success=[{"event": "order-placed"}])
    page.evaluate("usabtest.event('seen', { items: 2 })")
    page.evaluate("usabtest.event('order-placed')")
    page.evaluate("usabtest.error('no stock')")
    page.evaluate("usabtestCalls.push(['success'])")
    sink.wait_for("y")

    assert [[event[0], *event[3:]] for event in sink.fields("x", "m", "y", "M")] == [
        ["x", "seen", {"items": 2}],
        ["x", "order-placed", None],
        ["M", "success", 0],
        ["m", "no stock"],
        ["y", "success"],
    ]
