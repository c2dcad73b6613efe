"""A report without what a link does not show: taken out before anything is written from it; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import msgspec

from usabtest.measurement.queries import AttemptRow
from usabtest.reports.comparison.values import Comparison
from usabtest.reports.figures import ChoiceFigures, OpenFigures, QuestionFigures, ScaleFigures, StudyReport, TaskReport
from usabtest.reports.rows import LeftOutRow
from usabtest.sharing.sections import Section

NOT_NAMED = "not named here"


def redacted(report: StudyReport, sections: Collection[Section]) -> StudyReport:
    """Leave out who took part and what people wrote, each unless it was chosen; no figure changes.

    Who judged an attempt is told in no link: its maker may let their own name show, and nobody else's.
    """
    report = replace(
        report, tasks=tuple(_with_rows(task, lambda row: replace(row, judged_by=None)) for task in report.tasks)
    )
    if Section.PARTICIPANTS not in sections:
        report = _without_people(report)
    if Section.FREE_TEXT not in sections:
        report = _without_words(report)
    return report


def nameless(comparison: Comparison) -> Comparison:
    """Name no group or attribute by which the sides were chosen: each may be a name."""
    before, after = comparison.before, comparison.after
    if before is None:
        return comparison
    differing = [
        name for name in {*before.filters, *after.filters} if before.filters.get(name) != after.filters.get(name)
    ]
    if not any(map(_may_be_a_name, differing)):
        return comparison
    return replace(comparison, before=replace(before, name="Group A"), after=replace(after, name="Group B"))


def _may_be_a_name(filter_name: str) -> bool:
    return filter_name == "group" or filter_name.startswith("attr.")


def _without_people(report: StudyReport) -> StudyReport:
    """Nobody's code, and no group or attribute by which people were chosen: it may be a name."""
    people = tuple(msgspec.structs.replace(person, code="", external_id=None) for person in report.people)
    return replace(
        report,
        people=people,
        left_out=(),
        filters={name: NOT_NAMED if _may_be_a_name(name) else value for name, value in report.filters.items()},
        tasks=tuple(replace(task, seen=replace(task.seen, people=people)) for task in report.tasks),
    )


def _without_words(report: StudyReport) -> StudyReport:
    """No answer word for word, and nothing that a moderator wrote about somebody."""
    return replace(
        report,
        questions=tuple(map(_counted, report.questions)),
        left_out=tuple(LeftOutRow(one.code, "") for one in report.left_out),
        tasks=tuple(
            replace(
                _with_rows(task, lambda row: replace(row, judged_reason=None)),
                questions=tuple(map(_counted, task.questions)),
            )
            for task in report.tasks
        ),
    )


def _with_rows(task: TaskReport, change: Callable[[AttemptRow], AttemptRow]) -> TaskReport:
    """Change each attempt of a task when they are read one by one."""
    read = task.seen.whole

    def changed(task_key: str, *, lost: bool = False) -> list[AttemptRow]:
        return [change(row) for row in read(task_key, lost=lost)]

    return replace(task, seen=replace(task.seen, whole=changed))


def _counted(question: QuestionFigures) -> QuestionFigures:
    match question:
        case OpenFigures():
            return replace(question, answers=())
        case ChoiceFigures():
            return replace(question, words=())
        case ScaleFigures():
            return question
