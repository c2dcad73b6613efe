"""The charts of the workbook, drawn from the cells of its sheets.

Each brings the values of its cells along, since not every program reads the cells before it draws. The library would
look them up itself, but not in a workbook that keeps no rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_formula

from usabtest.reports.charts import OUTCOMES
from usabtest.reports.export.colours import outcome_colour, outcome_edge, outcome_mark, tokens
from usabtest.reports.export.tables import Cell, Column
from usabtest.reports.export.task_tables import OfTask
from usabtest.reports.export.texts import seen, shortened
from usabtest.reports.figures import SusFigures, TaskReport
from usabtest.reports.words import AVERAGE_SUS, OUTCOME_NAMES, centre

ROWS_DRAWN_AT_MOST = 40
_LETTERS_AT_MOST = 200
_WIDTH_PX = 640
_HEAD_PX, _ROW_PX, _LEGEND_PX = 140, 34, 30
_PATTERNS = {
    "assisted": "wide_upward_diagonal",
    "partial": "dotted_grid",
    "failure": "large_grid",
    "gave_up": "wide_downward_diagonal",
    "timed_out": "narrow_vertical",
    "abandoned": "narrow_horizontal",
}
_COUNTS = {"min": 0, "num_format": "0"}
_SMALL = {"name_font": {"size": 11, "bold": True}, "overlay": False}

Row = TypeVar("Row")
Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cells(Generic[Row]):
    """Rows of a table on its sheet, from row `first` on, by the heads of its columns."""

    sheet: str
    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    first: int = 1

    def named(self, head: str) -> Options:
        """A column's head as the name of a series."""
        return {"name": [self.sheet, 0, self._place(head)], "name_data": [head]}

    def titled(self, head: str) -> Options:
        """What the first row says there as the title of a chart."""
        place = self._place(head)
        return {"name": [self.sheet, self.first, place], "data": _words(self._read(place)[:1]), **_SMALL}

    def over(self, head: str) -> Options:
        """What the bars stand for."""
        place = self._place(head)
        return {"categories": self._range(place), "categories_data": _words(self._read(place))}

    def of(self, head: str) -> Options:
        """How long the bars are."""
        place = self._place(head)
        return {"values": self._range(place), "values_data": self._read(place)}

    def between(self, below: str, above: str) -> Options:
        """How far the interval reaches to both sides of the figure."""
        low, high = self._place(below), self._place(above)
        return {
            "type": "custom",
            "minus_values": self._formula(low),
            "minus_data": self._read(low),
            "plus_values": self._formula(high),
            "plus_data": self._read(high),
            "line": {"color": tokens()["data"], "width": 2},
        }

    def _place(self, head: str) -> int:
        return [column.head for column in self.columns].index(head)

    def _read(self, place: int) -> list[Cell]:
        return [self.columns[place].value(row) for row in self.rows]

    def _range(self, place: int) -> list[str | int]:
        return [self.sheet, self.first, place, self.first + len(self.rows) - 1, place]

    def _formula(self, place: int) -> str:
        formula: str = xl_range_formula(*self._range(place))
        return formula.removeprefix("=")


def _words(cells: Iterable[Cell]) -> list[str]:
    """Words as a chart can hold them; for the space behind them, a task named “NaN” is none of the numbers."""
    return [f"{seen(shortened(str(cell), _LETTERS_AT_MOST))} " for cell in cells]


def success_chart(book: Workbook, tasks: Cells[TaskReport]) -> Chart:
    """How many of a hundred finished each task without help."""
    between = tasks.between("Interval below the rate", "Interval above the rate")
    title = "Finished without help, and where the true rate likely lies"
    return _intervals(book, tasks, "Success rate", between, title, {"min": 0, "max": 1, "num_format": "0%"})


def time_chart(book: Workbook, tasks: Cells[TaskReport]) -> Chart:
    """How long each task took those who finished."""
    between = tasks.between("Interval below the time", "Interval above the time")
    title = "Typical time of those who finished, and where it likely lies, in seconds"
    axis = {"log_base": 10, "num_format": "General", **_powers_around(_times(tasks.rows))}
    return _intervals(book, tasks, "Typical time, s", between, title, axis)


def _times(tasks: Iterable[TaskReport]) -> Iterator[float]:
    """Where the typical times lie, and where their intervals end."""
    for task in tasks:
        if (typical := centre(task.time_on_task)) is not None:
            yield from (typical, *(task.time_on_task.ci or ()))


def _powers_around(seconds: Iterable[float]) -> Options:
    """The ends of an axis: programs choose them for bars alone, and could cut off the intervals.

    >>> _powers_around([24.8, 258.2]), _powers_around([0.0, 1.0])
    ({'min': 10, 'max': 1000}, {'min': 0.1, 'max': 10})
    """
    places = [math.log10(max(0.1, one)) for one in seconds]
    return {"min": 10 ** math.floor(min(places)), "max": 10 ** (math.floor(max(places)) + 1)}


