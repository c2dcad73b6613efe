"""The widget among the site's own things: style, focus, shortcuts, modal dialogs, a body that is thrown away."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.widget.conftest import Show, steps
from tests.browser.widget.study import WHY, answered, ended, make_task, running


def box_of(widget: Locator) -> FloatRect:
    box = widget.bounding_box()
    assert box is not None
    return box


def corner_of(widget: Locator, width: int = 1280, height: int = 720) -> str:
    box = box_of(widget)
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return ("top" if middle[1] < height / 2 else "bottom") + (" left" if middle[0] < width / 2 else " right")


@pytest.mark.parametrize("at", ["shop.html", "quirks.html"])
@pytest.mark.parametrize("site_class", ["", "transformed", "hostile"])
def test_it_stands_in_its_corner_whatever_the_site_does(page: Page, show: Show, at: str, site_class: str) -> None:
    widget = show(at=at)
    page.evaluate("name => document.documentElement.className = name", site_class)
    page.evaluate("scrollTo(0, 400)")

    box = box_of(widget)
    assert box["width"] == 340
    assert box["x"] + box["width"] == pytest.approx(1280 - 20, abs=16)  # a scroll bar may take its part
    assert box["y"] + box["height"] == pytest.approx(720 - 20, abs=1)
    title = widget.get_by_role("heading")
    expect(title).to_have_css("letter-spacing", "normal")
    expect(title).to_have_css("text-transform", "none")


def test_other_recorders_are_told_to_leave_it_out(page: Page, show: Show) -> None:
    show()

    host = page.locator("usabtest-widget")
    expect(host).to_have_class("ph-no-capture")
    expect(host).to_have_attribute("data-sentry-block", "")
    expect(host).to_have_attribute("data-clarity-mask", "true")


def test_the_sites_shortcuts_do_not_hear_what_is_typed(page: Page, show: Show) -> None:
    widget = show(definition={"tasks": [make_task(questions=[WHY])]}, facts=ended(1, unanswered=True))
    page.evaluate("heard.length = 0; window.addEventListener('keydown', e => seen = e.composedPath().length, true)")

    widget.get_by_role("textbox").press_sequentially("s")

    assert page.evaluate("heard") == []
    assert page.evaluate("seen") > 5  # the capture phase on window still sees inside


def test_it_works_inside_the_sites_modal_dialog(page: Page, show: Show) -> None:
    widget = show(facts=running())

    page.get_by_role("button", name="Open terms").click()
    expect(page.locator("dialog > usabtest-widget")).to_have_count(1)
    widget.get_by_role("button", name="Hide task").click()
    widget.get_by_role("button", name="Show task").click()
    page.get_by_role("button", name="Agree").click()
    expect(page.locator("html > usabtest-widget")).to_have_count(1)
    widget.get_by_role("button", name="I'm done").click()

    assert steps(page) == [["done"]]


def test_what_is_typed_survives_a_dialog_that_opens_by_itself(page: Page, show: Show) -> None:
    widget = show(definition={"tasks": [make_task(questions=[WHY])]}, facts=ended(1, unanswered=True))
    widget.get_by_role("textbox").fill("Half")

    page.evaluate("document.getElementById('terms').showModal()")
    expect(page.locator("dialog > usabtest-widget")).to_have_count(1)
    widget.get_by_role("textbox").press_sequentially("way")

    expect(widget.get_by_role("textbox")).to_have_value("Halfway")


def test_it_joins_a_dialog_in_the_sites_shadow_root(page: Page, show: Show) -> None:
    widget = show(facts=running())

    page.evaluate(
        """() => {
            const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
            const dialog = root.appendChild(document.createElement('dialog'))
            dialog.append(document.createElement('button'))
            dialog.showModal()
        }"""
    )
    widget.get_by_role("button", name="I'm done").click()

    assert steps(page) == [["done"]]


def test_it_joins_a_dialog_that_a_library_draws_and_traps_focus_in(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate(
        """() => {
            const dialog = document.body.appendChild(document.createElement('div'))
            dialog.ariaModal = 'true'
            dialog.setAttribute('role', 'dialog')
            dialog.append(document.createElement('button'))
            for (const name of ['pointerdown', 'click']) document.addEventListener(name, (event) => {
                if (dialog.hidden || dialog.contains(event.target)) return
                event.preventDefault()
                event.stopImmediatePropagation()
            }, true)
            dialog.firstChild.focus()
            window.drawn = dialog
        }"""
    )

    widget.get_by_role("button", name="Hide task").click()
    expect(widget.get_by_role("button", name="Show task")).to_be_visible()
    page.evaluate("drawn.hidden = true")
    expect(page.locator("html > usabtest-widget")).to_have_count(1)
    page.evaluate("drawn.remove()")

    widget.get_by_role("button", name="Show task").click()
    widget.get_by_role("button", name="I'm done").click()
    assert steps(page) == [["done"]]


def test_a_site_that_keeps_removing_it_stays_alive(page: Page, show: Show) -> None:
    widget = show(facts=running())
    page.evaluate(
        """() => {
            let removals = 0
            new MutationObserver(() => {
                const widget = document.querySelector('usabtest-widget')
                if (!widget || removals >= 5) return
                widget.remove()
                document.body.dataset.removals = ++removals
            }).observe(document, { subtree: true, childList: true })
            document.querySelector('usabtest-widget').remove()
        }"""
    )

    expect(page.locator("body")).to_have_attribute("data-removals", "5")
    expect(widget).to_be_visible()


def test_it_comes_back_when_the_site_replaces_its_body_or_everything(page: Page, show: Show) -> None:
    widget = show(facts=running())

    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    expect(widget).to_be_visible()
    page.evaluate("document.querySelector('usabtest-widget').remove()")
    expect(widget).to_be_visible()
    page.evaluate("document.documentElement.replaceChildren(document.createElement('body'))")

    widget.get_by_role("button", name="I'm done").click()
    assert steps(page) == [["done"]]


def test_it_yields_to_the_focused_element(page: Page, show: Show) -> None:
    widget = show(facts=running())
    assert corner_of(widget) == "bottom right"

    page.locator("#corner").focus()

    assert corner_of(widget) != "bottom right"
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()


def test_it_folds_where_no_corner_is_free(page: Page, show: Show) -> None:
    widget = show(width=360, height=560)
    chat = page.locator("#corner")
    chat.evaluate("element => element.className = 'tall'")

    chat.focus()

    expect(widget.get_by_role("button", name="Show task")).to_be_visible()
    expect(widget.get_by_role("button", name="Start task")).to_be_hidden()
    expect(page.locator("usabtest-widget")).to_have_js_property("offsetLeft", 8)  # away from the chat's corner


def test_it_does_not_move_away_while_it_holds_the_focus(page: Page, show: Show) -> None:
    widget = show(facts=running())
    before = box_of(widget)

    widget.get_by_role("button", name="I give up").focus()
    page.set_viewport_size({"width": 1280, "height": 721})

    assert box_of(widget)["x"] == before["x"]
    assert corner_of(widget) == "bottom right"


def test_it_is_dragged_to_a_corner_and_stays_there(page: Page, show: Show) -> None:
    widget = show(facts=running())
    head = widget.get_by_text("Task 1 of 2").bounding_box()
    assert head is not None

    page.mouse.move(head["x"] + 30, head["y"] + 10)
    page.mouse.down()
    page.mouse.move(500, 300, steps=4)
    page.mouse.move(200, 80, steps=4)
    page.mouse.up()

    assert corner_of(widget) == "top left"
    assert box_of(widget)["x"] == 20
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    widget = show(facts=running(), kept=page.evaluate("test.kept"))
    assert corner_of(widget) == "top left"


def test_dragging_the_pill_does_not_open_it(page: Page, show: Show) -> None:
    widget = show(facts=running())
    widget.get_by_role("button", name="Hide task").click()
    box = box_of(widget)

    page.mouse.move(box["x"] + 100, box["y"] + 24)
    page.mouse.down()
    page.mouse.move(300, 500, steps=5)
    page.mouse.up()

    assert corner_of(widget) == "bottom left"
    expect(widget.get_by_role("button", name="Show task")).to_be_visible()


def test_it_is_moved_by_keys(page: Page, show: Show) -> None:
    widget = show(facts=running())
    before = box_of(widget)
    widget.get_by_role("button", name="Move test window", exact=True).focus()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    box = box_of(widget)
    assert (box["x"], box["y"]) == (before["x"] - 24, before["y"] - 96)
    page.keyboard.press("Escape")
    assert box_of(widget) == before
    page.keyboard.press("Home")
    assert corner_of(widget) == "bottom left"
    page.keyboard.press("Home")
    assert corner_of(widget) == "top left"


def test_it_stays_inside_the_window(page: Page, show: Show) -> None:
    widget = show(facts=running())

    page.set_viewport_size({"width": 700, "height": 500})
    expect(widget.get_by_role("button", name="Leave the test")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 320, "height": 256})
    widget.get_by_role("button", name="Show task").click()
    widget.get_by_role("button", name="I'm done").click(trial=True)
    widget.get_by_role("button", name="Leave the test").click(trial=True)

    box = box_of(widget)
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 256


def test_right_to_left_mirrors_it(page: Page, show: Show) -> None:
    widget = show(definition={"language": "ar"})

    assert corner_of(widget) == "bottom left"
    expect(widget).to_have_css("direction", "rtl")


def test_it_is_not_printed(page: Page, show: Show) -> None:
    show()

    page.emulate_media(media="print")

    expect(page.locator("usabtest-widget")).to_be_hidden()


def test_a_preview_stands_inside_the_page(page: Page, show: Show) -> None:
    show()
    definition = page.evaluate("test.definition")
    page.evaluate("mounted.unmount()")

    page.evaluate("definition => mountPreview(definition, {}, 'main')", definition)

    widget = page.locator("main").get_by_role("region", name="Usability test")
    widget.get_by_role("button", name="Start task").click()
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    expect(page.locator("main > usabtest-widget")).to_have_css("position", "static")
    expect(widget.get_by_role("button", name="Move test window")).to_be_hidden()


def test_forced_colours_still_show_what_is_chosen(page: Page, show: Show) -> None:
    page.emulate_media(forced_colors="active")
    widget = show(facts=answered(0))
    ground = "element => getComputedStyle(element).backgroundColor"
    radios = widget.get_by_role("radio")

    radios.nth(3).check()

    assert radios.nth(3).evaluate(ground) != radios.nth(2).evaluate(ground)
