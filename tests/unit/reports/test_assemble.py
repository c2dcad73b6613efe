from __future__ import annotations

from dataclasses import replace

import pytest

from tests.measured import errors
from tests.unit.reports.make import NOBODY, AnswerRow, make_report, make_row, make_study_rows, make_task
from usabtest.collection.queries import Completeness
from usabtest.reports.as_json import to_plain
from usabtest.reports.assemble import checksum
from usabtest.reports.figures import ChoiceFigures
from usabtest.reports.rows import LeftOutRow


def test_the_same_data_has_the_same_name() -> None:
    rows = [make_row(1, "success"), make_row(2, "failure")]

    assert make_report(rows).checksum == make_report(rows).checksum
    assert make_report(rows).checksum != make_report([rows[0], replace(rows[1], outcome="gave_up")]).checksum


def test_the_same_data_counted_in_another_way_has_another_name() -> None:
    rows = [make_row(1, "success", errors=errors(form=1), signals=errors(rage_click=1))]
    before = make_report(rows)

    after = make_report(rows, analysis={"count_errors": ["form", "rage_click"]})

    assert (before.tasks[0].errors.user.total, after.tasks[0].errors.user.total) == (1, 2)
    assert before.checksum != after.checksum
    assert before.checksum != make_report(rows, tasks=[make_task(max_time_s=90)]).checksum


def test_who_and_what_is_missing_is_told_in_the_name() -> None:
    rows = make_study_rows([make_row(1, "success")])

    names = {
        checksum(rows),
        checksum(replace(rows, counts=replace(NOBODY, screened_out=1))),
        checksum(replace(rows, completeness=Completeness(events_received=10, events_missing=2))),
        checksum(replace(rows, left_out=(LeftOutRow("P-02", "a colleague"),))),
    }

    assert len(names) == 4


def test_times_of_nothing_but_successes_are_told() -> None:
    rows = [make_row(1, "success", time_s=30), make_row(2, "failure", time_s=900), make_row(3, "timed_out", time_s=300)]

    [task] = make_report(rows).tasks

    assert (task.time_on_task.n, task.time_on_task.mean, task.time_on_task.censored) == (1, 30, 1)
    assert task.time_on_task.reasons["ci"] == "one value, no spread"


def test_many_who_ran_out_of_time_bring_the_kaplan_meier_median() -> None:
    rows = [make_row(one, "success", time_s=10 * (one + 1)) for one in range(3)]
    rows += [make_row(one, "timed_out", time_s=300) for one in range(3, 5)]

    [task] = make_report(rows).tasks

    assert task.time_on_task.kaplan_meier_median == 30


def test_signals_count_only_where_the_study_says_so() -> None:
    rows = [make_row(1, "success", errors=errors(form=1, network=2), signals=errors(rage_click=1))]

    [task] = make_report(rows).tasks

    assert (task.errors.user.total, task.errors.system.total) == (1, 2)
    assert task.errors.signals["rage_click"] == 1


def test_a_multiple_choice_counts_people_and_keeps_their_own_words() -> None:
    question = {
        "key": "how",
        "text": "How?",
        "type": "choice",
        "options": ["a", "b"],
        "multiple": True,
        "other": True,
    }
    answers = [AnswerRow(1, None, "how", ["a", "b"]), AnswerRow(2, None, "how", ["a", "by post"])]
    answers += [AnswerRow(3, None, "how", None)]

    [found] = make_report([], answers, after=[question]).questions

    assert isinstance(found, ChoiceFigures)
    assert (found.n, found.counts, found.words) == (2, {"a": 2, "b": 1, "other": 1}, ("by post",))


def test_a_standard_questionnaire_after_a_task_is_told_item_by_item() -> None:
    answers = [AnswerRow(1, "a", "csat", 4)]

    [task] = make_report([make_row(1, "success")], answers, tasks=[make_task(questions=["csat"])]).tasks

    [question] = to_plain(make_report([], tasks=[make_task(questions=["csat"])]))["tasks"][0]["questions"]
    assert question["key"] == "csat"
    assert task.questions[0].n == 1
    assert task.seq is None
    assert task.reasons["seq"] == "not asked"


@pytest.mark.parametrize("value", ["5", 9, 0, 5.5, True, [5], {"a": 1}])
def test_what_is_no_rating_is_no_answer(value: object) -> None:
    report = make_report([make_row(1, "success")], [AnswerRow(1, "a", "seq", value), AnswerRow(1, None, "nps", value)])

    assert report.tasks[0].seq is not None
    assert report.tasks[0].seq.n == 0


def test_each_persons_scores_are_there_for_who_asks() -> None:
    answers = [AnswerRow(person, None, f"sus_{item}", 3) for person in (1, 2) for item in range(1, 11)]
    answers += [AnswerRow(3, None, "sus_1", 5), AnswerRow(1, None, "nps", 9), AnswerRow(2, None, "nps", None)]
    report = make_report([], answers, after=["sus", "nps", "umux_lite"])

    assert report.scores("sus") == {1: 50.0, 2: 50.0}
    assert report.scores("nps") == {1: 9}
    assert report.scores("umux_lite") == {}
