"""Rows in, the report out: which metric makes which figure, and of whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import msgspec

from usabtest.measurement.fold import RULES_VERSION
from usabtest.reports.after_test import (
    ces_figures,
    csat_figures,
    nps_figures,
    scores_of_people,
    sus_figures,
    umux_lite_figures,
)
from usabtest.reports.answers import Answered
from usabtest.reports.figures import CompletenessFigures, ParticipantFigures, StudyReport, StudyWords
from usabtest.reports.questions import question_figures
from usabtest.reports.rows import StudyRows
from usabtest.reports.task_figures import task_report
from usabtest.reports.why import NOT_ASKED, why

CONFIDENCE = 0.95
CHECKSUM_LENGTH = 8


def assemble(rows: StudyRows) -> StudyReport:
    """Make the report of a study."""
    answers = rows.answers
    after = {
        key: figures(answers.after, CONFIDENCE) if key in rows.spec.after else None
        for key, figures in _AFTER_TEST.items()
    }
    return StudyReport(
        study=StudyWords(key=rows.key, title=rows.title, status=rows.status),
        generated_at=rows.read_at,
        confidence=CONFIDENCE,
        filters=rows.filters,
        participants=_participants(rows),
        completeness=CompletenessFigures(**asdict(rows.completeness)),
        tasks=tuple(
            task_report(
                task,
                rows.attempts[task.key],
                answers.of_task(task.key),
                count_errors=rows.spec.analysis.count_errors,
                confidence=CONFIDENCE,
                people=rows.people,
                whole=rows.whole,
            )
            for task in rows.spec.tasks
        ),
        **after,
        questions=question_figures(rows.spec.after, answers.after, CONFIDENCE, scored_apart=frozenset(_AFTER_TEST)),
        reasons=why(**{key: (figures, NOT_ASKED) for key, figures in after.items()}),
        people=rows.people,
        left_out=rows.left_out,
        checksum=checksum(rows),
        count_errors=tuple(map(str, rows.spec.analysis.count_errors)),
        spec=rows.spec,
        scores=partial(scores_of_people, answers.after),
    )


_AFTER_TEST: Mapping[str, Callable[[Answered, float], Any]] = {
    "sus": sus_figures,
    "nps": nps_figures,
    "csat": csat_figures,
    "ces": ces_figures,
    "umux_lite": umux_lite_figures,
}


def checksum(rows: StudyRows) -> str:
    """Name all that a report's figures are made of, so that other figures have another name.

    That are people, attempts, measures and answers, how they are counted, and who and what is missing. Single events
    that a report shows need no part of their own: none comes or goes without a change in the counts of events.
    """
    spec = rows.spec
    how = (RULES_VERSION, CONFIDENCE, spec.tasks, spec.after, spec.analysis)
    missing = (rows.counts, rows.completeness, rows.left_out)
    found = hashlib.sha256(msgspec.json.encode([how, missing, rows.people]))
    for key, attempts in rows.attempts.items():
        found.update(msgspec.json.encode([key, attempts.reasons]))
        measures = attempts.measures
        for column in (
            attempts.person,
            attempts.number,
            attempts.outcome,
            attempts.rule,
            attempts.said,
            attempts.judged,
        ):
            found.update(column.tobytes())
        for numbers in (measures.there, measures.rows, measures.loads, measures.loads_s):
            found.update(numbers.tobytes())
    rows.answers.name_into(found)
    return found.hexdigest()[:CHECKSUM_LENGTH]


def _participants(rows: StudyRows) -> ParticipantFigures:
    counts = asdict(rows.counts)
    if not rows.filters:
        return ParticipantFigures(**counts)
    nameless = ("invited", "declined", "withdrawn")
    return ParticipantFigures(
        **{**counts, **dict.fromkeys(nameless)}, reasons=dict.fromkeys(nameless, "counted without what filters look at")
    )