def ease_chart(book: Workbook, tasks: Cells[TaskReport]) -> Chart:
    """How easy each task felt."""
    between = tasks.between("Interval below the ease", "Interval above the ease")
    title = "Felt easy, 1 very difficult to 7 very easy, and where that likely lies"
    axis = {"min": 1, "max": 7, "major_unit": 1, "num_format": "0"}
    return _intervals(book, tasks, "Ease, mean of 7", between, title, axis)


def _intervals(
    book: Workbook, tasks: Cells[TaskReport], head: str, between: Options, title: str, axis: Options
) -> Chart:
    """A bar a task, with its interval."""
    drawn = book.add_chart({"type": "bar"})
    share = axis["num_format"] == "0%"
    look = {
        "fill": {"color": tokens()["band"]},
        "border": {"color": tokens()["band-edge"]},
        "gap": 80,
        "data_labels": {"value": True, "position": "inside_base", "num_format": "0%" if share else "0.0"},
        "y_error_bars": between,
    }
    drawn.add_series({**tasks.named(head), **tasks.over("Task"), **tasks.of(head), **look})
    drawn.set_legend({"none": True})
    return _lying(drawn, len(tasks.rows), _title(title), axis)


def ended_chart(book: Workbook, tasks: Cells[TaskReport]) -> Chart:
    """How the attempts at each task ended."""
    looks = {OUTCOME_NAMES[one]: {"border": {"color": outcome_edge(one)}, **_fill(one)} for one in OUTCOMES}
    return _stacked(book, tasks, looks, "How the attempts ended")


def errors_chart(book: Workbook, tasks: Cells[TaskReport]) -> Chart:
    """How many errors were met in each task, and whose they are."""
    looks = {
        "User errors": {"fill": {"color": tokens()["data"]}, "border": {"color": tokens()["data"]}},
        "System errors": {"fill": {"color": tokens()["sunken"]}, "border": {"color": tokens()["line-strong"]}},
    }
    return _stacked(book, tasks, looks, "Errors that people ran into, and errors of the site")


def _stacked(book: Workbook, tasks: Cells[TaskReport], looks: Mapping[str, Options], title: str) -> Chart:
    drawn = book.add_chart({"type": "bar", "subtype": "stacked"})
    for head, look in looks.items():
        drawn.add_series({**tasks.named(head), **tasks.over("Task"), **tasks.of(head), "gap": 60, **look})
    drawn.set_legend({"position": "bottom"})
    return _lying(drawn, len(tasks.rows), _title(title), _COUNTS, _LEGEND_PX)


def first_clicks_chart(book: Workbook, areas: Cells[OfTask]) -> Chart:
    """Where people clicked first in a task."""
    drawn = book.add_chart({"type": "bar"})
    look = {"fill": {"color": tokens()["data"]}, "gap": 40, "data_labels": {"value": True}}
    drawn.add_series({**areas.named("Clicked first"), **areas.over("Area"), **areas.of("Clicked first"), **look})
    drawn.set_legend({"none": True})
    return _lying(drawn, len(areas.rows), areas.titled("Task"), _COUNTS)


def sus_chart(book: Workbook, scores: Cells[float], sus: SusFigures) -> Chart:
    """Each person's score, from the lowest to the highest."""
    drawn = book.add_chart({"type": "column"})
    look = {"fill": {"color": tokens()["data"]}, "gap": 40}
    drawn.add_series({**scores.named("SUS score"), **scores.of("SUS score"), **look})
    mean = "" if sus.mean is None else f", mean {sus.mean:.1f}"
    drawn.set_title(_title(f"SUS, a column a person{mean}; {AVERAGE_SUS} is average"))
    drawn.set_y_axis({"min": 0, "max": 100, "major_gridlines": _grid()})
    drawn.set_legend({"none": True})
    drawn.set_size({"width": 640, "height": 320})
    return drawn


def _title(words: str) -> Options:
    return {"name": words, **_SMALL}


def _lying(drawn: Chart, rows: int, title: Options, axis: Options, more_px: int = 0) -> Chart:
    """Bars that lie, the first of them at the top."""
    drawn.set_title(title)
    drawn.set_x_axis({**axis, "major_gridlines": _grid()})
    drawn.set_y_axis({"reverse": True})
    drawn.set_size({"width": _WIDTH_PX, "height": _HEAD_PX + _ROW_PX * rows + more_px})
    return drawn


def _grid() -> Options:
    return {"visible": True, "line": {"color": tokens()["line"]}}


def _fill(outcome: str) -> Options:
    if outcome not in _PATTERNS:
        return {"fill": {"color": outcome_colour(outcome)}}
    marks, ground = outcome_mark(outcome), outcome_colour(outcome)
    return {"pattern": {"pattern": _PATTERNS[outcome], "fg_color": marks, "bg_color": ground}}
