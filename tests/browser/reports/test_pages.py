"""Each page of a report, of nobody to many: nothing that axe finds, nothing that scrolls sideways, no complaint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.accessible import assert_accessible, assert_right_at_each_width, fits
from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp
from tests.browser.reports.played import play
from tests.factories import make_study
from tests.measured import make_people
from tests.web.reports.study import FULL
from usabtest.accounts.models import User

LONG = "Pay with the voucher that came with the letter, and have the rest sent to a friend"
EVERYTHING = {
    "after": [
        *("sus", "nps", "csat", "ces", "umux_lite"),
        {"key": "why", "text": "What would you change?", "type": "open"},
        {"key": "how", "text": "How did you hear of us?", "type": "choice", "options": ["Friend", "Press"]},
        {"key": "again", "text": "Would you come again?", "type": "scale", "labels": ["Never", "Surely"]},
    ]
}
PAGES = [
    *(f"/studies/s{count}/report" for count in (0, 1, 12, 40)),
    *(f"/studies/s{count}/report/tasks/pay" for count in (0, 1, 40)),
    "/studies/s12/report/tasks/find-book?device=desktop",
    *(f"/studies/s{count}/report/summary" for count in (0, 1, 12, 40)),
    "/studies/s12/report/summary/edit",
    "/studies/s3/participants/P-01",
    "/studies/s3/participants/P-04?events=all",
]


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, client: FlaskClient) -> None:
    for count in (0, 1, 3, 12, 40):
        tasks = [*FULL["tasks"][:2], {**FULL["tasks"][2], "title": LONG}]
        study = make_study(rosa, **{**FULL, "key": f"s{count}", "tasks": tasks, **(EVERYTHING if count == 40 else {})})
        make_people(study, count)
    play(client, "/s/s3")


def open_page(context: BrowserContext, address: str, width_px: int) -> tuple[Page, list[str]]:
    page = context.new_page()
    page.set_viewport_size({"width": width_px, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(address)
    return page, faults


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wrong_with_any_page(rosa: BrowserContext, address: str) -> None:
    page, faults = open_page(rosa, address, 1280)
    page.evaluate("document.querySelectorAll('main details:not(.menu)').forEach((one) => (one.open = true))")

    assert_right_at_each_width(page)
    assert faults == []


def test_dark_and_forced_colours_hide_nothing_from_axe(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report", 1280)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.reload()  # a page that is already there would fade from light to dark while axe looks at its colours

    assert_accessible(page)


def test_the_filters_stay_inside_the_page(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report", 320)

    page.get_by_text("Add a filter").click()

    expect(page.get_by_role("group", name="Device")).to_be_visible()
    for width_px in (320, 500, 640, 800):
        page.set_viewport_size({"width": width_px, "height": 900})
        assert fits(page), width_px


def test_a_filter_is_added_and_taken_off(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report", 1280)
    page.get_by_text("Add a filter").click()
    page.get_by_role("checkbox", name="phone").check()
    page.get_by_role("button", name="Show these").click()

    expect(page.get_by_role("link", name="Remove the filter Device: phone")).to_be_visible()
    page.get_by_role("link", name="Remove the filter Device: phone").click()
    expect(page.get_by_text("12 people · 95 % intervals")).to_be_visible()


def test_filters_go_along_are_named_everywhere_and_come_back(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report?device=desktop", 1280)
    named = page.get_by_role("link", name="Remove the filter Device: desktop")
    effect = page.get_by_text(re.compile(r"^Filters are on. Device: desktop: \d+ of 12 people\."))

    page.get_by_role("link", name="Find a book as a present").first.click()
    expect(page.get_by_role("heading", level=1, name="Find a book as a present")).to_be_visible()
    expect(named).to_be_visible()
    expect(effect).to_be_visible()
    page.get_by_role("link", name="Next task").click()
    expect(page.get_by_role("heading", level=1, name="Find out what delivery costs")).to_be_visible()
    expect(named).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Shop checkout, round 2")).to_be_visible()
    expect(effect).to_be_visible()

    for tab in ("Summary", "Report", "Compare"):
        page.get_by_role("navigation", name="Study").get_by_role("link", name=tab).click()
        expect(page.get_by_role("navigation", name="Study").get_by_role("link", name=tab)).to_have_attribute(
            "aria-current", "page"
        )
        expect(named).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Share report").click()
    expect(page.get_by_text("Only: Device: desktop.")).to_be_visible()


def test_an_attempt_is_judged_and_the_report_follows(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s3/participants/P-04", 1280)
    page.get_by_text("Judge this attempt").click()
    page.get_by_label("How it ended, as you judge it").select_option("assisted")
    page.get_by_label("Why").fill("I pointed to the field")
    page.get_by_role("button", name="Save judgement").click()

    expect(page.get_by_text("I pointed to the field (Rosa Lindqvist)")).to_be_visible()
    page.goto("/studies/s3/report/tasks/find-book")
    expect(page.get_by_role("row", name="P-04 With help").first).to_be_visible()


def test_no_download_is_beyond_the_edge(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report", 1280)

    page.locator("summary", has_text="Download").click()

    for width_px in (1280, 700, 320):
        page.set_viewport_size({"width": width_px, "height": 900})
        box = page.get_by_role("link", name="Report as PDF").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width_px


def test_a_researcher_words_and_orders_the_findings(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s3/report/summary", 1280)
    page.get_by_role("link", name="Edit summary").click()

    page.get_by_label("Headline of finding 1").fill("The voucher field refuses codes")
    page.get_by_role("button", name="Move finding 1 down").click()
    expect(page.get_by_text("Finding 1 is now number 2.")).to_be_attached()
    page.get_by_label("How many try it in a month").fill("1,200")
    page.get_by_label("What each of them costs").fill("lots")
    page.get_by_role("button", name="Save summary").click()

    expect(page.get_by_role("link", name="What each one who fails costs: a number belongs here.")).to_be_visible()
    page.get_by_label("What each of them costs").fill("4.20")
    page.get_by_label("Currency").fill("£")
    page.get_by_role("button", name="Save summary").click()

    expect(page.get_by_role("heading", level=3).nth(1)).to_have_text("The voucher field refuses codes")
    expect(page.get_by_text("a month").last).to_be_visible()
    page.get_by_label("Percent who fail").fill("50")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("about £2,500 a month")).to_be_visible()


def test_a_word_is_explained_by_keyboard(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s12/report", 1280)
    page.get_by_role("button", name="SUS").press("Enter")

    expect(page.get_by_text("It is no percentage: 68 is average.")).to_be_visible()


def test_a_file_says_that_it_is_being_made_until_it_is_there(rosa: BrowserContext) -> None:
    page, faults = open_page(rosa, "/studies/s3/report?device=desktop", 1280)
    asked: list[Route] = []
    page.route("**/report.pdf?*", lambda route: asked.append(route))
    page.get_by_text("Download", exact=True).click()
    link = page.locator("a", has_text="Report as PDF")
    link.click()

    busy = page.get_by_role("link", name="Making the PDF")
    expect(busy).to_have_attribute("aria-disabled", "true")
    expect(busy).to_be_focused()
    with page.expect_download() as download:
        asked[0].continue_()

    assert download.value.suggested_filename == "s3-report.pdf"
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    expect(link).to_have_text("Report as PDF")
    assert faults == []


def test_a_file_that_cannot_be_made_shows_why(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/s3/report", 1280)
    page.locator("a", has_text="Slides").evaluate("link => link.href = '/studies/s3/report.pdf?nonsense=1'")
    page.get_by_text("Download", exact=True).click()

    page.get_by_role("link", name="Slides").click()

    expect(page.get_by_text("there is no such filter")).to_be_visible()
