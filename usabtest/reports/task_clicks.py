"""Where people clicked first in a task."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from usabtest.metrics import Outcome
from usabtest.reports.figures import TaskReport
from usabtest.reports.pages import page_name
from usabtest.reports.tables import Table
from usabtest.reports.words import of

AREAS_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class FirstClickLine:
    """An area: how many clicked there first, and how many of them finished; `right` is None where nothing is set."""

    selector: str
    page: str
    count: int
    share: float
    right: bool | None
    finished: int


@dataclass(frozen=True, slots=True)
class FirstClicks:
    sentence: str
    lines: tuple[FirstClickLine, ...]
    more: int
    table: Table


def first_clicks(task: TaskReport) -> FirstClicks | None:
    """The areas, most clicked first; None if nobody clicked."""
    seen: Counter[tuple[str, str, bool | None]] = Counter()
    finished: dict[tuple[str, str, bool | None], int] = defaultdict(int)
    clicked = 0
    for one in task.counted:
        measures = one.row.measures
        if measures is None or measures.first_click_at is None:
            continue
        clicked += 1
        area = (measures.first_click_at.selector, page_name(measures.first_click_at.page), measures.first_click)
        seen[area] += 1
        finished[area] += one.row.outcome == Outcome.SUCCESS
    if not seen:
        return None
    longest = max(seen.values())
    lines = tuple(
        FirstClickLine(selector, page, n, n / longest, right, finished[selector, page, right])
        for (selector, page, right), n in seen.most_common()
    )
    return FirstClicks(
        _sentence(lines, clicked, task.n), lines[:AREAS_AT_MOST], max(0, len(lines) - AREAS_AT_MOST), _table(lines)
    )


def _sentence(lines: tuple[FirstClickLine, ...], clicked: int, n: int) -> str:
    right = [line for line in lines if line.right is True]
    wrong = [line for line in lines if line.right is False]
    quiet = f" {of(n - clicked, n)} did not click at all." if clicked < n else ""
    if not right and not wrong:
        return f"No area is set as the right one, so these are only counted.{quiet}"
    began_right = sum(line.count for line in right)
    said = f"{of(began_right, clicked)} began in the right place"
    if right:
        said += f", and {of(sum(line.finished for line in right), began_right)} of those finished unaided"
    if wrong:
        began_wrong = clicked - began_right
        said += f"; of those who began elsewhere it were {of(sum(line.finished for line in wrong), began_wrong)}"
    return f"{said}.{quiet}"


_JUDGED = {True: "right", False: "elsewhere", None: "not judged"}


def _table(lines: tuple[FirstClickLine, ...]) -> Table:
    rows = tuple((line.selector, line.page, _JUDGED[line.right], line.count, line.finished) for line in lines)
    return Table("first-clicks", "First clicks", ("Area", "Page", "Place", "Clicked first", "Of them finished"), rows)
