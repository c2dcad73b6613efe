"""Reports of made-up rows, without an app."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.measured import make_measures
from usabtest.collection.queries import Completeness
from usabtest.db import Joined
from usabtest.measurement.columns import by_task
from usabtest.measurement.packed import pack
from usabtest.measurement.queries import AttemptRow
from usabtest.participation.queries import ParticipantCounts
from usabtest.reports.answers import answers_of
from usabtest.reports.assemble import assemble
from usabtest.reports.figures import StudyReport
from usabtest.reports.rows import PersonRow, StudyRows
from usabtest.studyfile.read import read_study
from usabtest.studyfile.types import StudySpec

NOW = dt.datetime(2026, 11, 14, 16, 20, tzinfo=dt.UTC)
NOBODY = ParticipantCounts(
    **dict.fromkeys(ParticipantCounts.__dataclass_fields__, 0)  # type: ignore[arg-type]
)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One reply; `task_key` is None after the test."""

    participant_id: int
    task_key: str | None
    question: str
    value: object


def make_row(
    person: int,
    outcome: str | None,
    *,
    task_key: str = "a",
    time_s: float = 60,
    rule: str | None = None,
    said: str | None = None,
    **values: Any,
) -> AttemptRow:
    """One person's attempt; how it ended, and how long it took."""
    usual: dict[str, Any] = {
        "session_id": person,
        "number": 0,
        "participant_id": person,
        "task_key": task_key,
        "started_ms": 0,
        "ended_ms": None if outcome is None else round(time_s * 1000),
        "ended_how": None if outcome is None else "done",
        "outcome": outcome,
        "rule": rule,
        "said": said,
        "met_side": None,
        "met_index": None,
        "judged": None,
        "judged_reason": None,
        "judged_by": None,
        "measures": None if outcome is None else make_measures(time_s, **values),
    }
    return AttemptRow(**usual)


def make_task(key: str = "a", **values: Any) -> dict[str, Any]:
    return {"key": key, "title": key.upper(), "scenario": "Go.", "start_url": "https://shop.example/", **values}


def make_report(rows: Sequence[AttemptRow], answers: Sequence[AnswerRow] = (), **study: Any) -> StudyReport:
    """The report of these attempts and answers; of the study may be said what `make_study_rows` takes."""
    return assemble(make_study_rows(rows, answers, **study))


def make_study_rows(
    rows: Sequence[AttemptRow],
    answers: Sequence[AnswerRow] = (),
    *,
    tasks: Sequence[dict[str, Any]] = (),
    after: Sequence[Any] = (),
    key: str = "shop",
    title: str = "Shop",
    filters: Mapping[str, str] | None = None,
    outside: Mapping[int, str] | None = None,
    **study: Any,
) -> StudyRows:
    """What is read of a study with these attempts and answers; `outside` is what participants are called elsewhere."""
    people = sorted({row.participant_id for row in rows} | {answer.participant_id for answer in answers})
    spec = read_study(
        {
            "title": "Shop",
            "sites": ["https://shop.example"],
            "tasks": list(tasks) or [make_task()],
            "after": list(after),
            **study,
        }
    )
    return StudyRows(
        key=key,
        title=title,
        status="live",
        spec=spec,
        read_at=NOW,
        filters=filters or {},
        counts=NOBODY,
        completeness=Completeness(),
        people=tuple(
            PersonRow(one, f"P-{one:02}", "completed", "desktop", NOW, (outside or {}).get(one)) for one in people
        ),
        left_out=(),
        **recorded(spec, people, rows, answers),
    )


def recorded(
    spec: StudySpec, people: Sequence[int], rows: Sequence[AttemptRow], answers: Sequence[AnswerRow]
) -> dict[str, Any]:
    """What StudyRows has of these attempts, and of these answers, given one after the other."""
    places = {person: place for place, person in enumerate(people)}
    attempts = [
        (
            *(row.participant_id, row.number, row.task_key, row.outcome, row.rule, row.said),
            *(row.judged, row.judged_reason),
        )
        for row in rows
    ]
    given = [
        (one.participant_id, one.task_key, one.question, json.dumps(one.value), at_ms)
        for at_ms, one in enumerate(answers)
    ]
    numbers = Joined.of([pack(row.measures) if row.measures else None for row in rows])
    return {
        "attempts": by_task([*_columns(attempts, 8), numbers], [task.key for task in spec.tasks], places),
        "answers": answers_of(_columns(given, 5), people),
        "whole": lambda key, *, lost=False: [row for row in rows if row.task_key == key],
    }


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count
