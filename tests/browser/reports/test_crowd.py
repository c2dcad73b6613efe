"""Many people, long titles and another script: what the pages of a report show of them, and what can be done there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessible import assert_right_at_each_width, at_each_width, fits
from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp, open_context
from tests.browser.reports.gallery import filling

TASK = "/studies/s120/report/tasks/pay"
PAGES = [
    *("/studies/s120/report", f"{TASK}?outliers=without&sort=time&order=descending&page=2"),
    *("/studies/long/report", "/studies/long/report/tasks/pay"),
    *("/studies/arabic/report", "/studies/arabic/report/tasks/pay"),
]
OPEN_ALL = "document.querySelectorAll('main details').forEach((one) => (one.open = true))"


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(filling([120]))


@pytest.fixture
def page(rosa: BrowserContext) -> Page:
    return rosa.new_page()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wrong_with_any_page(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(OPEN_ALL)

    assert_right_at_each_width(page)


def test_mirrored_it_holds_together_and_time_still_runs_to_the_right(page: Page) -> None:
    page.goto(TASK)
    times = page.get_by_role("img", name=re.compile("^Those who finished")).locator("text")
    before = times.all_text_contents()

    page.evaluate("document.documentElement.dir = 'rtl'")

    for width_px in at_each_width(page):
        assert fits(page), width_px
        boxes = zip(before, (one.bounding_box() for one in times.all()), strict=True)
        ticks = [box["x"] for words, box in boxes if box and re.fullmatch(r"\d+ (s|min|h)", words)]
        assert len(ticks) >= 2
        assert ticks == sorted(ticks)


def test_the_attempts_are_sorted_and_paged_by_keyboard(page: Page) -> None:
    page.goto(TASK)
    page.get_by_role("columnheader", name="Ease").get_by_role("link").press("Enter")
    expect(page.get_by_role("columnheader", name="Ease")).to_have_attribute("aria-sort", "ascending")
    page.wait_for_load_state()
    page.get_by_role("columnheader", name="Ease").get_by_role("link").press("Enter")
    expect(page.get_by_role("columnheader", name="Ease")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Later attempts").press("Enter")

    expect(page.get_by_text("51 to 100 of 119", exact=True)).to_be_visible()
    assert page.evaluate("location.search") == "?sort=ease&order=descending&page=2"


def test_leaving_somebody_out_asks_first_and_escape_goes_back_to_where_it_was_asked(page: Page) -> None:
    page.goto(TASK)
    page.get_by_role("link", name="Leave out P-03").click()
    dialog = page.get_by_role("dialog", name="Leave P-03 out of the report?")

    expect(dialog.get_by_label("Reason")).to_be_focused()
    expect(dialog).to_contain_text(re.compile(r"would go from \d+ of 119 to \d+ of 118"))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="Leave out P-03")).to_be_focused()

    page.get_by_role("link", name="Leave out P-03").click()
    dialog.get_by_label("Reason").fill("Lost the connection")
    dialog.get_by_role("button", name="Leave out").click()
    expect(page.get_by_text("118 people · 95 % intervals")).to_be_visible()
    expect(page.get_by_role("link", name="Leave out P-03")).to_have_count(0)


def test_without_scripts_an_attempt_is_judged_and_filters_are_set(browser: Browser, site: OurApp) -> None:
    context = open_context(browser, site, scripts=False)
    page = context.new_page()
    page.goto(TASK)
    page.get_by_role("link", name="Judge the attempt of P-07").click()
    page.get_by_label("How it ended, as you judge it").select_option("assisted")
    page.get_by_label("Reason").fill("I read it out")
    page.get_by_role("button", name="Save judgement").click()
    expect(page.get_by_role("row", name="P-07 With help judged by hand")).to_be_visible()

    page.get_by_text("Add a filter").click()
    page.get_by_role("checkbox", name="Club members").check()
    page.get_by_role("checkbox", name="Firefox").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_text(re.compile(r"Group: Club members: \d+ of \d+ people"))).to_be_visible()
    page.get_by_role("link", name="Remove the filter Browser: Firefox").click()
    assert page.url.endswith("?group=Club+members")
    context.close()


def test_the_print_keeps_the_words_of_the_filters_and_leaves_the_buttons(page: Page) -> None:
    page.goto(f"{TASK}?device=phone")
    page.emulate_media(media="print")

    expect(page.get_by_text("Showing Device: phone", exact=True)).to_be_visible()
    for words in ("Add a filter", "Show the figures without them", "Judge"):
        for one in page.get_by_text(words, exact=True).all():
            expect(one).to_be_hidden()
