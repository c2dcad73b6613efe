"""Reporting a problem, leaving, finishing, and what is said of the connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget.conftest import Show, steps
from tests.browser.widget.study import WHY, answered, ended, make_task, running


@pytest.mark.parametrize("facts", [ended(1), running(), ended(1, unanswered=True), answered(2), answered(11)])
def test_every_unfolded_state_has_the_foot(show: Show, facts: dict[str, object]) -> None:
    widget = show(facts=facts)

    expect(widget.get_by_role("button", name="Report a problem", exact=True)).to_be_visible()
    expect(widget.get_by_role("button", name="Leave the test", exact=True)).to_be_visible()


def test_a_problem_is_reported(page: Page, show: Show) -> None:
    widget = show(facts=running())

    widget.get_by_role("button", name="Report a problem").click()
    field = widget.get_by_role("textbox", name="What went wrong?")
    expect(field).to_be_focused()
    widget.get_by_role("button", name="Send report").click()
    expect(widget.get_by_role("alert")).to_be_visible()
    field.fill("The page stays white.")
    widget.get_by_role("button", name="Send report").click()

    expect(widget.get_by_text("Your report is part of the test now.")).to_be_visible()
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    assert steps(page) == [["report", "The page stays white."]]
    page.set_viewport_size({"width": 320, "height": 568})
    widget.get_by_role("button", name="Leave the test").click()
    expect(widget.get_by_text("Your report is part of the test now.")).to_have_count(0)
    expect(widget.get_by_text("Either way the test ends")).to_be_in_viewport(ratio=1)


def test_a_half_typed_report_and_answer_survive_each_other(show: Show) -> None:
    widget = show(definition={"tasks": [make_task(questions=[WHY])]}, facts=ended(1, unanswered=True))

    widget.get_by_role("textbox").fill("An answer")
    widget.get_by_role("button", name="Report a problem").click()
    widget.get_by_role("textbox", name="What went wrong?").fill("A report")
    widget.get_by_role("button", name="Cancel").click()
    expect(widget.get_by_role("textbox", name=str(WHY["text"]))).to_have_value("An answer")
    widget.get_by_role("button", name="Report a problem").click()

    expect(widget.get_by_role("textbox", name="What went wrong?")).to_have_value("A report")


@pytest.mark.parametrize(
    ("button", "keep", "words"),
    [
        ("Keep what was recorded", True, ["is being sent: keep this page open.", "has arrived.", "Not all of what"]),
        (
            "Delete what was recorded",
            False,
            ["is being deleted: keep this page", "is deleted.", "could not be deleted"],
        ),
    ],
)
def test_leaving_asks_what_becomes_of_the_recording(
    page: Page, show: Show, button: str, keep: bool, words: list[str]
) -> None:
    widget = show(facts=running(), arrived=False)
    said = widget.get_by_role("status")

    widget.get_by_role("button", name="Leave the test").click()
    assert steps(page) == []
    widget.get_by_role("button", name=button, exact=True).click()

    assert steps(page) == [["leave", keep]]
    expect(widget.get_by_role("heading", name="You have left the test.")).to_be_focused()
    expect(widget.get_by_role("button", name="Leave the test")).to_be_hidden()
    expect(said.filter(has_text=words[0])).to_be_visible()
    page.evaluate("test.change({ connection: 'offline' })")
    expect(said.filter(has_text="No connection. It is tried again until it works.")).to_be_visible()
    page.evaluate("test.change({ connection: 'ok', arrived: true })")
    expect(said.filter(has_text=words[1])).to_be_visible()
    page.evaluate("test.change({ connection: 'stopped', arrived: false })")
    expect(said.filter(has_text=words[2])).to_be_visible()


def test_leaving_can_be_taken_back(page: Page, show: Show) -> None:
    widget = show(facts=running())

    widget.get_by_role("button", name="Leave the test").click()
    widget.get_by_role("button", name="Go back to the test", exact=True).click()
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    widget.get_by_role("button", name="Leave the test").click()
    page.keyboard.press("Escape")

    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    assert steps(page) == []


def test_finish_claims_only_what_has_arrived(page: Page, show: Show) -> None:
    widget = show(facts=answered(11), arrived=False)

    expect(widget.get_by_text("Your answers are being sent: keep this page open.")).to_be_visible()
    page.evaluate("test.change({ arrived: true })")
    expect(widget.get_by_text("Your answers have arrived. Recording has stopped on this site.")).to_be_visible()
    widget.get_by_role("button", name="Finish", exact=True).click()

    expect(page.locator("usabtest-widget")).to_have_count(0)
    assert steps(page) == [["finish"]]


def test_finish_does_not_promise_what_cannot_be_sent(show: Show) -> None:
    widget = show(facts=answered(11), arrived=False, connection="stopped")

    expect(widget.get_by_text("Not all of your answers have arrived.")).to_be_visible()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ({"connection": "offline"}, "Carry on: everything is kept in this browser and sent later."),
        ({"connection": "stopped"}, "Recording has stopped."),
        ({"storage": False}, "the test ends when you leave the page."),
    ],
)
def test_what_goes_wrong_is_said_politely(page: Page, show: Show, state: dict[str, object], text: str) -> None:
    widget = show(facts=running())
    expect(widget.get_by_text(text)).to_have_count(0)

    page.evaluate("state => test.change(state)", state)

    expect(widget.get_by_role("status").filter(has_text=text)).to_be_visible()
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()


def test_a_check_shows_a_small_card(show: Show) -> None:
    widget = show(phase="check")

    expect(widget.get_by_text("The script works on this page.")).to_be_visible()
    expect(widget.get_by_text("You can close this tab.")).to_be_visible()
    expect(widget.get_by_role("button", name="Leave the test")).to_be_hidden()
