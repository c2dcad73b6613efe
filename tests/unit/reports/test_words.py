from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.reports.make import AnswerRow, make_report, make_row, make_task
from usabtest.reports import charts, words
from usabtest.reports.figures import SusFigures


def outcomes(successes: int, n: int, task_key: str = "a") -> list:  # type: ignore[type-arg]
    return [make_row(one, "success" if one < successes else "failure", task_key=task_key) for one in range(n)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Nobody has taken part yet."),
        (outcomes(1, 1), "Nothing got in the way so far: 1 of 1 managed the task. " + words.TOO_FEW),
        (outcomes(0, 1), "Start with “A”: 0 of 1 managed it. " + words.TOO_FEW),
        (outcomes(12, 12), "Nothing got in the way so far: 12 of 12 managed the task."),
        (outcomes(5, 12), "Start with “A”: 5 of 12 people managed it."),
        (outcomes(20, 40), "Start with “A”: 50 % of 40 people managed it."),
    ],
)
def test_the_lead_depends_on_how_many_took_part(rows: list, said: str) -> None:  # type: ignore[type-arg]
    assert str(words.study_lead(make_report(rows).tasks)).replace(words.TIED, " ") == said


@pytest.mark.parametrize(
    ("successes", "said"),
    [(12, " “B” worked for everyone we watched."), (11, " “B” worked for nearly everyone we watched."), (10, "")],
)
def test_the_lead_ends_with_what_worked(successes: int, said: str) -> None:
    rows = [*outcomes(3, 12), *outcomes(successes, 12, "b")]

    lead = words.study_lead(make_report(rows, tasks=[make_task(), make_task("b")]).tasks)

    assert str(lead) == f"Start with “A”: 3 of 12 people managed it.{said}"


def test_tasks_are_sorted_by_lost_successes() -> None:
    rows = [*outcomes(1, 2), *outcomes(10, 14, "b"), *outcomes(2, 2, "c")]
    tasks = [make_task(), make_task("b"), make_task("c"), make_task("d")]

    assert [task.key for task in words.by_need(make_report(rows, tasks=tasks).tasks)] == ["b", "a", "c", "d"]


def test_no_errors_do_not_prove_that_there_are_none() -> None:
    [task] = make_report(outcomes(12, 12)).tasks

    assert words.errors_sentence(task) == (
        "No errors were seen in 12 attempts. "
        "That does not prove there are none: up to 28 of 100 people may still meet one."
    )


def test_time_says_when_it_looks_too_quick() -> None:
    rows = [make_row(one, "success", time_s=40 + one) for one in range(5)] + outcomes(0, 12)[5:]
    [task] = make_report(rows).tasks

    assert words.time_sentence(task).endswith("7 of 12 did not finish unaided, so this looks quicker than it is.")
    assert "geometric mean of 5" in words.time_sentence(task)


def test_time_is_the_median_from_25_on() -> None:
    [task] = make_report([make_row(one, "success", time_s=10 + one) for one in range(25)]).tasks

    assert words.centre(task.time_on_task) == task.time_on_task.median == 22
    assert words.centre_name(task.time_on_task) == "median"


def test_one_time_has_no_typical_one() -> None:
    [task] = make_report([make_row(1, "success", time_s=40)]).tasks

    assert words.time_sentence(task) == "The one who finished needed 40\xa0s."


def test_nobody_finished() -> None:
    [task] = make_report(outcomes(0, 3)).tasks

    assert words.time_sentence(task) == "Nobody finished this task, so there is no time to show."
    assert words.did_not_finish(task) == "3 of 3 did not finish unaided"


def sus(points: list[int], people: int) -> list[AnswerRow]:
    return [
        AnswerRow(person, None, f"sus_{number}", point + (number % 2 and person % 2))
        for person in range(people)
        for number, point in enumerate(points, start=1)
    ]


def test_one_answer_has_a_score_and_no_interval() -> None:
    report = make_report([], sus([4, 2] * 5, 1), after=["sus"])

    assert report.sus is not None
    assert words.sus_interval(report.sus) == "One answer, no interval"


def test_sus_says_on_which_side_of_the_average_it_is() -> None:
    good = make_report([], sus([4, 1] * 5, 6), after=["sus"]).sus
    bad = make_report([], sus([2, 4] * 5, 6), after=["sus"]).sus

    assert good is not None
    assert bad is not None
    assert words.sus_sentence(good).endswith("With 6 answers it is likely above the average of 68.")
    assert words.sus_sentence(bad).endswith("With 6 answers it is likely below the average of 68.")


def test_nps_says_whether_the_interval_holds_zero() -> None:
    def said(ratings: list[int]) -> str:
        report = make_report(
            [], [AnswerRow(one, None, "nps", rating) for one, rating in enumerate(ratings)], after=["nps"]
        )
        assert report.nps is not None
        return words.nps_sentence(report.nps)

    assert said([10, 7, 0]) == (
        "1 promoter, 1 in between, 1 detractor. Too few people to tell whether more would recommend it than not."
    )
    assert said([10] * 20).endswith("Likely more people would recommend it than not.")
    assert said([0] * 20).endswith("Likely fewer people would recommend it than not.")
    assert said([]) == "Nobody has answered yet."


@pytest.mark.parametrize(
    ("ratings", "said"),
    [([0, 0, 0, 0], "too few answers for an interval"), ([0, 0, 0, 0, 0], "likely −100 to −17")],
)
def test_a_net_score_of_few_answers_has_no_interval_in_any_place(ratings: list[int], said: str) -> None:
    report = make_report([], [AnswerRow(one, None, "nps", rating) for one, rating in enumerate(ratings)], after=["nps"])

    assert report.nps is not None
    bar = charts.nps_bar(report.nps)
    assert words.nps_interval(report.nps) == said
    assert ("Likely fewer" in words.nps_sentence(report.nps)) == (len(ratings) > 4)
    assert bar is not None
    assert (bar.low is None) == (len(ratings) < 5)


def test_ease_says_how_far_the_average_task_is() -> None:
    answers = [AnswerRow(one, "a", "seq", points) for one, points in enumerate([3, 4, 5])]
    [task] = make_report(outcomes(3, 3), answers).tasks

    assert words.ease_sentence(task) == (
        "Mean 4.0 of 7, likely 1.5 to 6.5. An average task gets about 5.5: this one is 1.5 below it."
    )


def test_outcomes_say_who_was_wrong_about_them() -> None:
    rows = [make_row(1, "success", rule="success", said="done"), make_row(2, "success", rule="success", said=None)]
    rows += [make_row(one, "failure", rule="failure", said="done") for one in (3, 4)]
    [task] = make_report([*rows, make_row(5, "skipped")]).tasks

    assert words.outcome_sentence(task) == (
        "2 of 4 succeeded without help; 2 thought they were done and were not; 1 did not notice that they were done."
    )


def test_grades_of_both_ends_are_told_where_they_differ() -> None:
    sus = SusFigures(
        n=400,
        mean=74.9,
        sd=8.0,
        ci=(74.4, 75.5),
        median=75.0,
        scores=(),
        grade="B",
        grade_ci=("B", "B"),
        percentile=73.0,
        adjective="Good",
        acceptability="acceptable",
        scales="sauro_ranges",
    )

    assert words.sus_interval(sus) == "Grade B, likely 74.4 to 75.5"
    assert words.sus_interval(replace(sus, grade_ci=("C-", "B"))) == "Grade B, likely 74.4 to 75.5 (C− to B)"
