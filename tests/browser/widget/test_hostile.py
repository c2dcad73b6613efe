"""The widget on pages that are at war with whatever stands on them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.widget.conftest import Show, steps
from tests.browser.widget.study import make_definition, running

ON_TOP = """name => {
    const { left, top, width, height } = document.querySelector(name).getBoundingClientRect()
    return document.elementFromPoint(left + width / 2, top + height - 20)?.localName
}"""


def finish(widget: Locator, page: Page) -> None:
    widget.get_by_role("button", name="I'm done").click()
    assert steps(page) == [["done"]]


def assert_in_its_corner(page: Page, widget: Locator) -> None:
    # A window that changes is answered with the next picture.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box = widget.bounding_box()
    size = page.viewport_size
    assert box
    assert size
    assert box["width"] == pytest.approx(340, abs=1)
    assert box["x"] + box["width"] == pytest.approx(size["width"] - 20, abs=16)
    assert box["y"] + box["height"] == pytest.approx(size["height"] - 20, abs=1)


@pytest.mark.parametrize("at", ["shop.html", "quirks.html"])
@pytest.mark.parametrize("war", ["unset", "filtered", "vertical", "zoomed", "walled"])
def test_no_style_of_the_site_moves_hides_or_covers_it(page: Page, show: Show, at: str, war: str) -> None:
    widget = show(at=at, facts=running())
    page.evaluate("name => { document.documentElement.className = name }", war)
    page.set_viewport_size({"width": 1280, "height": 700})

    assert_in_its_corner(page, widget)
    assert page.evaluate(ON_TOP, "usabtest-widget") == "usabtest-widget"
    finish(widget, page)


def test_no_style_that_a_script_sets_hides_it(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate(
        """() => {
            const widget = document.querySelector('usabtest-widget')
            const away = { display: 'none', opacity: '0', transform: 'scale(0)', left: '-9000px' }
            for (const name in away) widget.style.setProperty(name, away[name], 'important')
            widget.hidden = true
            widget.className = 'other'
        }"""
    )

    assert_in_its_corner(page, widget)
    finish(widget, page)


def test_it_stands_above_a_popover_that_fills_the_window(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate(
        """() => {
            const menu = document.body.appendChild(document.createElement('div'))
            menu.popover = 'manual'
            menu.style.cssText = 'width: 100vw; height: 100vh; background: #eee'
            menu.showPopover()
        }"""
    )

    page.wait_for_function(f"({ON_TOP})('usabtest-widget') === 'usabtest-widget'")
    finish(widget, page)


def test_it_stands_above_what_fills_the_screen(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate("document.getElementById('open').onclick = () => document.querySelector('main').requestFullscreen()")
    page.locator("#open").click()

    page.wait_for_function("document.fullscreenElement")
    page.wait_for_function(f"({ON_TOP})('usabtest-widget') === 'usabtest-widget'")
    finish(widget, page)


def test_it_joins_a_modal_dialog_in_a_closed_shadow_root(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate(
        """() => {
            const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' })
            window.shut = root.appendChild(document.createElement('dialog'))
            shut.append('Shut')
            shut.showModal()
        }"""
    )
    page.wait_for_function("shut.querySelector('usabtest-widget')")
    # From outside nobody sees into a closed root, not even a test.
    page.evaluate("shut.querySelector('usabtest-widget').shadowRoot.querySelector('.primary').click()")
    page.evaluate("shut.close()")

    expect(page.locator("html > usabtest-widget")).to_have_count(1)
    expect(widget).to_be_visible()
    assert steps(page) == [["done"]]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_at_four_hundred_percent_everything_can_be_reached(page: Page, show: Show, direction: str) -> None:
    widget = show(width=320, height=180, facts=running())
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)

    widget.get_by_role("button", name="Show task").click()
    for name in ("I give up", "Report a problem", "Leave the test", "Hide task"):
        widget.get_by_role("button", name=name).click(trial=True)
    box = widget.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    finish(widget, page)


def test_it_is_pressed_and_dragged_by_touch(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/shop.html")
    page.locator("html[data-ready]").wait_for()
    # What maps and games do, so that the browser leaves all touches to them.
    page.evaluate("document.documentElement.style.touchAction = 'none'")
    page.evaluate("([definition, state]) => mountWidget(definition, state)", [make_definition(), {"facts": running()}])
    widget = page.get_by_role("region", name="Usability test", exact=True)
    widget.get_by_role("button", name="Show task").tap()
    widget.get_by_role("button", name="Hide task").wait_for()
    head = widget.get_by_text("Task 1 of 2").bounding_box()
    assert head

    client = context.new_cdp_session(page)
    x, y = head["x"] + 20, head["y"] + 10
    moves = [("touchMove", [(x, y - 60 * step)]) for step in range(1, 9)]
    for kind, points in [("touchStart", [(x, y)]), *moves, ("touchEnd", [])]:
        touches = [{"x": left, "y": top} for left, top in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    page.wait_for_function("document.querySelector('usabtest-widget').getBoundingClientRect().top < 20")

    assert page.evaluate("test.kept.place") in ("tl", "tr")
    context.close()
