"""Every attempt of a task as a row: sorted as asked, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from usabtest.reports.charts import OUTCOMES
from usabtest.reports.direction import isolated
from usabtest.reports.figures import TaskReport
from usabtest.reports.moments import Moment
from usabtest.reports.seen import AttemptView
from usabtest.reports.tables import Table
from usabtest.reports.view import View
from usabtest.reports.words import duration

_ORDER = {outcome: place for place, outcome in enumerate((*OUTCOMES, "skipped", "invalid"))}


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """`automatic` is what the criteria and the participant say, where a moderator says something else.

    `trouble` is the first moment at which something went wrong, if anything did.
    """

    id: str
    code: str
    number: int
    outcome: str
    automatic: str
    time: str
    clicks: str
    errors: str
    trouble: Moment | None
    ease: str
    why: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttemptList:
    """`direction` is that of the column `sort`, in the words of aria-sort."""

    lines: tuple[AttemptLine, ...]
    sort: str
    direction: str
    first: int
    total: int
    page: int
    pages: int
    only_failed: bool
    failed: int
    every: int


COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("participant", "Participant", ""),
    ("outcome", "How it ended", ""),
    ("time", "Time", "number"),
    ("clicks", "Clicks", "number"),
    ("errors", "Errors", "number"),
    ("ease", "Ease", "number"),
)

# What a column is sorted by; what is not known comes last, whichever way.
_KEYS: Mapping[str, Callable[[AttemptView], float | None]] = {
    "outcome": lambda one: _ORDER[str(one.row.outcome)],
    "time": lambda one: one.time_s,
    "clicks": lambda one: one.row.measures.clicks if one.row.measures else None,
    "errors": lambda one: one.user_errors + one.system_errors if one.row.measures else None,
    "ease": lambda one: one.ease,
}


def attempt_list(task: TaskReport, view: View, *, judges: Mapping[int, str], odd: frozenset[str]) -> AttemptList:
    """Make the rows of one page of the list; `odd` are the ids of attempts whose time looks wrong."""
    every = task.ended
    failed = [one for one in every if one.row.outcome != "success"]
    found = _sorted(failed if view.only_failed else list(every), view)
    pages = max(1, -(-len(found) // view.rows))
    page = min(max(1, view.page), pages)
    first = (page - 1) * view.rows
    return AttemptList(
        lines=tuple(_line(one, judges, odd) for one in found[first : first + view.rows]),
        sort=view.sort,
        direction="descending" if view.descending else "ascending",
        first=first + 1,
        total=len(found),
        page=page,
        pages=pages,
        only_failed=view.only_failed,
        failed=len(failed),
        every=len(every),
    )


def _sorted(attempts: list[AttemptView], view: View) -> list[AttemptView]:
    """The attempts come in the order of their participants, which also decides what is equal."""
    key = _KEYS.get(view.sort)
    if key is None:
        return attempts[::-1] if view.descending else attempts
    known = [(value, one) for one in attempts if (value := key(one)) is not None]
    unknown = [one for one in attempts if key(one) is None]
    known.sort(key=lambda pair: pair[0], reverse=view.descending)
    return [*(one for _, one in known), *unknown]


def _line(one: AttemptView, judges: Mapping[int, str], odd: frozenset[str]) -> AttemptLine:
    measures = one.row.measures
    return AttemptLine(
        id=one.row.id,
        code=one.code,
        number=one.row.number,
        outcome=str(one.row.outcome),
        automatic=_automatic(one) if one.row.judged is not None else "",
        time=duration(one.time_s) if one.time_s is not None else "–",
        clicks=str(measures.clicks) if measures else "–",
        errors=str(one.user_errors + one.system_errors) if measures else "–",
        trouble=_trouble(one),
        ease=str(one.ease) if one.ease is not None else "–",
        why=why_it_ended(one, judges),
        flags=tuple(_flags(one, odd)),
    )


def _trouble(one: AttemptView) -> Moment | None:
    measures = one.row.measures
    if measures is None or not one.user_errors + one.system_errors:
        return None
    seen = [each.at_s for each in (*measures.errors, *measures.signals)]
    return Moment(one.code, one.row.number, min(seen)) if seen else None


_RULE = {"success": "success", "failure": "failure", None: "nothing met"}
_SAID = {"done": "done", "gave_up": "gave up", None: "nothing said"}


def _automatic(one: AttemptView) -> str:
    return f"judged by hand; criteria: {_RULE.get(one.row.rule, '')}, participant: {_SAID.get(one.row.said, '')}"


def _flags(one: AttemptView, odd: frozenset[str]) -> list[str]:
    """What makes a time doubtful; it counts all the same."""
    measures = one.row.measures
    if measures is None:
        return []
    said = {"odd time": one.row.id in odd, "clock was set": measures.clock_jump, "idle for a minute": measures.idle}
    return [words for words, true in said.items() if true]


def why_it_ended(one: AttemptView, judges: Mapping[int, str]) -> str:
    """What is known of why an attempt ended so."""
    row = one.row
    if row.judged is not None:
        judge = judges.get(row.judged_by or 0, "")
        return f"{isolated(row.judged_reason or '')} ({isolated(judge)})" if judge else f"{row.judged_reason}"
    if row.said == "done" and row.rule != "success":
        return "Thought it was done" if row.rule == "failure" else "Thought it was done; nothing was reached"
    if row.rule == "success" and row.said != "done":
        return "Did not notice that it was done"
    if row.said == "gave_up":
        return "Pressed I give up"
    return "–"


def attempts_table(task: TaskReport, judges: Mapping[int, str]) -> Table:
    """All attempts, for the file."""
    rows = tuple(
        (
            one.code,
            str(one.row.outcome),
            one.row.rule,
            one.row.said,
            one.row.judged,
            one.time_s,
            *(_measured(one)),
            one.ease,
            why_it_ended(one, judges),
        )
        for one in task.ended
    )
    columns = ("Participant", "Outcome", "Criteria", "Participant said", "Moderator", "Seconds", "Clicks")
    return Table("attempts", "All attempts", (*columns, "User errors", "System errors", "Ease", "Why"), rows)


def _measured(one: AttemptView) -> tuple[Any, Any, Any]:
    measures = one.row.measures
    return (measures.clicks, one.user_errors, one.system_errors) if measures else (None, None, None)
