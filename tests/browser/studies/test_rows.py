"""Rows of criteria and questions: by keyboard, with Undo, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.studies.conftest import SignIn
from usabtest.db import db
from usabtest.studies.models import Study


@pytest.fixture
def task(signed_in: SignIn, study: Study) -> Page:
    page = signed_in()
    page.goto(f"/studies/{study.key}/tasks/find-book")
    return page


def success(page: Page) -> Locator:
    return page.get_by_role("group", name="Success", exact=True).last


def values(rows: Locator) -> list[str]:
    return [one.input_value() for one in rows.locator("input[name$=-value]:visible").all()]


def patterns(study: Study) -> list[str]:
    return [one.pattern for one in study.spec.tasks[0].success]


def said(page: Page) -> Locator:
    return page.locator("#live-polite")


def saved(page: Page) -> None:
    expect(page.get_by_text("Saved.", exact=True).first).to_be_attached()
    # What the server has written meanwhile is not seen by a reader that began before.
    db.session.rollback()


def test_it_works(task: Page, study: Study) -> None:
    rows = success(task)
    rows.get_by_role("button", name="Add a criterion").press("Enter")

    expect(rows.get_by_label("Criterion 2, kind")).to_be_focused()
    expect(said(task)).to_have_text("Criterion 2 is added")
    task.keyboard.press("Tab")
    task.keyboard.type("/thanks")
    task.keyboard.press("Enter")
    saved(task)

    assert patterns(study) == ["/basket/", "/thanks"]


@pytest.mark.parametrize("kind", ["all", "answer"])
def test_on_a_phone_the_parts_of_a_row_stand_one_below_the_other(task: Page, kind: str) -> None:
    task.set_viewport_size({"width": 320, "height": 900})
    rows = success(task)
    rows.get_by_label("Criterion 1, kind").select_option(kind)

    chosen = rows.get_by_label("Criterion 1, kind").bounding_box()
    buttons = rows.locator(".criterion-buttons").last.bounding_box()
    value = rows.locator(".row-value").first.bounding_box()
    assert chosen is not None
    assert buttons is not None
    assert value is not None
    assert chosen["width"] > 200
    assert value["y"] + value["height"] <= buttons["y"]


def test_rows_move_by_keyboard_and_keep_the_focus(task: Page, study: Study) -> None:
    rows = success(task)
    rows.get_by_role("button", name="Add a criterion").click()
    rows.get_by_label("Criterion 2, value").fill("/thanks")

    rows.get_by_role("button", name="Move criterion 2 up").press("Enter")

    expect(rows.get_by_role("button", name="Move criterion 1 up")).to_be_focused()
    expect(said(task)).to_have_text("Criterion 2 is now first")
    assert values(rows) == ["/thanks", "/basket/"]
    task.keyboard.press("Space")
    expect(said(task)).to_have_text("Criterion 1 is first already")
    rows.get_by_role("button", name="Move criterion 1 down").press("Space")
    expect(said(task)).to_have_text("Criterion 1 is now last")
    task.get_by_role("button", name="Save task").click()
    saved(task)
    assert patterns(study) == ["/basket/", "/thanks"]


def test_a_removed_row_comes_back_by_undo(task: Page) -> None:
    rows = success(task)
    rows.get_by_role("button", name="Add a criterion").click()
    rows.get_by_label("Criterion 2, value").fill("/thanks")

    rows.get_by_role("button", name="Remove criterion 1").press("Enter")

    expect(rows.get_by_role("button", name="Remove criterion 1")).to_be_focused()
    assert values(rows) == ["/thanks"]
    expect(said(task)).to_have_text("Criterion 1 is removed")
    task.get_by_role("button", name="Undo").press("Enter")
    assert values(rows) == ["/basket/", "/thanks"]
    expect(rows.get_by_label("Criterion 1, kind")).to_be_focused()
    expect(said(task)).to_have_text("Criterion 1 is back")


def test_the_last_row_leaves_the_focus_on_add(task: Page) -> None:
    rows = success(task)

    rows.get_by_role("button", name="Remove criterion 1").click()

    expect(rows.get_by_role("button", name="Add a criterion")).to_be_focused()


def test_the_control_follows_the_kind(task: Page, study: Study) -> None:
    rows = success(task)
    kind = rows.get_by_label("Criterion 1, kind")

    kind.select_option("answer")
    expect(rows.get_by_label("Criterion 1, value")).to_be_hidden()
    rows.get_by_label("Question after “I’m done”").fill("What does it cost?")
    rows.get_by_label("Accepted answers").fill("9.99\n£9.99")
    kind.select_option("self_report")
    expect(rows.get_by_label("Accepted answers")).to_be_hidden()
    expect(rows.get_by_text("Whoever presses")).to_be_visible()
    kind.select_option("answer")
    task.get_by_role("button", name="Save task").click()
    saved(task)

    (criterion,) = study.spec.tasks[0].success
    assert (criterion.question, criterion.accept) == ("What does it cost?", ("9.99", "£9.99"))


def test_all_of_these_begins_with_two_parts(task: Page, study: Study) -> None:
    rows = success(task)

    rows.get_by_label("Criterion 1, kind").select_option("all")
    rows.get_by_label("Part 1, value").fill("/basket/")
    rows.get_by_label("Part 2, kind").select_option("visible")
    rows.get_by_label("Part 2, value").fill("tr.item")
    rows.get_by_role("button", name="Move part 2 up").click()
    task.get_by_role("button", name="Save task").click()
    saved(task)

    (criterion,) = study.spec.tasks[0].success
    assert [part.pattern for part in criterion.parts] == ["tr.item", "/basket/"]


def test_a_row_added_inside_a_new_row_has_its_own_name(task: Page, study: Study) -> None:
    rows = success(task)
    rows.get_by_role("button", name="Add a criterion").click()
    rows.get_by_label("Criterion 2, kind").select_option("all")
    rows.get_by_role("button", name="Add a part").last.click()
    for place, pattern in enumerate(("/a", "/b", "/c"), 1):
        rows.get_by_label(f"Part {place}, value").fill(pattern)

    task.get_by_role("button", name="Save task").click()
    saved(task)

    assert [part.pattern for part in study.spec.tasks[0].success[1].parts] == ["/a", "/b", "/c"]


def test_a_fault_stands_at_its_row_and_the_summary_leads_there(task: Page) -> None:
    rows = success(task)
    rows.get_by_label("Criterion 1, kind").select_option("url_regex")
    rows.get_by_label("Criterion 1, value").fill("/orders/(x")

    task.get_by_role("button", name="Save task").click()

    expect(task.get_by_role("alert").filter(has_text="One thing to mend")).to_be_focused()
    task.get_by_role("link", name="Success, row 1").press("Enter")
    expect(rows.get_by_label("Criterion 1, value")).to_be_focused()
    expect(rows.get_by_label("Criterion 1, value")).to_have_attribute("aria-invalid", "true")


def test_a_question_of_ones_own(signed_in: SignIn, study: Study) -> None:
    page = signed_in()
    page.goto(f"/studies/{study.key}/edit/after")

    page.get_by_role("button", name="Add a question").click()
    page.get_by_label("Question 2, kind").select_option("scale")
    page.get_by_role("textbox", name="Question", exact=True).last.fill("Would you buy again?")
    page.get_by_label("High end").last.fill("surely")
    page.get_by_label("Low end").last.fill("never")
    page.get_by_role("button", name="Move question 2 up").click()
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page)

    own, nps = study.spec.after
    assert nps == "nps"
    assert (own.key, own.labels) == ("would-you-buy-again", ("never", "surely"))


def test_without_scripts_the_same_buttons_ask_the_server(signed_in: SignIn, study: Study) -> None:
    page = signed_in(scripts=False)
    page.goto(f"/studies/{study.key}/tasks/find-book")
    rows = success(page)

    rows.get_by_role("button", name="Save and add another", exact=True).click()
    rows.get_by_label("Criterion 2, value").fill("/thanks")
    rows.get_by_role("button", name="Move criterion 2 up").click()
    page.get_by_role("button", name="Save task").last.click()
    saved(page)

    assert patterns(study) == ["/thanks", "/basket/"]


def test_a_page_with_unsaved_changes_asks_before_it_is_left(task: Page) -> None:
    asked: list[str] = []
    task.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    task.get_by_label("Name", exact=True).fill("Find two")
    task.get_by_role("link", name="Cancel").click()
    task.wait_for_url("**/studies/*")

    assert asked == ["beforeunload"]


def test_what_cannot_be_saved_stays_in_the_page(task: Page, study: Study) -> None:
    task.get_by_label("Name", exact=True).fill("Find two")
    task.context.set_offline(True)

    task.get_by_role("button", name="Save task").click()

    expect(task.locator("#live-assertive")).to_have_text(
        "Not saved. The server cannot be reached. Your text is kept in this page."
    )
    expect(task.get_by_label("Name", exact=True)).to_have_value("Find two")
    task.context.set_offline(False)
    task.get_by_role("button", name="Save task").click()
    saved(task)
    assert study.spec.tasks[0].title == "Find two"


def test_who_is_signed_out_meanwhile_loses_nothing(task: Page) -> None:
    task.get_by_label("Name", exact=True).fill("Find two")
    task.context.clear_cookies()

    task.get_by_role("button", name="Save task").click()

    expect(task.locator("[data-editor-state]")).to_have_text(
        "Not saved. You are signed out: sign in in another tab, then save again."
    )
    expect(task.get_by_label("Name", exact=True)).to_have_value("Find two")
