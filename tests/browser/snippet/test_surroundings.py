"""What is told of a page besides what happens on it: how far, how steady, how active, in which window."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from tests.browser.snippet.servers import Sink, Site
from tests.browser.snippet.study import Join


def leave(page: Page) -> None:
    page.click("#next")
    page.wait_for_url("**/next.html")


def test_how_far_a_page_was_looked_at(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("document.body.style.height = '3000px'")
    for top in (400, 100, 900):
        page.evaluate("top => scrollTo(0, top)", top)
        page.wait_for_function("top => scrollY === top", arg=top)
        sink.wait_for("d", 1 if top < 900 else 2)

    height = page.evaluate("document.scrollingElement.scrollHeight")
    assert [event[3:] for event in sink.fields("d")] == [[1120, height], [1620, height]]


def test_a_part_that_scrolls_is_the_page_if_it_fills_the_window(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate(
        """() => {
            const part = document.body.appendChild(document.createElement('div'))
            part.id = 'part'
            part.append(document.createElement('p'))
            part.style.cssText = 'position: fixed; inset: 0; overflow: auto'
            part.firstChild.style.cssText = 'height: 5000px; margin: 0'
            part.scrollTop = 280
        }"""
    )
    sink.wait_for("d")

    assert sink.fields("d")[0][3:] == [1000, 5000]


def test_a_click_says_how_far_the_page_is_scrolled(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate("document.body.style.height = '3000px'; document.body.style.width = '3000px'; scrollTo(30, 40)")
    box = page.locator("#dead").bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.evaluate("scrollTo(0, 0)")
    page.click("#alive")
    sink.wait_for("c", 2)

    assert [event[11:] for event in sink.fields("c")] == [[None, 30, 40], []]


def test_how_a_field_was_filled_in_and_never_with_what(start: Join, sink: Sink) -> None:
    page = start()
    page.locator("#name").press_sequentially("canary")
    page.locator("#secret").press_sequentially("canary")
    page.focus("#mail")
    page.click("#box")
    sink.wait_for("e", 2)

    [name, secret] = sink.fields("e")
    assert name[3:5] == ["#name", 6]
    assert 0 <= name[5] <= name[6]
    assert secret[3:6] == ["#secret", None, None]
    assert b"canary" not in b"".join(sink.bodies)


def test_when_the_participant_was_active(start: Join, sink: Sink) -> None:
    page = start()
    page.mouse.move(5, 5)
    page.click("#dead")
    leave(page)
    sink.wait_for("a")

    [stretch, *_] = sink.events("a")
    [first, last] = [event[1] for event in sink.events("c")]
    assert first <= stretch[1] <= last
    assert stretch[4] > 0


def test_vitals_are_told_when_the_page_goes(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate(
        """() => new Promise((done) => {
            const line = document.createElement('hr')
            const shift = () => { line.style.height = line.offsetHeight > 150 ? '100px' : '200px' }
            new PerformanceObserver((list) => {
                // Right after a press the browser holds it responsible.
                if (list.getEntries().some(({ hadRecentInput }) => !hadRecentInput)) done()
                else shift()
            }).observe({ type: 'layout-shift' })
            document.body.prepend(line)
            shift()
        })"""
    )
    leave(page)
    sink.wait_for("w")

    [[_, attempt, identity, shift, _]] = sink.fields("w")
    assert (attempt, identity) == (0, "/plain.html")
    assert 0 < shift < 1


def test_the_window_changes_its_size(start: Join, sink: Sink) -> None:
    page = start()
    page.set_viewport_size({"width": 800, "height": 600})
    sink.wait_for("s")

    assert sink.fields("s") == [["s", 0, "/plain.html", 800, 600]]


def test_elements_that_fail_are_told_once_an_address(start: Join, sink: Sink, site: Site) -> None:
    page = start()
    page.evaluate(
        """() => {
            for (const address of ['/status/404?secret=1', '/status/404?secret=1', '', '/closed']) {
                document.body.append(Object.assign(new Image(), { src: address }))
            }
        }"""
    )
    sink.wait_for("n", 2)

    assert sorted(event[3:] for event in sink.fields("n")) == [
        ["element", "img", f"{site.url}/closed", 0, 0, None],
        ["element", "img", f"{site.url}/status/404", 404, 0, None],
    ]


def test_a_click_in_a_frame_without_the_tag_stands_in_its_parents_viewport(start: Join, sink: Sink) -> None:
    page = start()
    page.evaluate(
        """() => new Promise((done) => {
            const frame = document.createElement('iframe')
            Object.assign(frame, { id: 'inner', name: 'inner', onload: done })
            frame.srcdoc = '<button id="buy" style="position: fixed; left: 20px; top: 30px; width: 100px">Buy</button>'
            frame.style.cssText = 'position: fixed; left: 300px; top: 200px; border: 5px solid; padding: 0'
            document.body.append(frame)
        })"""
    )
    page.mouse.click(300 + 5 + 20 + 25, 200 + 5 + 30 + 10)
    sink.wait_for("c")

    [[_, attempt, identity, selector, x, _, left, top, *_]] = sink.fields("c")
    assert (attempt, identity, selector) == (0, "/plain.html", "#inner >>> #buy")
    assert (x, left, top) == (250, 350, 245)
    assert abs(sink.events("c")[0][1] - sink.events("S")[0][1]) < 60_000


def test_the_window_loses_and_gets_the_focus(start: Join, context: BrowserContext, sink: Sink) -> None:
    page = start()
    client = context.new_cdp_session(page)
    client.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = context.new_page()
    other.bring_to_front()
    sink.wait_for("o")
    page.bring_to_front()
    sink.wait_for("o", 2)

    assert [event[3] for event in sink.fields("o")] == ["blurred", "focused"]
