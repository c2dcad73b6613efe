"""The change that somebody is about to make on a task's page, and what it would do to the figures."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.participation.effect import Tally, effect_of_judging, effect_of_leaving_out
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.seen import AttemptView
from usabtest.reports.view import View


@dataclass(frozen=True, slots=True)
class Change:
    """Leaving out the participant `code`, or judging their attempt where there is an `attempt_id`."""

    code: str
    effect: str
    attempt_id: str = ""
    outcome: str = ""
    judged: bool = False
    reason: str = ""


def change(report: StudyReport, task: TaskReport, view: View) -> Change | None:
    """Find whom the view asks to change; None if nobody, or nobody who is shown."""
    if view.judge:
        found = next((one for one in task.ended if one.row.id == view.judge), None)
        return _judging(task, found) if found else None
    if view.leave_out:
        return _leaving_out(report, view.leave_out)
    return None


def _judging(task: TaskReport, one: AttemptView) -> Change:
    return Change(
        code=one.code,
        effect=effect_of_judging(_tally(task), one.row.outcome),
        attempt_id=one.row.id,
        outcome=str(one.row.outcome),
        judged=one.row.judged is not None,
        reason=one.row.judged_reason or "",
    )


def _leaving_out(report: StudyReport, code: str) -> Change | None:
    if code not in {person.code for person in report.people}:
        return None
    own = [(task.key, one.row.outcome) for task in report.tasks for one in task.ended if one.code == code]
    return Change(code, effect_of_leaving_out({task.key: _tally(task) for task in report.tasks}, own))


def _tally(task: TaskReport) -> Tally:
    return Tally(task.title, task.success.successes, task.success.n)
