"""A test can be taken without a mouse, on the smallest phone, and with a screen reader's tree in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_accessible, assert_fits
from tests.browser.flows.demo_shop import BOOK, demo_shop
from tests.browser.flows.participant import Participant
from tests.browser.flows.server import Usabtest, wait_for
from tests.browser.flows.six import SUS, somebody
from usabtest.demo.shop.server import running_shop

TABS_AT_MOST = 60
FOCUSED = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return (at?.getAttribute('aria-label') || at?.labels?.[0]?.textContent || at?.textContent || '').trim()
}"""
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"


@pytest.fixture(scope="module")
def shop(usabtest: Usabtest) -> Iterator[str]:
    with running_shop(usabtest.snippet) as url:
        yield url


@pytest.fixture
def key(usabtest: Usabtest, shop: str) -> str:
    """A live study of its own for each test."""
    return usabtest.make_study(demo_shop(shop).study(idle_limit_min=30))


def test_by_keyboard_alone(browser: Browser, usabtest: Usabtest, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    page, widget = participant.page, participant.widget
    page.goto(participant.link)
    tab_to(page, "I agree", press="Space")
    tab_to(page, "Start", press="Enter")
    participant.button("Start task").wait_for()
    tab_to(page, "Start task", press="Enter")
    for name, address in (
        (BOOK, "**/books/**"),
        ("Add to basket", "**/basket/"),
        ("Go to payment", "**/payment/"),
    ):
        tab_to(page, name, press="Enter")
        page.wait_for_url(address)
        participant.arrived()
    for name, text in (("Name", "Ada"), ("E-mail", "ada@example.org"), ("Street and number", "Mill Lane 1")):
        tab_to(page, name)
        page.keyboard.type(text)
    tab_to(page, "Postcode")
    page.keyboard.type("SW1A 1AA")
    tab_to(page, "Place order", press="Enter")
    page.wait_for_url("**/thanks/")
    participant.arrived()
    tab_to(page, "I'm done", press="Enter")
    choose_by_keyboard(participant, 6, of=7)
    tab_to(page, "Start task", press="Enter")
    tab_to(page, "I'm done", press="Enter")
    choose_by_keyboard(participant, 7, of=7)
    for number, value in enumerate(SUS[0], 1):
        expect(widget).to_contain_text(f"Statement {number} of 10")
        choose_by_keyboard(participant, value, of=5)
    choose_by_keyboard(participant, 9, of=10, first=0)
    expect(widget).to_contain_text("have arrived")
    tab_to(page, "Finish", press="Enter")
    page.wait_for_url("**/thanks")
    participant.context.close()

    items = wait_for(lambda: ended(usabtest, key, 2), "both attempts")
    assert [item["outcome"] for item in items] == ["success", "success"]
    assert [item["clicks"] for item in items] == [0, 0]
    assert [item["activations"] for item in items] == [4, 0]
    assert [item["seq"] for item in items] == [6, 7]
    assert usabtest.report(key)["sus"]["scores"] == [85.0]


def test_on_the_smallest_phone(browser: Browser, usabtest: Usabtest, key: str) -> None:
    screen = {"width": 320, "height": 640}
    participant = somebody(
        browser, usabtest, key, viewport=screen, is_mobile=True, has_touch=True, device_scale_factor=2, user_agent=PHONE
    )
    page = participant.page
    page.goto(participant.link)
    assert_fits(page)
    participant.begin()
    assert_widget_fits(participant)
    participant.press("Start task")
    assert_widget_fits(participant)
    demo_shop("").solve(participant)
    assert_widget_fits(participant)
    show = participant.button("Show task")
    if show.is_visible():
        show.click()
        assert_widget_fits(participant)
    participant.press("I'm done")
    participant.widget.get_by_role("radio", name="7", exact=True).wait_for()
    assert_widget_fits(participant)
    participant.choose(7)
    participant.press("Start task")
    if show.is_visible():
        show.click()
    participant.press("I give up")
    participant.choose(4)
    assert_widget_fits(participant)
    participant.rate(SUS[1])
    assert_widget_fits(participant)
    participant.choose(5)
    expect(participant.widget).to_contain_text("have arrived")
    assert_widget_fits(participant)
    participant.finish()
    assert_fits(page)
    participant.context.close()

    items = wait_for(lambda: ended(usabtest, key, 2), "both attempts")
    assert [item["outcome"] for item in items] == ["success", "gave_up"]
    [person] = usabtest.items(key, "participants")
    assert (person["device"], person["status"]) == ("phone", "completed")


def test_axe_finds_nothing_on_the_way(browser: Browser, usabtest: Usabtest, key: str) -> None:
    participant = somebody(browser, usabtest, key)
    page, widget = participant.page, participant.widget
    page.goto(participant.link)
    assert_accessible(page, "welcome")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_text("Tick the box if you agree.").first.wait_for()
    assert_accessible(page, "welcome, not agreed")
    participant.begin()
    assert_accessible(page, "before the task")
    participant.press("Start task")
    assert_accessible(page, "in the task")
    participant.button("Report a problem").click()
    widget.get_by_role("textbox").wait_for()
    assert_accessible(page, "reporting a problem")
    participant.button("Cancel").click()
    participant.button("Leave the test").click()
    participant.button("Go back to the test").wait_for()
    assert_accessible(page, "about to leave")
    participant.button("Go back to the test").click()
    participant.press("I give up")
    widget.get_by_role("radio", name="7", exact=True).wait_for()
    assert_accessible(page, "after the task")
    participant.choose(2)
    participant.press("Start task")
    participant.done()
    expect(widget).to_contain_text("Statement 1 of 10")
    assert_accessible(page, "SUS")
    back = participant.context.new_page()
    back.goto(participant.link)
    expect(back.get_by_role("heading", name="Carry on where you were")).to_be_visible()
    assert_accessible(back, "carry on")
    back.close()
    participant.rate(SUS[0])
    widget.get_by_role("radio", name="10", exact=True).wait_for()
    assert_accessible(page, "would recommend")
    participant.choose(10)
    expect(widget).to_contain_text("have arrived")
    assert_accessible(page, "finish")
    participant.finish()
    assert_accessible(page, "thanks")
    page.goto(participant.link)
    assert_accessible(page, "already taken")
    participant.context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_the_shop(browser: Browser, shop: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in ("/", "/catalogue/fiction/", "/search/?q=detective", "/books/the-lamplighters-map/"):
        page.goto(shop + path)
        assert_accessible(page, path)
        assert_fits(page)
    page.get_by_role("button", name="Add to basket").click()
    for path in ("/basket/", "/payment/", "/help/", "/help/delivery/", "/help/returns/", "/help/returns/done/", "/no/"):
        page.goto(shop + path)
        assert_accessible(page, path)
        assert_fits(page)
    page.goto(f"{shop}/payment/")
    page.get_by_label("Voucher code").fill("OTTER")
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("We do not know this code.").wait_for()
    assert_accessible(page, "an unknown voucher")
    context.close()


def tab_to(page: Page, name: str, *, press: str | None = None) -> None:
    """Go with Tab to the control of this name, as far as that may be, and press a key there."""
    for _ in range(TABS_AT_MOST):
        if page.evaluate(FOCUSED) == name:
            break
        page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == name
    if press:
        page.keyboard.press(press)


def choose_by_keyboard(participant: Participant, value: int, *, of: int, first: int = 1) -> None:
    """Answer a scale with the arrow keys, and go on."""
    page = participant.page
    radio = participant.widget.get_by_role("radio", name=str(first), exact=True)
    participant.widget.get_by_role("radio", name=str(of), exact=True).wait_for()
    for _ in range(TABS_AT_MOST):
        if radio.evaluate("(radio) => radio.getRootNode().activeElement === radio"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(value - first):
        page.keyboard.press("ArrowRight")
    tab_to(page, "Continue", press="Enter")


def ended(usabtest: Usabtest, key: str, count: int) -> list[dict[str, Any]] | None:
    """All attempts, in the order of their tasks, once so many have ended."""
    items = [item for item in usabtest.items(key, "attempts") if item["ended_at"]]
    return sorted(items, key=lambda item: item["position"]) if len(items) == count else None


def assert_widget_fits(participant: Participant) -> None:
    """The widget lies within the screen."""
    # The widget takes its place in the frame after its size has changed.
    participant.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box = participant.widget.get_by_role("region").bounding_box()
    screen = participant.page.viewport_size
    assert box is not None
    assert screen is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= screen["width"] + 0.5
    assert box["y"] + box["height"] <= screen["height"] + 0.5
    assert_fits(participant.page)
