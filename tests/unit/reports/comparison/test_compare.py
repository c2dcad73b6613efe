"""Two reports side by side: which test, of whom, and what may not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.unit.reports.make import AnswerRow, make_report, make_row, make_task
from usabtest import metrics
from usabtest.conclusions.benchmarks import Benchmarks
from usabtest.reports.comparison.against import hold_against
from usabtest.reports.comparison.compare import compare
from usabtest.reports.comparison.lead import lead, told_perhaps
from usabtest.reports.comparison.measures import Measure
from usabtest.reports.comparison.same_or_not import same_or_not
from usabtest.reports.comparison.telling import changes_in_words
from usabtest.reports.comparison.values import Among, Compared, Comparison, People
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.comparison.wording import said
from usabtest.reports.figures import StudyReport

OF_TASKS = {"success", "time_on_task", "errors", "seq", "abandonment"}
WAYS = {"optimal": {"pages": 3}, "first_click": ["nav a"]}


def outcomes(successes: int, n: int, **values: Any) -> list[Any]:
    return [make_row(one, "success" if one < successes else "failure", **values) for one in range(n)]


def sus(scores: Sequence[float]) -> list[AnswerRow]:
    """Forms that come to these scores: whole tens of points from 0 to 100."""
    return [
        AnswerRow(person, None, f"sus_{item}", (1 + level if item % 2 else 5 - level))
        for person, score in enumerate(scores)
        for item, level in enumerate(_levels(score), start=1)
    ]


def _levels(score: float) -> list[int]:
    """What each of ten items adds: 0 to 4, in all score / 2.5."""
    total = round(score / 2.5)
    return [total // 10 + (place < total % 10) for place in range(10)]


def rounds(before: StudyReport, after: StudyReport) -> Comparison:
    return compare(before, after, among=Among.ROUNDS, names=("Round 1", "Round 2"))


def report(rows: Sequence[Any] = (), answers: Sequence[AnswerRow] = (), **values: Any) -> StudyReport:
    return make_report(rows, answers, **{"key": "other", **values})


def one(comparison: Comparison, measure: Measure) -> Compared:
    [found] = comparison.of(measure)
    return found


def test_success_of_different_people_is_the_published_example() -> None:
    # Sauro and Lewis 2016, chapter 5: 10 of 12 against 4 of 13.
    found = one(rounds(make_report(outcomes(4, 13)), report(outcomes(10, 12))), Measure.SUCCESS).change

    assert found is not None
    assert found.test.method == "n_minus_1"
    assert (round(found.test.statistic or 0, 2), round(found.test.p or 0, 4)) == (2.59, 0.0095)
    assert [round(limit, 3) for limit in found.ci or ()] == [0.133, 0.776]
    assert found.effects[0].name == "Cohen’s h"


def test_success_of_the_same_people_is_paired() -> None:
    # METRICS, 1.6: 7 managed both, 6 the later one only, 1 the earlier one only, 1 neither.
    before = [make_row(place, "success" if place < 8 else "failure") for place in range(15)]
    after = [make_row(100 + place, "success" if place < 7 or 8 <= place < 14 else "failure") for place in range(15)]
    outside = {place: f"p{place}" for place in range(15)}

    comparison = rounds(
        make_report(before, outside=outside),
        report(after, outside={100 + place: name for place, name in outside.items()}),
    )

    found = one(comparison, Measure.SUCCESS).change
    assert found is not None
    assert (comparison.people, comparison.common) == (People.SAME, 15)
    assert found.test.method == "mcnemar_mid_p"
    assert round(found.test.p or 0, 6) == 0.070313
    assert [round(limit, 4) for limit in found.ci or ()] == [0.0006, 0.5904]
    assert "The same 15 people took part on both sides" in same_or_not(comparison).lines[-1]


def test_times_of_the_same_people_are_paired_and_lost_pairs_counted() -> None:
    before = [make_row(place, "success", time_s=60 + place) for place in range(6)]
    after = [make_row(place, "success" if place else "failure", time_s=30 + place) for place in range(6)]
    outside = {place: f"p{place}" for place in range(6)}

    found = one(rounds(make_report(before, outside=outside), report(after, outside=outside)), Measure.TIME).change

    assert found is not None
    assert (found.test.method, found.pairs_lost) == ("paired_t_log", 1)
    expected = metrics.compare_means(
        [30 + place for place in range(1, 6)], [60 + place for place in range(1, 6)], design="within", scale="log"
    )
    assert (found.value, found.test.p) == (expected.value, expected.p_value)


def test_times_of_different_people_are_welchs_on_logarithms() -> None:
    before, after = [60, 53, 70, 42, 62, 43, 81], [40, 35, 52, 31, 44]

    found = one(
        rounds(
            make_report([make_row(place, "success", time_s=time_s) for place, time_s in enumerate(before)]),
            report([make_row(place, "success", time_s=time_s) for place, time_s in enumerate(after)]),
        ),
        Measure.TIME,
    ).change

    expected = metrics.compare_means(after, before, scale="log")
    assert found is not None
    assert found.test.method == "welch_t_log"
    assert (found.value, found.test.p, found.test.df) == (expected.value, expected.p_value, expected.df)
    assert found.ci == expected.interval.limits  # type: ignore[union-attr]


def test_scores_of_different_people_are_welchs() -> None:
    before, after = [50, 55, 60, 60, 57.5], [70, 75, 80, 70, 72.5, 77.5]

    comparison = rounds(make_report([], sus(before), after=["sus"]), report([], sus(after), after=["sus"]))

    found = one(comparison, Measure.SUS).change
    expected = metrics.compare_means(after, before)
    assert found is not None
    assert (found.value, found.test.p) == (pytest.approx(expected.value), pytest.approx(expected.p_value))
    assert found.verdict is Verdict.REAL
    assert [effect.name for effect in found.effects] == ["Cohen’s d", "Hedges’ g"]
    assert str(lead(comparison)).startswith("People find it easier to use than in round 1: ")


@pytest.mark.parametrize(
    ("outside", "people", "said"),
    [
        (({}, {}), People.UNKNOWN, "no identifiers"),
        (({0: "a"}, {}), People.UNKNOWN, "no identifiers"),
        (({0: "a"}, {0: "b"}), People.DIFFERENT, "Different people took part."),
        (({0: "a", 1: "b", 2: "c"}, {0: "a"}), People.MIXED, "1 person took part on both sides"),
        (({0: "a", 1: "b", 2: "c"}, {0: "c", 1: "a", 2: "b"}), People.SAME, "The same 3 people"),
        # One name twice on a side says nothing of who it is.
        (({0: "a", 1: "a", 2: "c"}, {0: "a", 1: "d", 2: "e"}), People.DIFFERENT, "Different people"),
    ],
)
def test_people_are_matched_by_their_outside_names(outside: Any, people: People, said: str) -> None:
    comparison = rounds(make_report(outcomes(2, 3), outside=outside[0]), report(outcomes(2, 3), outside=outside[1]))

    assert comparison.people is people
    assert said in same_or_not(comparison).lines[-1]
    found = one(comparison, Measure.SUCCESS).change
    assert found is not None
    assert (found.test.method == "mcnemar_mid_p") is (people is People.SAME)


def test_all_tests_are_corrected_together() -> None:
    answers = [AnswerRow(person, "a", "seq", 3 + person % 4) for person in range(12)]
    comparison = rounds(
        make_report(outcomes(3, 12), [*answers, *sus([50, 60] * 6)], after=["sus"]),
        report(outcomes(9, 12), [*answers, *sus([70, 80] * 6)], after=["sus"]),
    )

    tests = [found.change.test for found in comparison if found.change is not None]
    assert comparison.family == len([test for test in tests if test.p is not None]) > 3
    assert [test.p_adjusted for test in tests] == list(metrics.holm([test.p for test in tests]))


@pytest.mark.parametrize(
    ("changed", "not_compared", "said"),
    [
        ({"scenario": "Go on."}, OF_TASKS, "“A”: its words are not the same."),
        ({"time_limit_s": 60}, OF_TASKS, "“A”: its time limit is not the same."),
        (
            {"success": [{"url": "/thanks"}], "time_limit_s": 60},
            OF_TASKS,
            "“A”: what counts as success or failure and its time limit are not the same.",
        ),
        ({"allowed": ["/"]}, {"errors"}, "“A”: what counts as an error is not the same."),
        ({"questions": []}, {"seq"}, "“A”: the questions after it are not the same."),
        ({"max_time_s": 30}, set(), "What is compared here does not hang on that."),
    ],
)
def test_what_is_not_the_same_is_said_and_not_compared(
    changed: dict[str, Any], not_compared: set[str], said: str
) -> None:
    tasks = [make_task(success=[{"url": "/basket"}]), make_task("b")]
    comparison = rounds(
        make_report(outcomes(2, 3), tasks=tasks),
        report(outcomes(2, 3), tasks=[{**tasks[0], **changed}, tasks[1]]),
    )

    told = same_or_not(comparison)
    assert not told.same
    assert said in told.lines[0]
    assert {row.measure for row in comparison.tasks if row.not_compared} == not_compared
    assert all(row.change is None for row in comparison.tasks if row.not_compared)


@pytest.mark.parametrize(
    ("changed", "not_compared"),
    [
        ({"language": "de"}, {"seq", "sus"}),
        ({"analysis": {"dead_click_ms": 1000}}, {"errors"}),
        ({"analysis": {"subtract_hidden": True}}, {"time_on_task"}),
        ({"idle_limit_min": 5}, {"success", "abandonment"}),
        ({"after": ["nps"]}, {"sus", "nps"}),
    ],
)
def test_what_is_not_the_same_of_the_study_is_not_compared(changed: dict[str, Any], not_compared: set[str]) -> None:
    comparison = rounds(
        make_report(outcomes(2, 3), after=["sus"]), report(outcomes(2, 3), **{"after": ["sus"], **changed})
    )

    assert {row.measure for row in comparison if row.not_compared} == not_compared


def wandered(lostness: Sequence[float], right: Sequence[bool], *, gave_up: int, **values: Any) -> StudyReport:
    """People who finished, each so far from the shortest way and with their first click, and some who gave up."""
    finished = [
        make_row(person, "success", lostness=each, first_click=click)
        for person, (each, click) in enumerate(zip(lostness, right, strict=True))
    ]
    gone = [make_row(100 + person, "gave_up", lostness=0.9, first_click=False) for person in range(gave_up)]
    return make_report([*finished, *gone], tasks=[make_task(**WAYS)], **values)


def test_ways_are_compared_by_the_tests_of_their_measures() -> None:
    comparison = rounds(
        wandered([0.5, 0.6, 0.4, 0.7], [True, False, False, False], gave_up=6),
        wandered([0.1, 0.2, 0.0, 0.3], [True, True, True, False], gave_up=1, key="other"),
    )

    lost, first, gone = (
        one(comparison, measure) for measure in (Measure.LOSTNESS, Measure.FIRST_CLICK, Measure.ABANDONMENT)
    )
    assert lost.change is not None
    assert first.change is not None
    assert gone.change is not None
    welch = metrics.compare_means([0.1, 0.2, 0.0, 0.3], [0.5, 0.6, 0.4, 0.7])
    assert (lost.change.test.method, lost.change.test.p) == ("welch_t", pytest.approx(welch.p_value))
    assert (lost.after.n, lost.change.value) == (4, pytest.approx(-0.4))
    shares = metrics.two_proportions_test(1, 5, 6, 10)
    assert (gone.change.test.method, gone.change.test.p) == ("n_minus_1", pytest.approx(shares.p_value))
    assert (gone.after.count, gone.after.n, gone.before and gone.before.count) == (1, 5, 6)
    assert (first.after.count, first.after.n, first.change.test.method) == (3, 5, "n_minus_1")
    assert said(lost, family=1).sentence == "0.40 lower, a real fall (0.18 to 0.62)"
    assert said(gone, family=1).verdict == "Too few people to tell"


def test_ways_are_compared_only_where_both_are_measured_against_the_same() -> None:
    tasks = [make_task(**WAYS)]
    other = rounds(make_report(outcomes(2, 3), tasks=tasks), report(tasks=[{**tasks[0], "first_click": ["main a"]}]))
    without = rounds(make_report(outcomes(2, 3), tasks=tasks), report(tasks=[make_task()]))

    assert {row.measure for row in other.tasks if row.not_compared} == {"lostness", "first_click"}
    assert not {"lostness", "first_click"} & {row.measure for row in without.tasks}


def test_studies_without_a_common_task_cannot_be_compared() -> None:
    comparison = rounds(
        make_report(outcomes(2, 3), tasks=[make_task("a")]),
        report([make_row(1, "success", task_key="b")], tasks=[make_task("b")]),
    )

    assert same_or_not(comparison).first == "Nothing here can be compared."
    assert same_or_not(comparison).lines[:2] == ("Only in round 1: “A”.", "Only in round 2: “B”.")
    assert str(lead(comparison)) == ("Nothing can be compared yet: the two have no task and no question in common.")


def test_segments_are_exploratory_and_small_cells_hidden() -> None:
    comparison = compare(
        make_report(outcomes(1, 2), filters={"device": "phone"}),
        make_report([make_row(10 + place, "success") for place in range(5)], filters={"device": "desktop"}),
        among=Among.SEGMENTS,
    )

    row = one(comparison, Measure.SUCCESS)
    assert comparison.exploratory
    assert row.before is not None
    assert (row.before.suppressed, row.before.value, row.before.count) == (True, None, None)
    assert (row.after.suppressed, row.after.count) == (False, 5)
    assert (row.change, row.not_compared) == (None, "fewer than 3 people on a side")


def test_who_is_in_both_segments_counts_as_different_and_it_is_said() -> None:
    comparison = compare(
        make_report(outcomes(2, 5), filters={"device": "phone"}),
        make_report(outcomes(4, 9), filters={"language": "en"}),
        among=Among.SEGMENTS,
    )

    assert (comparison.people, comparison.common) == (People.MIXED, 5)


@pytest.mark.parametrize("n", [0, 1])
def test_almost_nobody_is_no_reason_to_fail(n: int) -> None:
    empty, some = make_report(outcomes(n, n), after=["sus", "nps"]), report(outcomes(4, 4), after=["sus", "nps"])

    for comparison in (rounds(empty, some), rounds(some, empty), rounds(empty, empty)):
        assert str(lead(comparison))
        assert all(row.change.reason for row in comparison if row.change is not None and row.change.ci is None)


def test_everybody_alike_is_no_proof_that_nothing_changed() -> None:
    comparison = rounds(make_report([], sus([50] * 3), after=["sus"]), report([], sus([50] * 3), after=["sus"]))

    found = one(comparison, Measure.SUS).change
    assert found is not None
    assert (found.value, found.test.p, found.verdict) == (0, 1, Verdict.UNTESTED)


def test_likelihood_to_recommend_is_compared_as_rocks_does() -> None:
    def answers(promoters: int, passives: int, detractors: int) -> list[AnswerRow]:
        ratings = [9] * promoters + [7] * passives + [3] * detractors
        return [AnswerRow(person, None, "nps", rating) for person, rating in enumerate(ratings)]

    found = one(
        rounds(make_report([], answers(30, 30, 40), after=["nps"]), report([], answers(50, 25, 25), after=["nps"])),
        Measure.NPS,
    ).change

    assert found is not None
    assert (found.value, round(found.test.p or 0, 4)) == (35, 0.0032)


class TestBenchmarks:
    def test_success_is_tested_in_both_directions_and_for_having_beaten_it(self) -> None:
        # Sauro and Lewis 2016, chapter 4: 9 of 11 against 80 %, exact one-sided 0.6174.
        comparison = hold_against(make_report(outcomes(9, 11)), Benchmarks(success=0.8))

        row = one(comparison, Measure.SUCCESS)
        assert row.before is None
        assert row.change is not None
        assert round(row.change.test.beaten_exact or 0, 4) == 0.6174
        assert row.change.test.beaten == metrics.completion_benchmark(9, 11, 0.8).p_value
        assert row.change.test.p == metrics.completion_benchmark(9, 11, 0.8, alternative="two_sided").p_value
        assert row.change.value == pytest.approx(9 / 11 - 0.8)

    def test_times_are_tested_as_published(self) -> None:
        # METRICS, 2.3: 60, 53, 70, 42, 62, 43, 81 against 60 gives t 0.509, p 0.314.
        rows = [make_row(place, "success", time_s=one) for place, one in enumerate([60, 53, 70, 42, 62, 43, 81])]

        found = one(hold_against(make_report(rows), Benchmarks(times_s={"a": 60})), Measure.TIME).change

        assert found is not None
        assert (round(found.test.statistic or 0, 3), round(found.test.beaten or 0, 3)) == (0.509, 0.314)
        assert found.test.p == 2 * (found.test.beaten or 0)

    def test_falling_short_shows_as_clearly_as_beating_it(self) -> None:
        short = hold_against(make_report(outcomes(4, 20)), Benchmarks())
        ahead = hold_against(make_report(outcomes(20, 20)), Benchmarks())

        assert one(short, Measure.SUCCESS).change.verdict is Verdict.REAL  # type: ignore[union-attr]
        assert one(ahead, Measure.SUCCESS).change.verdict is Verdict.REAL  # type: ignore[union-attr]
        assert str(lead(short)).startswith("Fewer people manage “A” than the benchmark: 58 points below")
        assert str(lead(ahead)).startswith("More people manage “A” than the benchmark: 22 points above")

    def test_only_what_is_set_and_was_asked_is_held_against_it(self) -> None:
        comparison = hold_against(make_report(outcomes(4, 20), sus([60, 70, 80]), after=["sus"]), Benchmarks(nps=10))

        assert [row.measure for row in comparison] == [Measure.SUS, Measure.SUCCESS]
        assert not list(hold_against(make_report(outcomes(4, 20)), Benchmarks(success=None)))


def test_what_changed_is_told_in_sentences() -> None:
    comparison = rounds(
        make_report(outcomes(3, 20), sus([50, 52.5, 55, 57.5] * 5), after=["sus"]),
        report(outcomes(18, 20), sus([70, 72.5, 75, 77.5] * 5), after=["sus"]),
    )

    assert changes_in_words(comparison) == (
        "How usable it felt: 73.8, 53.8 in round 1: 20 points higher, a real rise (18 to 22).",
        "“A”, finished without help: 18 of 20, 3 of 20 in round 1: 75 points higher, a real rise (47 to 90).",
        "In 2 of 5 comparisons there were too few people to tell.",
    )


def test_a_fall_is_told_beside_a_rise() -> None:
    comparison = rounds(
        make_report(outcomes(18, 20), sus([50, 52.5, 55, 57.5] * 5), after=["sus"]),
        report(outcomes(3, 20), sus([70, 72.5, 75, 77.5] * 5), after=["sus"]),
    )

    assert str(lead(comparison)) == (
        "People find it easier to use than in round 1: 20 points up on the usability score (SUS). "
        "Fewer people manage “A” than in round 1: 75 points down."
    )


@pytest.mark.parametrize(
    ("among", "said"),
    [
        (Among.ROUNDS, "Too few people to tell whether anything has changed since round 1."),
        (Among.STUDIES, "Too few people to tell whether the two studies differ."),
    ],
)
def test_too_few_people_to_tell_is_an_answer(among: Among, said: str) -> None:
    comparison = compare(
        make_report(outcomes(4, 14)), report(outcomes(5, 12)), among=among, names=("Round 1", "Round 2")
    )

    assert str(lead(comparison)) == said


def test_what_the_lead_says_of_all_is_not_said_again() -> None:
    comparison = hold_against(make_report(outcomes(5, 12)), Benchmarks(success=0.5, sus=None))

    assert str(lead(comparison)) == "Too few people to tell whether the benchmarks are met."
    assert changes_in_words(comparison) == ("In the one comparison there were too few people to tell.",)
    assert changes_in_words(comparison, after_lead=True) == ()


def test_a_lone_perhaps_leads_with_its_doubt() -> None:
    comparison = rounds(make_report(outcomes(4, 14)), report(outcomes(9, 12)))

    found = [row for row in comparison if row.change and row.change.verdict is Verdict.PERHAPS]
    assert [row.measure for row in found] == [Measure.SUCCESS]
    assert str(lead(comparison)) == (
        "Nothing is certain yet: perhaps higher (“A”, finished without help). "
        f"With {comparison.family} comparisons at once, chance alone could do this."
    )
    assert told_perhaps(comparison) is found[0]
    assert not any("erhaps" in said for said in changes_in_words(comparison, after_lead=True))
