"""Questions, one at a time."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.widget.conftest import Show, steps
from tests.browser.widget.study import (
    NPS,
    PARTS,
    PRICE,
    SEQ,
    STATEMENTS,
    SUS,
    WHICH,
    WHY,
    answered,
    ended,
    make_task,
    running,
)

ASKING = ended(1, unanswered=True)


def asking(*questions: dict[str, object]) -> dict[str, object]:
    return {"definition": {"tasks": [make_task(questions=list(questions))]}, "facts": ASKING}


def test_it_works(page: Page, show: Show) -> None:
    widget = show(facts=answered(0))

    for number, statement in enumerate(STATEMENTS, start=1):
        expect(widget.get_by_text(f"Statement {number} of 10", exact=True)).to_be_visible()
        group = widget.get_by_role("radiogroup", name=statement, exact=True)
        expect(group.get_by_role("radio")).to_have_count(5)
        group.get_by_role("radio", name="4", exact=True).check()
        widget.get_by_role("button", name="Continue", exact=True).click()
    widget.get_by_role("radiogroup", name=str(NPS["text"])).get_by_role("radio", name="10", exact=True).check()
    widget.get_by_role("button", name="Continue", exact=True).click()

    expect(widget.get_by_text("Thank you. That was everything.")).to_be_visible()
    expected = [["answer", question["key"], 4] for question in SUS]
    assert steps(page) == [*expected, ["answer", "nps", 10]]


def test_the_ends_of_a_scale_are_described(show: Show) -> None:
    widget = show(facts=answered(0))

    radio = widget.get_by_role("radio")
    expect(radio.nth(0)).to_have_accessible_description("Strongly disagree")
    expect(radio.nth(2)).to_have_accessible_description("")
    expect(radio.nth(4)).to_have_accessible_description("Strongly agree")


def test_nothing_is_chosen_beforehand_and_nothing_need_be(page: Page, show: Show) -> None:
    widget = show(facts=ASKING)

    expect(widget.get_by_role("radio", checked=True)).to_have_count(0)
    widget.get_by_role("button", name="Continue").click()

    assert steps(page) == [["answer", "seq", None]]


def test_back_shows_what_was_answered_and_keeps_what_was_begun(page: Page, show: Show) -> None:
    widget = show(**asking(WHICH, WHY))
    expect(widget.get_by_role("button", name="Back")).to_have_count(0)

    widget.get_by_role("radio", name="By invoice").check()
    widget.get_by_role("button", name="Continue").click()
    widget.get_by_role("textbox", name=str(WHY["text"]), exact=True).fill("The voucher fie")
    widget.get_by_role("button", name="Back").click()
    expect(widget.get_by_role("radio", name="By invoice")).to_be_checked()
    widget.get_by_role("radio", name="By card").check()
    widget.get_by_role("button", name="Continue").click()

    expect(widget.get_by_role("textbox")).to_have_value("The voucher fie")
    assert steps(page) == [["answer", "which", "By invoice"], ["answer", "which", "By card"]]


def test_back_twice_and_on_again_loses_nothing(page: Page, show: Show) -> None:
    widget = show(facts=answered(3))

    widget.get_by_role("button", name="Back").click()
    widget.get_by_role("button", name="Back").click()
    expect(widget.get_by_text("Statement 2 of 10")).to_be_visible()
    expect(widget.get_by_role("radio", name="4", exact=True)).to_be_checked()
    widget.get_by_role("radio", name="1", exact=True).check()
    widget.get_by_role("button", name="Continue").click()
    expect(widget.get_by_text("Statement 3 of 10")).to_be_visible()
    widget.get_by_role("button", name="Continue").click()

    expect(widget.get_by_text("Statement 4 of 10")).to_be_visible()
    assert steps(page) == [["answer", "sus_2", 1], ["answer", "sus_3", 4]]


def test_a_required_question_says_so_when_left_empty(page: Page, show: Show) -> None:
    widget = show(**asking(WHY))

    widget.get_by_role("button", name="Continue").click()

    expect(widget.get_by_role("alert")).to_have_text("Write an answer to go on.")
    field = widget.get_by_role("textbox", name=str(WHY["text"]))
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Write an answer to go on.")
    assert steps(page) == []
    field.fill("The voucher field refused the code.")
    widget.get_by_role("button", name="Continue").click()
    assert steps(page) == [["answer", "why", "The voucher field refused the code."]]


def test_several_may_be_chosen(page: Page, show: Show) -> None:
    widget = show(**asking(PARTS))

    widget.get_by_role("button", name="Continue").click()
    expect(widget.get_by_role("alert")).to_have_text("Choose an answer to go on.")
    group = widget.get_by_role("group", name=str(PARTS["text"]), exact=True)
    group.get_by_role("checkbox", name="Price", exact=True).check()
    group.get_by_role("checkbox", name="Delivery", exact=True).check()
    widget.get_by_role("button", name="Continue").click()

    assert steps(page) == [["answer", "parts", ["Price", "Delivery"]]]


def test_something_else_is_told_in_own_words(page: Page, show: Show) -> None:
    widget = show(**asking(WHICH, WHY))

    expect(widget.get_by_role("textbox")).to_be_hidden()
    widget.get_by_role("radio", name="Something else").check()
    widget.get_by_role("button", name="Continue").click()
    expect(widget.get_by_role("alert")).to_be_visible()
    expect(widget.get_by_role("textbox")).to_be_focused()
    expect(widget.get_by_role("textbox")).to_have_accessible_description("Write what else you mean to go on.")
    widget.get_by_role("textbox").fill("With the voucher")
    widget.get_by_role("button", name="Continue").click()
    widget.get_by_role("button", name="Back").click()

    expect(widget.get_by_role("textbox")).to_have_value("With the voucher")
    assert steps(page) == [["answer", "which", "With the voucher"]]


def test_the_question_that_decides_comes_first_and_enter_answers_it(page: Page, show: Show) -> None:
    widget = show(definition={"tasks": [make_task(answers=[PRICE])]}, facts=ASKING)

    field = widget.get_by_role("textbox", name=str(PRICE["text"]))
    field.fill(" 9.99 ")
    field.press("Enter")

    expect(widget.get_by_role("radiogroup", name=str(SEQ["text"]))).to_be_visible()
    assert steps(page) == [["answer", "answer:success:0", "9.99"]]


def test_a_half_typed_answer_survives_a_notice(page: Page, show: Show) -> None:
    widget = show(**asking(WHY))
    field = widget.get_by_role("textbox")
    field.press_sequentially("The vou")

    page.evaluate("test.change({ connection: 'offline', arrived: false })")
    field.press_sequentially("cher")

    expect(widget.get_by_text("No connection.")).to_be_visible()
    expect(field).to_have_value("The voucher")
    expect(field).to_be_focused()


def test_a_question_takes_the_focus_when_it_begins_and_not_on_a_reload(page: Page, show: Show) -> None:
    show(facts=running())
    kept = page.evaluate("test.kept")

    widget = show(facts=ASKING, kept=kept)
    heading = widget.get_by_role("heading", name=str(SEQ["text"]))
    expect(heading).to_be_focused()
    kept = page.evaluate("test.kept")

    show(facts=ASKING, kept=kept)
    expect(heading).to_be_visible()
    expect(heading).not_to_be_focused()


def test_a_double_click_on_continue_passes_no_question_over(page: Page, show: Show) -> None:
    widget = show(facts=answered(2))

    widget.get_by_role("radio", name="5", exact=True).check()
    widget.get_by_role("button", name="Continue").dblclick()

    expect(widget.get_by_text("Statement 4 of 10")).to_be_visible()
    assert steps(page) == [["answer", "sus_3", 5]]


def test_all_can_be_done_by_keyboard(page: Page, show: Show) -> None:
    widget = show(definition={"after": [WHY]}, facts=ended(1))

    def tab_to(role: str, name: str) -> None:
        control = widget.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        for _ in range(30):
            if control.evaluate("element => element.getRootNode().activeElement === element"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {name}")

    tab_to("button", "Start task")
    page.keyboard.press("Enter")
    tab_to("button", "I'm done")
    page.keyboard.press("Space")
    tab_to("radio", "1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    tab_to("button", "Continue")
    page.keyboard.press("Enter")
    tab_to("textbox", str(WHY["text"]))
    page.keyboard.type("Nothing")
    tab_to("button", "Continue")
    page.keyboard.press("Enter")
    tab_to("button", "Finish")
    page.keyboard.press("Enter")

    assert steps(page) == [["start"], ["done"], ["answer", "seq", 3], ["answer", "why", "Nothing"], ["finish"]]


def test_seven_radios_fit_the_narrowest_phone(show: Show) -> None:
    widget = show(width=320, height=568, facts=ASKING)

    boxes = [radio.bounding_box() for radio in widget.get_by_role("radio").all()]
    assert len(boxes) == 7
    for box in boxes:
        assert box is not None
        assert box["width"] >= 34
        assert box["height"] >= 44
    assert len({box["y"] for box in boxes if box}) == 1


def test_eleven_points_take_two_rows(show: Show) -> None:
    widget = show(width=320, height=568, facts=answered(10))

    tops = [box["y"] for radio in widget.get_by_role("radio").all() if (box := radio.bounding_box())]
    assert [tops.count(top) for top in sorted(set(tops))] == [6, 5]
