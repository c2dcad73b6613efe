"""A task before its start, while it runs, and folded away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.widget.conftest import Show, steps
from tests.browser.widget.study import ended, make_task, running


def test_it_works(page: Page, show: Show) -> None:
    widget = show()

    expect(widget.get_by_text("Task 1 of 2", exact=True)).to_be_visible()
    expect(widget.get_by_role("heading", name="Pay with a voucher")).to_be_visible()
    expect(widget.get_by_text("OTTER 2026 15")).to_be_visible()
    expect(widget.get_by_text("The clock starts when you press.")).to_be_visible()
    widget.get_by_role("button", name="Start task", exact=True).click()
    expect(widget.get_by_role("button", name="I give up", exact=True)).to_be_visible()
    widget.get_by_role("button", name="I'm done", exact=True).click()
    expect(widget.get_by_text("After task 1", exact=True)).to_be_visible()
    assert steps(page) == [["start"], ["done"]]


def test_it_tells_the_limit_before_the_start(show: Show) -> None:
    widget = show(facts=ended(1))

    expect(widget.get_by_text("There is a limit of 5 minutes.")).to_be_visible()


def test_it_shows_no_clock_while_the_task_runs(show: Show) -> None:
    widget = show(facts=running(1))

    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    expect(widget.get_by_text("minutes")).to_have_count(0)


def test_giving_up_ends_the_attempt_at_once(page: Page, show: Show) -> None:
    widget = show(facts=running())

    widget.get_by_role("button", name="I give up").click()

    expect(widget.get_by_text("You stopped this task. That is fine, and it helps us.")).to_be_visible()
    expect(widget.get_by_role("button", name="Back")).to_have_count(0)
    assert steps(page) == [["giveUp"]]


def test_an_ended_time_is_told_before_the_question(page: Page, show: Show) -> None:
    widget = show(facts=running(1))

    page.evaluate("test.end('timed_out')")

    expect(widget.get_by_text("The time for this task is over.")).to_be_visible()
    expect(widget.get_by_role("heading", name="Overall, how difficult")).to_be_focused()


def test_a_task_without_questions_leads_to_the_next(show: Show) -> None:
    widget = show(definition={"tasks": [make_task(questions=[]), make_task("b", "Find a present")]}, facts=running())

    widget.get_by_role("button", name="I'm done").click()

    expect(widget.get_by_role("heading", name="Find a present")).to_be_focused()


def test_folding_leaves_a_pill_that_opens_again(page: Page, show: Show) -> None:
    widget = show(facts=running())

    hide = widget.get_by_role("button", name="Hide task", exact=True)
    expect(hide).to_have_attribute("aria-expanded", "true")
    hide.click()

    pill = widget.get_by_role("button", name="Show task", exact=True)
    expect(pill).to_have_attribute("aria-expanded", "false")
    expect(pill).to_be_focused()
    expect(widget.get_by_role("button", name="I'm done")).to_be_hidden()
    box = widget.bounding_box()
    assert box is not None
    assert 46 <= box["height"] <= 52
    page.mouse.click(box["x"] + 70, box["y"] + 24)
    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()


def test_a_new_step_unfolds(page: Page, show: Show) -> None:
    widget = show(facts=running())

    widget.get_by_role("button", name="Hide task").click()
    page.evaluate("test.end('auto')")

    expect(widget.get_by_role("heading", name="Overall, how difficult")).to_be_visible()


def test_folding_is_kept_on_the_next_page(page: Page, show: Show) -> None:
    widget = show(facts=running())
    widget.get_by_role("button", name="Hide task").click()
    kept = page.evaluate("test.kept")

    widget = show(facts=running(), kept=kept)

    expect(widget.get_by_role("button", name="Show task")).to_be_visible()
    expect(widget.get_by_role("button", name="I'm done")).to_be_hidden()


def test_on_a_phone_a_running_task_shrinks_to_its_buttons(show: Show) -> None:
    widget = show(width=360, height=640)

    widget.get_by_role("button", name="Start task").click()

    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    expect(widget.get_by_text("OTTER 2026 15")).to_be_hidden()
    box = widget.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (8, 344)
    assert box["y"] + box["height"] == 640 - 8
    widget.get_by_role("button", name="Show task", exact=True).click()
    expect(widget.get_by_text("OTTER 2026 15")).to_be_visible()


def test_a_long_scenario_scrolls_and_its_buttons_stay(show: Show) -> None:
    task = make_task(scenario=[{"t": "p", "c": ["Read this slowly. " * 120]}, {"t": "p", "c": ["The last line."]}])
    widget = show(definition={"tasks": [task]}, facts=running())

    expect(widget.get_by_role("button", name="I'm done")).to_be_in_viewport(ratio=1)
    expect(widget.get_by_role("button", name="Leave the test")).to_be_in_viewport(ratio=1)
    box = widget.bounding_box()
    assert box is not None
    assert box["height"] <= 720 * 0.7 + 1
    widget.get_by_text("The last line.").scroll_into_view_if_needed()
    expect(widget.get_by_text("The last line.")).to_be_in_viewport()


def test_a_double_click_on_start_does_not_end_the_task(page: Page, show: Show) -> None:
    widget = show()
    box = widget.get_by_role("button", name="Start task").bounding_box()
    assert box is not None

    # Where I'm done will be: the left half of the button, and on its lower edge.
    page.mouse.dblclick(box["x"] + 40, box["y"] + 40)

    expect(widget.get_by_role("button", name="I'm done")).to_be_visible()
    assert steps(page) == [["start"]]


def test_markup_of_a_scenario_is_rendered_and_nothing_else(show: Show) -> None:
    scenario = [
        {
            "t": "p",
            "c": ["Go ", {"t": "a", "c": ["there"], "href": "https://shop.example/"}, {"t": "br", "c": []}, "<b>"],
        },
        {"t": "ul", "c": [{"t": "li", "c": [{"t": "em", "c": ["one"]}]}]},
        {"t": "p", "c": [{"t": "script", "c": ["alert(1)"]}, {"t": "a", "c": ["bad"], "href": "javascript:alert(1)"}]},
    ]
    widget = show(definition={"tasks": [make_task(scenario=scenario)]})

    expect(widget.get_by_role("link", name="there")).to_have_attribute("href", "https://shop.example/")
    expect(widget.get_by_role("listitem")).to_have_text("one")
    expect(widget.get_by_text("<b>")).to_be_visible()
    expect(widget.locator("script")).to_have_count(0)
    expect(widget.get_by_text("bad")).not_to_have_attribute("href", "javascript:alert(1)")
