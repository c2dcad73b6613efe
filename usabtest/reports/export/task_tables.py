"""The tables behind the charts of tasks' pages, each for all tasks: a row says first which task it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from usabtest.reports.charts import ease_counts
from usabtest.reports.export.tables import Cell, Column, Kind
from usabtest.reports.figures import TaskReport
from usabtest.reports.task_clicks import first_clicks
from usabtest.reports.task_errors import errors_table
from usabtest.reports.task_ways import ways_shown

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class OfTask:
    """A row, and the task that it is of."""

    task: TaskReport
    cells: Cells


@dataclass(frozen=True, slots=True)
class TaskTable:
    """One of the tables that a task may have."""

    name: str
    columns: tuple[Column[OfTask], ...]
    read: Callable[[TaskReport], Iterable[Cells]]

    def rows(self, tasks: Iterable[TaskReport]) -> Iterator[OfTask]:
        """The rows of all tasks, task by task."""
        return (OfTask(task, cells) for task in tasks for cells in self.read(task))


def _table(name: str, read: Callable[[TaskReport], Iterable[Cells]], *columns: tuple[str, Kind, str]) -> TaskTable:
    task: Column[OfTask] = Column("Task", Kind.WORDS, lambda row: row.task.title)
    return TaskTable(name, (task, *(_column(place, *column) for place, column in enumerate(columns))), read)


def _column(place: int, head: str, kind: Kind, about: str) -> Column[OfTask]:
    return Column(head, kind, lambda row: row.cells[place], about)


def _errors(task: TaskReport) -> Iterable[Cells]:
    return errors_table(task).rows


def _first_clicks(task: TaskReport) -> Iterable[Cells]:
    found = first_clicks(task)
    return found.table.rows if found else ()


def _ways(task: TaskReport) -> Iterable[Cells]:
    found = ways_shown(task)
    return found.table.rows if found else ()


def _ease(task: TaskReport) -> Iterable[Cells]:
    asked = task.seq is not None and task.seq.n > 0
    return ((int(point), people) for point, people in ease_counts(task).items()) if asked else ()


ERRORS = _table(
    "Errors",
    _errors,
    ("Kind", Kind.WORDS, "What went wrong. Clicks that did nothing and the like are only possible errors."),
    ("Where", Kind.WORDS, "The element, or the address that failed, as it was recorded."),
    ("Page", Kind.WORDS, "On which page that was."),
    ("Times", Kind.COUNT, "How often it happened there."),
    ("Attempts", Kind.COUNT, "In how many attempts."),
)
FIRST_CLICKS = _table(
    "First clicks",
    _first_clicks,
    ("Area", Kind.WORDS, "The element that was clicked first."),
    ("Page", Kind.WORDS, "On which page that was."),
    ("Place", Kind.WORDS, "Whether it leads to the goal, as far as the study says where that is."),
    ("Clicked first", Kind.COUNT, "Attempts whose first click was there."),
    ("Of them finished", Kind.COUNT, "Those of them that ended in success without help."),
)
WAYS = _table(
    "Ways",
    _ways,
    ("From", Kind.WORDS, "A page that people saw."),
    ("To", Kind.WORDS, "The next page that was new to them, or how the attempt ended."),
    ("People", Kind.COUNT, "How many went that step."),
)
EASE = _table(
    "Ease",
    _ease,
    ("Of 7", Kind.COUNT, "A point of the Single Ease Question: 1 is very difficult, 7 very easy."),
    ("People", Kind.COUNT, "How many gave it."),
)
