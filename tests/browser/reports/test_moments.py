"""The moments of an attempt: gone through by arrow keys, linked to from wherever something is told of them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp, open_context
from tests.browser.reports.played import play
from tests.factories import make_study
from tests.web.reports.study import FULL
from usabtest.accounts.models import User

PERSON = "/studies/shop/participants/P-01"


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, client: FlaskClient) -> None:
    make_study(rosa, **{**FULL, "key": "shop"})
    play(client, "/s/shop")


@pytest.fixture
def page(rosa: BrowserContext) -> Page:
    return rosa.new_page()


def test_arrow_keys_go_from_moment_to_moment(page: Page) -> None:
    page.goto(PERSON)
    refused = page.get_by_role("link", name="0:28 A form was refused")
    angry = page.get_by_role("link", name="0:35 Angry clicking")
    cursor = page.locator("[data-cursor]")

    page.get_by_role("link", name="0:00 Pressed “Start task”").focus()
    page.keyboard.press("ArrowDown")
    expect(refused).to_be_focused()
    place = cursor.get_attribute("x1")
    page.keyboard.press("ArrowRight")
    expect(angry).to_be_focused()
    assert cursor.get_attribute("x1") != place
    page.keyboard.press("ArrowUp")
    expect(refused).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("link", name="0:50 Pressed “I’m done”")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="0:50 Pressed “I’m done”")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("link", name="0:00 Pressed “Start task”")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Show all")).to_be_focused()


def test_an_address_leads_to_its_moment(page: Page) -> None:
    page.goto(f"{PERSON}?attempt=0#at-35000")
    angry = page.get_by_role("link", name="0:35 Angry clicking")

    expect(angry).to_be_focused()
    expect(angry).to_be_in_viewport()
    expect(angry).to_have_css("background-color", "rgb(255, 226, 122)")
    page.get_by_role("link", name="0:28 A form was refused").press("Enter")
    expect(page).to_have_url(re.compile(r"#at-28000$"))
    page.go_back()
    expect(angry).to_be_focused()


def test_without_scripts_each_moment_is_a_link_and_tab_goes_through_them(browser: Browser, site: OurApp) -> None:
    context = open_context(browser, site, scripts=False)
    page = context.new_page()
    page.goto(f"{PERSON}?attempt=0#at-28000")

    expect(page.get_by_role("link", name="0:28 A form was refused")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="0:35 Angry clicking")).to_be_focused()
    expect(page.get_by_text("Arrow keys go")).to_be_hidden()
    context.close()


def test_where_something_went_wrong_leads_to_when_it_did(page: Page) -> None:
    page.goto("/studies/shop/report/tasks/find-book")
    where = page.get_by_role("region", name="Where", exact=True)
    where.get_by_role("listitem").filter(has_text="Angry clicking").get_by_text("See the moment").click()
    where.get_by_role("link", name="P-01 at 0:35").click()

    expect(page.get_by_role("link", name="0:35 Angry clicking")).to_be_focused()
    page.go_back()
    page.get_by_role("row", name="P-01").get_by_role("link", name=re.compile("first moment of trouble")).click()
    expect(page.get_by_role("link", name="0:28 A form was refused")).to_be_focused()


def test_a_glyph_and_a_finding_lead_to_the_attempt(page: Page) -> None:
    page.goto("/studies/shop/report")
    page.get_by_role("link", name="P-01: Failed").click()
    expect(page.get_by_role("heading", name=re.compile("^Task 1: Find a book as a present"))).to_be_visible()

    page.goto("/studies/shop/report/summary")
    page.get_by_role("link", name="See the moments of finding 1").click()
    expect(
        page.get_by_role("heading", name=re.compile("^Attempts that did not succeed|^Every attempt"))
    ).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^P-01 Failed"))).to_be_in_viewport()
