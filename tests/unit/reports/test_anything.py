"""Whatever was recorded, there is a report of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measured import errors
from tests.unit.reports.make import AnswerRow, make_report, make_row, make_task
from usabtest.metrics.success import Outcome
from usabtest.reports.as_csv import to_csv
from usabtest.reports.as_json import to_json
from usabtest.reports.overview import overview
from usabtest.reports.task_page import task_shown

OUTCOMES = st.sampled_from([None, *map(str, Outcome)])
QUESTIONS = ["seq", "why", "sus_1", "sus_2", "nps", "csat", "ces", "umux_lite_1", "umux_lite_2"]
WHY = {"key": "why", "text": "Why?", "type": "choice", "options": ["a", "b"], "multiple": True}
AFTER = ["sus", "nps", "csat", "ces", "umux_lite", WHY]
VALUES = st.none() | st.integers(-1, 12) | st.floats(allow_nan=False) | st.text(max_size=3) | st.just(["a", "c"])


@st.composite
def attempts(draw: st.DrawFn) -> list[Any]:
    rows = []
    for person in range(draw(st.integers(0, 8))):
        row = make_row(
            person,
            draw(OUTCOMES),
            time_s=draw(st.sampled_from([0.0, 0.001, 1.0, 60.0, 300.0, 90_000.0])),
            clicks=draw(st.integers(0, 50)),
            errors=errors(form=draw(st.integers(0, 3)), network=draw(st.integers(0, 2))),
            signals=errors(rage_click=draw(st.integers(0, 2))),
            first_click=draw(st.sampled_from([None, True, False])),
            searched=draw(st.sampled_from([None, True, False])),
            lostness=draw(st.sampled_from([None, 0.0, 1.2])),
            page_loads=(),
        )
        if draw(st.integers(0, 5)) == 0:
            row = replace(row, measures=None)
        rows.append(row)
    return rows


@st.composite
def replies(draw: st.DrawFn) -> list[AnswerRow]:
    keys = st.tuples(st.integers(0, 12), st.sampled_from(["a", None]), st.sampled_from(QUESTIONS))
    return [AnswerRow(*key, draw(VALUES)) for key in draw(st.sets(keys, max_size=20))]


@pytest.mark.parametrize(
    "task",
    [
        make_task(),
        make_task(
            optimal={"pages": 1},
            expert_time_s=40,
            max_time_s=1,
            first_click=["a"],
            search=[{"url": "/s"}],
            error_opportunities=1,
            questions=["seq", "nps", WHY],
        ),
        make_task(questions=[]),
    ],
)
@settings(max_examples=40, deadline=None)
@given(rows=attempts(), answers=replies())
def test_there_is_a_report_of_anything(task: dict[str, Any], rows: list[Any], answers: list[AnswerRow]) -> None:
    report = make_report(rows, answers, tasks=[task], after=AFTER)

    assert b"NaN" not in to_json(report)
    assert to_csv(report).startswith("task,figure,value\r\n")
    assert overview(report).report is report
    assert task_shown(report, report.tasks[0], {}).task is report.tasks[0]
