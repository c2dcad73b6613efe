"""The summary's own rules: headline, findings, the sum, and how sure we are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.measured import errors
from tests.unit.reports.make import AnswerRow, make_report, make_row, make_task
from usabtest.conclusions.queries import Concluded, Cost, FindingText
from usabtest.measurement.fold import Occurrence
from usabtest.reports.cx import cx_summary, suggest
from usabtest.reports.cx.changed import changed_since
from usabtest.reports.cx.cost import money
from usabtest.reports.cx.summary import suggested_lead
from usabtest.reports.figures import StudyReport

TASKS = [make_task("a", title="Find it"), make_task("b", title="Pay for it")]
COST = Cost(
    task_key="b", visitors=1200, visitors_words="orders a month", value=4.2, value_words="for a contact", currency="£"
)


def rows(task_key: str, successes: int, n: int, outcome: str = "failure", **values: Any) -> list[Any]:
    return [
        make_row(person, "success" if person <= successes else outcome, task_key=task_key, **values)
        for person in range(1, n + 1)
    ]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((0, 0), (0, 0), "Nobody has taken part yet."),
        ((12, 12), (12, 12), "Everyone we watched could do all two things."),
        ((11, 12), (5, 12), "Most people could do the other thing. “Pay for it” stopped 7 of 12."),
        ((7, 12), (5, 12), "“Pay for it” stopped 7 of 12."),
        ((3, 3), (1, 3), "“Pay for it” stopped 2 of 3. With so few people we learn what goes wrong, not how often."),
        ((150, 200), (80, 200), "Most people could do the other thing. “Pay for it” stopped 60\u00a0% of 200 people."),
    ],
)
def test_the_headline(first: tuple[int, int], second: tuple[int, int], said: str) -> None:
    report = make_report([*rows("a", *first), *rows("b", *second)], tasks=TASKS)

    assert str(suggested_lead(report.tasks)) == said


def test_findings_are_ranked_by_lost_successes() -> None:
    report = make_report([*rows("a", 9, 12), *rows("b", 5, 12)], tasks=TASKS)

    assert [one.task_key for one in suggest(report.tasks)] == ["b", "a"]


@pytest.mark.parametrize(
    ("values", "title", "text"),
    [
        ({"errors": errors(form=2)}, "The field “voucher” refuses what people put in", "had a form refused"),
        ({"errors": errors(wrong_path=1)}, "People leave the way at /checkout", "does not lead there"),
        (
            {"errors": errors(javascript=1)},
            "A script of the site fails on /checkout",
            "met an error in the site’s own script",
        ),
        ({"signals": errors(dead_click=1)}, "A click on “voucher” does nothing", "clicked on “voucher” in vain"),
        ({"said": "done"}, "“A”: people think they are done before they are", ""),
        ({}, "“A” ends in the wrong place", ""),
    ],
)
def test_a_finding_names_the_commonest_cause(values: dict[str, Any], title: str, text: str) -> None:
    (found,) = suggest(make_report(rows("a", 1, 4, **values)).tasks)

    assert found.title == title
    assert text in found.text
    assert found.figure == "3 of 4 did not manage “A” by themselves."


def test_a_cause_counts_people_and_not_how_often_one_met_it() -> None:
    often = make_row(1, "failure", errors=errors(form=9))
    others = [make_row(person, "failure", errors=errors(wrong_path=1)) for person in (2, 3)]

    (found,) = suggest(make_report([often, *others]).tasks)

    assert found.title == "People leave the way at /checkout"
    assert found.text.startswith("2 of these 3 went")


def test_a_cause_is_one_on_whichever_pages_it_was_met() -> None:
    banner = [Occurrence("dead_click", 1.0, f"https://shop.example/{page}", "#banner") for page in range(4)]
    rows = [
        *(make_row(person, "gave_up", signals=(one,)) for person, one in enumerate(banner)),
        *(make_row(person, "gave_up", errors=errors(network=1)) for person in range(4, 7)),
    ]

    (found,) = suggest(make_report(rows).tasks)

    assert found.title == "A click on “banner” does nothing"
    assert found.text == "4 of these 7 clicked on “banner” in vain, on 4 pages."


def test_what_was_not_asked_alike_is_said_before_any_change() -> None:
    def report(limit_s: int) -> StudyReport:
        key = f"limit-{limit_s}"
        tasks = [make_task("a", title="A", time_limit_s=limit_s), make_task("b", title="B")]
        return make_report([*rows("a", 9, 10), *rows("b", 3, 10)], tasks=tasks, key=key)

    changed = changed_since(report(60), report(90))

    assert changed is not None
    assert changed.unlike == ("“A”: its time limit is not the same. No difference is drawn for it.",)
    assert not any("time limit" in said for said in (str(changed.lead), *changed.said))


def test_a_change_that_may_be_is_said_once() -> None:
    changed = changed_since(
        make_report(rows("a", 4, 14), tasks=[make_task("a", title="A")]),
        make_report(rows("a", 9, 12), tasks=[make_task("a", title="A")], key="later"),
    )

    assert changed is not None
    assert str(changed.lead).startswith("Nothing is certain yet: perhaps higher (“A”, finished without help).")
    assert changed.said == ("In 2 of 4 comparisons there were too few people to tell.",)


def test_what_changed_is_told_of_the_round_before() -> None:
    tasks = [make_task("a", title="A")]
    before, few, many = (
        make_report(rows("a", successes, n), tasks=tasks, key=f"of-{n}")
        for successes, n in ((4, 14), (5, 12), (20, 20))
    )

    nothing, rise = changed_since(before, few), changed_since(before, many)

    assert nothing is not None
    assert rise is not None
    assert str(nothing.lead) == "Too few people to tell whether anything has changed since the round before."
    assert str(rise.lead).startswith("More people manage “A” than in the round before: 71 points up.")
    assert rise.said[0].startswith(
        "“A”, finished without help: 20 of 20, 4 of 14 in the round before: 71 points higher"
    )


def test_the_score_of_the_round_before_is_drawn_below_this_one() -> None:
    before, now = _rated(3, "before"), _rated(4, "now")

    shown = cx_summary(now, Concluded(), changed=changed_since(before, now))

    assert shown.sus_scale is not None
    assert shown.sus_scale.before is not None
    assert shown.sus_scale.before.value < shown.sus_scale.bar.value
    assert "The hollow mark is the round before: 62.5, likely 62.5 to 62.5." in shown.sus_reading


def test_a_score_that_was_asked_for_in_another_language_is_not_drawn() -> None:
    before, now = _rated(3, "before", language="ar"), _rated(4, "now")

    shown = cx_summary(now, Concluded(), changed=changed_since(before, now))

    assert shown.sus_scale is not None
    assert shown.sus_scale.before is None
    assert "hollow" not in shown.sus_reading


def _rated(good: int, key: str, **study: Any) -> StudyReport:
    """Three people who all agree so much with what is good of it."""
    answers = [
        AnswerRow(person, None, f"sus_{item}", good if item % 2 else 2) for person in (1, 2, 3) for item in range(1, 11)
    ]
    return make_report(rows("a", 1, 3), answers, after=["sus"], key=key, **study)


def test_what_one_of_many_met_is_chance() -> None:
    first = make_row(1, "gave_up", errors=errors(form=1))
    others = [make_row(person, "gave_up") for person in range(2, 6)]

    (found,) = suggest(make_report([first, *others]).tasks)

    assert found.title == "“A”: people give up"
    assert found.text == ""


def test_the_sum_has_the_limits_of_the_share() -> None:
    report = make_report(rows("b", 5, 12), tasks=TASKS)

    cost = cx_summary(report, Concluded(cost=COST)).cost

    assert cost is not None
    assert cost.share == pytest.approx(7 / 12)
    assert (cost.total, cost.likely) == ("£2,900", "Likely between £1,600 and £4,100")


def test_a_share_that_is_assumed_has_no_limits() -> None:
    report = make_report(rows("b", 5, 12), tasks=TASKS)

    cost = cx_summary(report, Concluded(cost=COST), cost_changes={"share": "50", "visitors": "10"}).cost

    assert cost is not None
    assert (cost.total, cost.likely) == ("£21", "")


@pytest.mark.parametrize("changes", [{"visitors": "lots"}, {"share": "101"}, {"value": "-1"}, {"value": "nan"}])
def test_what_is_no_number_changes_nothing(changes: dict[str, str]) -> None:
    report = make_report(rows("b", 5, 12), tasks=TASKS)

    cost = cx_summary(report, Concluded(cost=COST), cost_changes=changes).cost

    assert cost is not None
    assert list(cost.faults) == list(changes)
    assert cost.total == "£2,900"


def test_without_anybody_there_is_no_sum() -> None:
    assert cx_summary(make_report([], tasks=TASKS), Concluded(cost=COST)).cost is None


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "€0"), (0.5, "€0.50"), (9.99, "€10"), (104, "€100"), (2923.2, "€2,900"), (1e9, "€1,000,000,000")],
)
def test_money_has_two_figures(amount: float, words: str) -> None:
    assert money(amount, "€") == words


def test_written_findings_keep_their_order_and_fill_what_is_empty() -> None:
    report = make_report([*rows("a", 9, 12), *rows("b", 5, 12)], tasks=TASKS)
    written = (FindingText(title="Own words"), FindingText(task_key="b"), FindingText(task_key="gone"))

    found = cx_summary(report, Concluded(findings=written)).findings

    assert [(one.number, one.title, one.suggested) for one in found] == [
        (1, "Own words", False),
        (2, "“Pay for it” ends in the wrong place", True),
    ]


def test_how_sure_we_are() -> None:
    shown = cx_summary(make_report([*rows("a", 12, 12), *rows("b", 2, 12)], tasks=TASKS), Concluded())

    assert any("“Pay for it” stops many people" in said for said in shown.sure)
    assert any("“Find it” works for most people" in said for said in shown.sure)
    assert "12 people show what goes wrong, not exactly how often." in shown.not_sure


def test_the_order_of_findings_is_said_to_be_open_where_intervals_overlap() -> None:
    shown = cx_summary(make_report([*rows("a", 6, 12), *rows("b", 5, 12)], tasks=TASKS), Concluded())

    assert "The order of findings 1 and 2 could swap with other people." in shown.not_sure


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_few_people_carry_no_share_of_others(n: int) -> None:
    shown = cx_summary(make_report([*rows("a", 1, n), *rows("b", 0, n)], tasks=TASKS), Concluded())

    assert shown.sure == ()
    assert {task.likely for task in shown.asked} == {"too few to say of others"}


def test_how_it_felt() -> None:
    answers: Sequence[AnswerRow] = [
        AnswerRow(person, None, f"sus_{item}", 4 if item % 2 else 2) for person in (1, 2, 3) for item in range(1, 11)
    ]
    answers = [*answers, *(AnswerRow(person, None, "nps", score) for person, score in ((1, 10), (2, 3), (3, 8)))]

    shown = cx_summary(make_report(rows("a", 1, 3), answers, after=["sus", "nps"]), Concluded())

    usable, recommended = (str(one.said) for one in shown.felt)
    assert usable.startswith("People rated it 75 of 100 points for ease of use. That is good: better than about 73 in")
    assert recommended == "1 of 3 would recommend it warmly, 1 would not, 1 in between."
    assert [one.measure.word for one in shown.felt] == ["Usability (SUS)", "Likelihood to recommend (NPS)"]
    assert shown.sus_reading.startswith("Each small dot is one person.")
    assert shown.sus_table is not None
    assert ("Mean", 75.0) in shown.sus_table.rows
