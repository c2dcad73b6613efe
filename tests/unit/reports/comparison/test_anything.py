"""Whatever two reports hold, there is a comparison of them; and from the other side it is the same, mirrored."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.reports.make import make_report, make_task
from tests.unit.reports.test_anything import AFTER, attempts, replies
from usabtest.conclusions.benchmarks import Benchmarks
from usabtest.reports.comparison.against import hold_against
from usabtest.reports.comparison.compare import compare
from usabtest.reports.comparison.lead import lead
from usabtest.reports.comparison.measures import KINDS, Unit
from usabtest.reports.comparison.same_or_not import same_or_not
from usabtest.reports.comparison.shown import comparison_shown
from usabtest.reports.comparison.telling import changes_in_words
from usabtest.reports.comparison.values import Among, Comparison
from usabtest.reports.comparison.wording import said
from usabtest.reports.figures import StudyReport

TASKS = [make_task(optimal={"pages": 1, "clicks": 2}), make_task("b")]
OUTSIDE = st.dictionaries(st.integers(0, 12), st.sampled_from("abcdefgh"))


@st.composite
def reports(draw: st.DrawFn, key: str = "shop") -> StudyReport:
    return make_report(
        draw(attempts()),
        draw(replies()),
        tasks=draw(st.sampled_from([TASKS, TASKS[:1], [make_task(time_limit_s=60)], [make_task("c")]])),
        after=draw(st.sampled_from([AFTER, AFTER[:1], []])),
        key=key,
        outside=draw(OUTSIDE),
        filters=draw(st.sampled_from([{}, {"device": "phone"}])),
    )


def told(comparison: Comparison) -> list[Any]:
    every = [said(one, family=comparison.family) for one in comparison]
    shown = comparison_shown(comparison)
    places = [
        place
        for section in shown.sections
        for row in section.rows
        if row.difference
        for place in (row.difference.low, row.difference.value, row.difference.high)
    ]
    assert all(0 <= place <= 1 for place in places)
    for section in shown.sections:
        assert {len(cells) for _, cells in section.table.rows} == {len(section.table.heads)}
    return [str(lead(comparison)), same_or_not(comparison), changes_in_words(comparison), *every, shown.sections]


@settings(max_examples=80, deadline=None)
@given(before=reports(), after=reports("other"), among=st.sampled_from([Among.ROUNDS, Among.STUDIES]))
def test_there_is_a_comparison_of_any_two(before: StudyReport, after: StudyReport, among: Among) -> None:
    comparison = compare(before, after, among=among)

    assert not re.search(r"\b(nan|inf)\b", str(told(comparison)))
    for one in comparison:
        assert (one.change is None) == (one.not_compared is not None)
        if one.change is not None and one.change.value is None:
            assert one.change.reason
        if one.change is not None and one.change.ci is not None:
            assert one.change.ci[0] <= one.change.ci[1]


@settings(max_examples=60, deadline=None)
@given(before=reports(), after=reports("other"))
def test_from_the_other_side_it_is_mirrored(before: StudyReport, after: StudyReport) -> None:
    there = {(one.measure, one.title): one.change for one in compare(before, after, among=Among.STUDIES)}
    back = {(one.measure, one.title): one.change for one in compare(after, before, among=Among.STUDIES)}

    assert there.keys() == back.keys()
    for key, change in there.items():
        other = back[key]
        assert (change is None) == (other is None)
        if change is None or other is None or change.value is None:
            continue
        ratio = KINDS[key[0]].unit is Unit.RATIO
        mirrored = 1 / change.value if ratio else -change.value
        assert other.value == pytest.approx(mirrored)
        assert other.test.p == pytest.approx(change.test.p) if change.test.p is not None else other.test.p is None
        assert other.verdict is change.verdict
        if change.ci is not None and other.ci is not None and not ratio:
            assert other.ci == pytest.approx((-change.ci[1], -change.ci[0]))


@settings(max_examples=60, deadline=None)
@given(report=reports(), benchmark=st.sampled_from([0.0, 0.5, 1.0]), time_s=st.sampled_from([0.5, 60.0]))
def test_any_report_can_be_held_against_benchmarks(report: StudyReport, benchmark: float, time_s: float) -> None:
    benchmarks = Benchmarks(
        success=benchmark, csat=benchmark, seq=5.5, umux_lite=70, nps=0, ces=5, times_s={"a": time_s, "gone": 5}
    )

    comparison = hold_against(report, benchmarks)

    assert told(comparison)
    for one in comparison:
        assert one.benchmark is not None
        assert one.change is not None
        assert one.change.test.p is None or math.isfinite(one.change.test.p)


@settings(max_examples=30, deadline=None)
@given(report=reports())
def test_a_report_beside_itself_has_not_changed(report: StudyReport) -> None:
    for one in compare(report, report, among=Among.SEGMENTS):
        if one.change is not None and one.change.value is not None:
            assert one.change.value == KINDS[one.measure].same
