"""Each page of studies and participants: nothing that axe-core finds, nothing that scrolls sideways, no complaint."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import faults_at, fits
from tests.browser.studies.conftest import SignIn
from tests.factories import make_attempt, make_participant, make_study
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.participation.actions import exclude
from usabtest.participation.models import Participant
from usabtest.studies.actions import begin_check
from usabtest.studies.models import Status, Study

PAGES = [
    "",
    "/new",
    "/KEY",
    "/KEY/edit/sites",
    "/KEY/edit/welcome",
    "/KEY/edit/people",
    "/KEY/edit/tasks",
    "/KEY/edit/after",
    "/KEY/edit/recording",
    "/KEY/edit/analysis",
    "/KEY/tasks/find-book",
    "/KEY/new-task",
    "/KEY/participants",
    "/KEY/preview",
]


@pytest.fixture
def busy(alice: User) -> Study:
    """A live study with people in every state, so that what is frozen shows, too."""
    study = make_study(alice, quota=12)
    for status, outcome in (("completed", "success"), ("abandoned", "gave_up"), ("started", None)):
        make_attempt(make_participant(study, status=status, problem="White page"), outcome=outcome)
    make_participant(study, pilot=True)
    with transaction():
        exclude(db.session.query(Participant).first(), "Lost the connection", by=alice, now=study.created_at)
        begin_check(study, "https://shop.example/", now=study.created_at)
    return study


@pytest.mark.parametrize("kind", ["draft", "busy"])
def test_nothing_is_wrong_with_any_page(
    request: pytest.FixtureRequest, signed_in: SignIn, snippet: None, kind: str
) -> None:
    study = request.getfixturevalue("study" if kind == "draft" else "busy")
    page = signed_in()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

    faults += faults_at(page, [f"/studies{path.replace('KEY', study.key)}" for path in PAGES])

    assert faults == []


def test_a_study_goes_live_by_a_dialog_that_says_what_follows(signed_in: SignIn, study: Study) -> None:
    page = signed_in()
    page.goto(f"/studies/{study.key}")

    page.get_by_role("button", name="Go live").press("Enter")
    dialog = page.get_by_role("dialog", name="Go live?")
    expect(dialog).to_contain_text("tasks, criteria, questions, consent and sites are frozen")
    dialog.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_role("button", name="Go live")).to_be_focused()
    page.get_by_role("button", name="Go live").press("Enter")
    dialog.get_by_role("button", name="Go live").click()

    expect(page.get_by_text("The study is live.").first).to_be_visible()
    db.session.rollback()
    assert study.status == Status.LIVE


def test_a_deed_that_cannot_be_undone_is_not_where_the_focus_is(signed_in: SignIn, study: Study) -> None:
    page = signed_in()
    page.goto(f"/studies/{study.key}")

    page.get_by_role("button", name="Delete study…").press("Enter")
    dialog = page.get_by_role("dialog", name="Delete “Shop checkout”?")

    expect(dialog).to_contain_text("nothing has been recorded yet")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()


def test_one_long_word_does_not_widen_the_editor(signed_in: SignIn, alice: User) -> None:
    task = {"title": "Donaudampfschifffahrtsgesellschaft" * 2, "scenario": "Go.", "start_url": "https://shop.example/"}
    study = make_study(alice, status="draft", tasks=[task])
    page = signed_in(width_px=320)

    page.goto(f"/studies/{study.key}/edit/tasks")

    assert fits(page)


def test_somebody_is_left_out_by_a_dialog_with_a_reason(signed_in: SignIn, alice: User) -> None:
    study = make_study(alice)
    make_participant(study, status="completed")
    page = signed_in()
    page.goto(f"/studies/{study.key}/participants")

    page.get_by_role("button", name="Leave out P-01").press("Enter")
    dialog = page.get_by_role("dialog", name="Leave P-01 out of the report?")
    expect(dialog).to_contain_text("from 1 of 1 to 0 of 0")
    expect(dialog.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("A colleague")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Left out: A colleague")).to_be_visible()


def test_the_preview_plays_the_test_and_records_nothing(signed_in: SignIn, study: Study, snippet: None) -> None:
    page = signed_in()
    asked: list[str] = []
    page.goto(f"/studies/{study.key}/preview")
    window = page.get_by_role("region", name="Usability test")
    expect(window).to_contain_text("Find a book")
    page.on("request", lambda request: asked.append(request.url))

    window.get_by_role("button", name="Start task").click()
    window.get_by_role("button", name="I'm done").click()
    expect(window.get_by_role("radio", name="7")).to_be_visible()
    page.get_by_role("group", name="After the test").get_by_role("button", name="Questions").click()
    expect(window.get_by_role("radio", name="10")).to_be_visible()
    page.get_by_role("button", name="Thanks").click()
    expect(window.get_by_role("button", name="Finish")).to_be_visible()

    assert asked == []
    assert db.session.query(Participant).count() == 0


def test_a_check_tells_what_the_page_answered(signed_in: SignIn, study: Study, base: str) -> None:
    page = signed_in()
    page.context.route(
        "https://shop.example/**", lambda route: route.fulfill(body="<title>Shop</title>", content_type="text/html")
    )
    page.goto(f"/studies/{study.key}")
    expect(page.get_by_role("list", name="Sites")).to_contain_text("not seen yet")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Check https://shop.example/ in a new tab").click()
    shop: Page = opened.value
    shop.wait_for_url("https://shop.example/#usabtest=check.*")
    expect(page.get_by_text("Waiting for the page to answer.")).to_be_visible()
    code = shop.url.partition("check.")[2]
    page.request.post(
        f"{base}/recording/check",
        headers={"Origin": "https://shop.example"},
        data={"v": 1, "code": code, "hello": {"page": "https://shop.example/"}, "widget": True},
    )

    expect(page.locator("[data-check-words]")).to_have_text("Found just now: it may send, and its window shows.")
    expect(page.get_by_text("Found on 1 of 1 start page.")).to_be_visible()
    expect(page.get_by_role("list", name="Sites")).to_contain_text("seen just now")
