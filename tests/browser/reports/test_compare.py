"""Comparing in a real browser: nothing that axe finds, nothing scrolls sideways; choosing works without scripts."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.accessible import assert_accessible, assert_right_at_each_width
from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp, open_context
from tests.browser.reports.test_pages import LONG, open_page
from tests.factories import make_study
from tests.measured import make_people
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.db import transaction
from usabtest.studies import actions as studies_actions

ARABIC = "ادفع بقسيمة الشراء التي وصلتك مع الرسالة"
AFTER = ["sus", "nps", "csat", "ces", "umux_lite"]
TASKS = [*FULL["tasks"][:2], {**FULL["tasks"][2], "title": LONG}]
PAGES = [
    "/studies/two/compare",
    "/studies/two/compare?benchmarks=1",
    "/studies/two/compare?a.device=phone&b.device=desktop",
    "/studies/two/compare?with=arabic",
    "/studies/two/compare?with=nobody",
    "/studies/two/compare?with=two",
    "/studies/two/benchmarks",
]


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, _: FlaskClient) -> None:
    made = {}
    for place, (key, title, count) in enumerate(
        [("one", "Shop checkout", 14), ("two", LONG, 12), ("arabic", ARABIC, 9), ("nobody", "Nobody", 0)]
    ):
        tasks = [{**TASKS[0], "title": ARABIC}, *TASKS[1:]] if key == "arabic" else TASKS
        study = make_study(rosa, **{**FULL, "key": key, "title": title, "tasks": tasks, "after": AFTER})
        make_people(study, count, seed=place)
        made[key] = study
    with transaction():
        studies_actions.set_previous(made["two"], made["one"])


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wrong_with_any_page(rosa: BrowserContext, address: str) -> None:
    page, faults = open_page(rosa, address, 1280)
    page.evaluate("document.querySelectorAll('main details:not(.filter-menu)').forEach((one) => (one.open = true))")

    assert_right_at_each_width(page)
    assert faults == []


def test_dark_hides_nothing_from_axe(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/two/compare", 1280)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.reload()

    assert_accessible(page)


def test_what_is_compared_is_changed_without_scripts(browser: Browser, site: OurApp) -> None:
    context = open_context(browser, site, scripts=False)
    page, _ = open_page(context, "/studies/two/compare", 1280)
    expect(page.get_by_text("Same tasks, criteria, limits and questions in both rounds.")).to_be_visible()

    page.get_by_text("Change what is compared").click()
    page.get_by_label("Compare with", exact=True).select_option(label=ARABIC)
    page.get_by_role("button", name="Compare these").click()

    expect(page.get_by_text("Not everything here can be compared.")).to_be_visible()
    expect(page.get_by_text("No difference is drawn for it.")).to_be_visible()
    context.close()


def test_a_sentence_that_begins_with_an_arabic_title_still_runs_to_the_right(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/arabic/compare?with=two", 1280)
    told = page.locator(".sameness-lines").get_by_role("listitem")

    expect(told.filter(has_text=ARABIC).first).to_be_visible()
    for line in told.all():
        expect(line).to_have_css("direction", "ltr")


def test_two_groups_are_chosen_and_filtered(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/two/compare", 1280)
    words = page.get_by_role("button", name="adjusted Wald for the difference")
    meaning = page.locator(f"#{words.first.get_attribute('popovertarget')}")
    words.first.click()
    words.last.click()
    expect(meaning).to_be_visible()
    words.last.click()
    expect(meaning).to_be_hidden()

    page.get_by_text("Change what is compared").click()
    page.get_by_label("Compare with", exact=True).select_option("")
    page.get_by_label("Device, earlier or first side").select_option("phone")
    page.get_by_label("Device, later or second side").select_option("desktop")
    page.get_by_role("button", name="Compare these").click()

    expect(page.get_by_text("These groups were not named before the test")).to_be_visible()
    page.get_by_text("Add a filter").click()
    page.get_by_role("checkbox", name="Completed").check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("link", name=re.compile("Remove the filter Status: completed", re.I))).to_be_visible()
    expect(page.get_by_text("These groups were not named before the test")).to_be_visible()


def test_benchmarks_are_set(rosa: BrowserContext) -> None:
    page, _ = open_page(rosa, "/studies/nobody/compare?benchmarks=1", 1280)
    page.get_by_text("Change what is compared").click()
    page.get_by_role("link", name="Set the benchmarks").click()
    page.get_by_label("How usable it felt (SUS)").fill("many")
    page.get_by_role("button", name="Save benchmarks").click()
    expect(page.get_by_role("link", name="a number from 0 to 100 belongs here")).to_be_visible()

    page.get_by_label("How usable it felt (SUS)").fill("75")
    page.get_by_role("button", name="Save benchmarks").click()
    expect(page.get_by_text("set by the moderator")).to_be_visible()
