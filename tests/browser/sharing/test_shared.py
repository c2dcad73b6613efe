"""A shared report in a real browser: made by a researcher, read by somebody who has no account, scripts or not."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.accessible import assert_accessible, assert_right_at_each_width
from tests.browser.conftest import RunFilled
from tests.browser.our_app import OurApp
from tests.browser.reports.test_pages import EVERYTHING, LONG
from tests.factories import make_study, now
from tests.measured import make_answers, make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING as EVERY_SECTION
from tests.web.sharing.shares import PASSWORD, make_link
from usabtest.accounts.models import User
from usabtest.db import transaction

COUNTS = (0, 3, 12, 40)
ARABIC = "الدفع بالقسيمة"
MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def site(run_filled: RunFilled) -> OurApp:
    return run_filled(_fill)


def _fill(rosa: User, _: FlaskClient) -> dict[str, str]:
    paths = {}
    for count in COUNTS:
        tasks = [*FULL["tasks"][:2], {**FULL["tasks"][2], "title": LONG if count == 40 else ARABIC}]
        study = make_study(rosa, **{**FULL, **EVERYTHING, "key": f"s{count}", "tasks": tasks})
        for person in make_people(study, count)[:5]:
            make_answers(person, {"why": "x" * 300, "how": "Friend"})
        paths[f"s{count}"] = make_link(study, *EVERY_SECTION, shows_maker=True).path
    tasks = [{**FULL["tasks"][n % 3], "key": f"task-{n}", "title": LONG[:70] + f" {n}"} for n in range(9)]
    many = make_study(rosa, **{**FULL, "key": "many", "tasks": tasks})
    make_people(many, 12)
    paths["many"] = make_link(many, *EVERY_SECTION).path
    paths["task"] = f"{paths['many']}/tasks/3"
    paths["comparison"] = f"{paths['many']}/comparison"
    paths["frozen"] = make_link(study, "cx", "overview", frozen=True).path
    paths["password"] = make_link(study, "cx", password=PASSWORD).path
    ended = make_link(study, "cx", shows_maker=True)
    with transaction():
        ended.share.expires_at = now() - dt.timedelta(days=1)
    paths["ended"] = ended.path
    return paths


def complaints_of(page: Page) -> list[str]:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    return faults


@pytest.mark.parametrize(
    "name", [*(f"s{count}" for count in COUNTS), "frozen", "password", "many", "task", "comparison"]
)
def test_nothing_is_wrong_with_it(reader: BrowserContext, site: OurApp, name: str) -> None:
    page = reader.new_page()
    faults = complaints_of(page)
    page.goto(site.paths[name])
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

    assert_right_at_each_width(page)
    assert faults == []


def test_dark_hides_nothing_from_axe(reader: BrowserContext, site: OurApp) -> None:
    page = reader.new_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(site.paths["s12"])

    assert_accessible(page)


@pytest.mark.parametrize("name", ["s12", "s40", "frozen", "many", "task"])
def test_it_weighs_little_on_the_way(reader: BrowserContext, site: OurApp, name: str) -> None:
    page = reader.new_page()
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(sum(request.sizes()[part] for part in PARTS)))
    page.goto(site.paths[name], wait_until="networkidle")

    assert 0 < sum(weights) < MOST_BYTES


PARTS = ("responseBodySize", "responseHeadersSize")


def test_it_is_whole_without_scripts(browser: Browser, site: OurApp) -> None:
    context = browser.new_context(base_url=site.base, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.paths["s12"])

    expect(page.get_by_role("heading", name="Shop checkout, round 2")).to_be_visible()
    expect(page.get_by_role("heading", name="How many could do it")).to_be_visible()
    expect(page.get_by_role("heading", name="Find out what delivery costs")).to_be_visible()
    expect(page.get_by_role("link", name="Summary as PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.goto(site.paths["password"])
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Open the report").click()
    expect(page.get_by_text("Wrong password.").first).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the report").click()
    expect(page.get_by_role("heading", name="How many could do it")).to_be_visible()
    context.close()


def test_it_can_be_printed(reader: BrowserContext, site: OurApp) -> None:
    page = reader.new_page()
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(site.paths["s12"])
    page.get_by_role("button", name="Print").click()

    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.get_by_text("Shared report, open until")).to_be_hidden()
    expect(page.get_by_role("heading", name="Shop checkout, round 2")).to_be_visible()


def test_a_link_is_made_sent_read_counted_and_revoked(rosa: BrowserContext, reader: BrowserContext) -> None:
    maker = rosa.new_page()
    maker.goto("/studies/s12/report?device=desktop")
    maker.get_by_role("link", name="Share report").click()
    expect(maker.get_by_text("Only: Device: desktop.")).to_be_visible()
    maker.get_by_label("For whom it is").fill("Customer care")
    maker.get_by_label("What people wrote").check()
    maker.get_by_label("Show my name, Rosa Lindqvist").check()
    maker.get_by_role("button", name="Make the link").click()
    expect(maker.get_by_label("Link", exact=True)).to_be_focused()
    link = maker.get_by_label("Link", exact=True).input_value()

    page = reader.new_page()
    page.goto(link)
    expect(page.get_by_text("Device: desktop").first).to_be_visible()
    expect(page.get_by_text("Made by Rosa Lindqvist with usabtest")).to_be_visible()

    maker.goto("/studies/s12/shares")
    expect(maker.get_by_role("row", name="Customer care")).to_contain_text("1 time")
    maker.get_by_role("button", name="Revoke Customer care").click()
    dialog = maker.get_by_role("dialog")
    expect(dialog).to_contain_text("It was opened 1 time.")
    dialog.get_by_role("button", name="Revoke").click()
    expect(maker.get_by_role("row", name="Customer care")).to_have_count(0)

    page.reload()
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert page.get_by_role("link").all_text_contents() == ["Skip to the content"]


def test_a_link_that_has_ended_says_so_and_whom_to_ask(reader: BrowserContext, site: OurApp) -> None:
    page = reader.new_page()

    answer = page.goto(site.paths["ended"])

    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_role("main")).to_contain_text("This link ended")
    expect(page.get_by_role("main")).to_contain_text("Ask Rosa Lindqvist for a new one.")
    expect(page.get_by_text("Shop checkout")).to_have_count(0)
    assert_accessible(page)


def test_nothing_is_wrong_with_the_page_on_which_links_are_made(rosa: BrowserContext) -> None:
    page = rosa.new_page()
    faults = complaints_of(page)
    for address in ("/studies/s40/shares?device=phone", "/studies/s0/shares"):
        page.goto(address)
        assert_right_at_each_width(page)
    assert faults == []
