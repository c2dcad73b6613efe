"""The report as a workbook: one sheet a table, cells with types, charts that can be edited.

Sheets are written row by row and let go of (`constant_memory`), so that memory does not grow with the attempts.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import groupby
from typing import Any, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from usabtest.reports.export.headline import headline
from usabtest.reports.export.imprint import imprint
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.sheet import LETTERS_AT_MOST, PlainSheet
from usabtest.reports.export.tables import (
    ANSWER_COLUMNS,
    TASK_COLUMNS,
    Cell,
    Column,
    Kind,
    answers_of,
    attempt_columns,
    attempts_of,
    people_of,
    person_columns,
)
from usabtest.reports.export.task_tables import EASE, ERRORS, FIRST_CLICKS, WAYS, OfTask, TaskTable
from usabtest.reports.export.texts import seen, shortened
from usabtest.reports.export.xlsx_charts import (
    ROWS_DRAWN_AT_MOST,
    Cells,
    ease_chart,
    ended_chart,
    errors_chart,
    first_clicks_chart,
    success_chart,
    sus_chart,
    time_chart,
)
from usabtest.reports.figures import StudyReport, SusFigures
from usabtest.reports.overview import overview
from usabtest.reports.task_clicks import AREAS_AT_MOST
from usabtest.web.tables import FORMULA_SIGNS

ROWS_AT_MOST = 1_048_576
_A4 = 9
_COLUMNS_A_PAGE = 16
_FOOT_LETTERS = 230
_TOLD_LETTERS = 250
_ROW_PX = 20
_WIDTHS = {Kind.WORDS: 24, Kind.MOMENT: 18}
_NUMBERS = {Kind.COUNT: "#,##0", Kind.SHARE: "0%", Kind.SECONDS: "0.0", Kind.SCORE: "0.00"}
Row = TypeVar("Row")


def report_xlsx(report: StudyReport, parts: Parts = EVERYTHING) -> bytes:
    """Write the report as a workbook."""
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "in_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
        "remove_timezone": True,
    }
    with closing(Workbook(file, options)) as workbook:
        _Book(workbook, report, parts).write()
    return file.getvalue()


class _Book:
    """A workbook while it is written."""

    def __init__(self, workbook: Workbook, report: StudyReport, parts: Parts) -> None:
        self.workbook = workbook
        self.report = report
        self.parts = parts
        self.made = imprint(report, parts)
        self.told: dict[str, Sequence[Column[Any]]] = {}
        self.cut: list[str] = []
        words = {"font_name": "Calibri", "valign": "top"}
        self.head = workbook.add_format({**words, "bold": True, "bottom": 1, "text_wrap": True})
        self.title = workbook.add_format({**words, "font_name": "Cambria", "font_size": 20})
        self.bold = workbook.add_format({**words, "bold": True})
        self.plain = workbook.add_format(words)
        self.wrapped = workbook.add_format({**words, "text_wrap": True})
        self.right = workbook.add_format({**words, "align": "right"})
        self.defused = workbook.add_format({**words, "quote_prefix": True})
        self.numbers = {kind: workbook.add_format({**words, "num_format": it}) for kind, it in _NUMBERS.items()}
        self.moment = workbook.add_format({**words, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})

    def write(self) -> None:
        made = self.made
        self.workbook.set_properties(
            {"title": made.study, "comments": made.line, "created": self.report.generated_at.replace(tzinfo=None)}
        )
        if self.parts.overview:
            self._overview()
        if self.parts.tasks:
            self._table("Tasks", TASK_COLUMNS, self.report.tasks)
            self._task_tables()
        if self.parts.tasks and self.parts.people:
            self._table("Attempts", attempt_columns(words=self.parts.words), attempts_of(self.report))
        answers = list(answers_of(self.report, words=self.parts.words)) if self.parts.tasks else []
        if answers:
            self._table("Answers", ANSWER_COLUMNS, answers)
        if self.parts.overview and self.report.sus is not None and self.report.sus.n:
            self._sus(self.report.sus)
        if self.parts.people:
            self._table("Participants", person_columns(self.report.tasks), people_of(self.report))
        self._about()

    def _overview(self) -> None:
        sheet = self._sheet("Overview")
        sheet.set_portrait()
        sheet.set_row(0, 30)
        shown = overview(self.report)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2, 4)
        self._put(sheet, 0, 0, self.report.study.title, self.title)
        self._put(sheet, 1, 0, str(shown.lead), self.plain)
        self._put(sheet, 2, 0, self.made.line, self.plain)
        top = 4
        for heading, lines in headline(self.report):
            self._put(sheet, top, 0, heading, self.bold)
            for row, line in enumerate(lines, start=top + 1):
                self._put(sheet, row, 0, line.name, self.plain)
                form = self.right if isinstance(line.value, str | None) else self._form_of(line.kind)
                self._put(sheet, row, 1, "–" if line.value is None else line.value, form)
            top += len(lines) + 2
        if self.parts.tasks and self.report.tasks and not shown.empty:
            self._draw_tasks(sheet)

    def _draw_tasks(self, sheet: Worksheet) -> None:
        """Success, time and ease with their intervals, and how attempts ended."""
        tasks = Cells("Tasks", TASK_COLUMNS, self.report.tasks[:ROWS_DRAWN_AT_MOST])
        drawn = [
            (success_chart(self.workbook, tasks), "Success rates of the tasks with their intervals"),
            (ended_chart(self.workbook, tasks), "How the attempts of each task ended"),
        ]
        if any(task.time_on_task.n for task in tasks.rows):
            drawn.append((time_chart(self.workbook, tasks), "Typical times of the tasks with their intervals"))
        if any(task.seq and task.seq.n for task in tasks.rows):
            drawn.append((ease_chart(self.workbook, tasks), "How easy the tasks felt, with the intervals"))
        _below_each_other(sheet, 4, 3, drawn)

    def _task_tables(self) -> None:
        """What tasks' pages show besides: a sheet a table, without those that nothing stands in."""
        for table in (ERRORS, FIRST_CLICKS, WAYS, EASE):
            rows = list(table.rows(self.report.tasks))
            if not rows:
                continue
            sheet = self._table(table.name, table.columns, rows)
            if table is ERRORS:
                tasks = Cells("Tasks", TASK_COLUMNS, self.report.tasks[:ROWS_DRAWN_AT_MOST])
                drawn = [(errors_chart(self.workbook, tasks), "How many errors were met in each task")]
                _below_each_other(sheet, 1, len(table.columns) + 1, drawn)
            if table is FIRST_CLICKS:
                _below_each_other(sheet, 1, len(table.columns) + 1, self._first_clicks(table, rows))

    def _first_clicks(self, table: TaskTable, rows: Sequence[OfTask]) -> list[tuple[Chart, str]]:
        """A chart a task."""
        drawn, first = [], 1
        for _, of_task in groupby(rows, lambda row: row.task.key):
            areas = list(of_task)
            cells = Cells(table.name, table.columns, areas[:AREAS_AT_MOST], first)
            drawn.append(
                (first_clicks_chart(self.workbook, cells), f"Where people clicked first: {areas[0].task.title}")
            )
            first += len(areas)
        return drawn[:ROWS_DRAWN_AT_MOST]

    def _sus(self, sus: SusFigures) -> None:
        """A row a person's score, without saying whose, and the chart of them beside the summary."""
        columns: tuple[Column[float], ...] = (Column("SUS score", Kind.SCORE, float, "Of one person, 0 to 100."),)
        sheet = self._table("SUS", columns, sus.scores)
        drawn = sus_chart(self.workbook, Cells("SUS", columns, sus.scores), sus)
        _below_each_other(sheet, 1, 3, [(drawn, "The SUS scores, from the lowest to the highest")])

    def _about(self) -> None:
        """Where the figures come from, and what each column means."""
        sheet = self._sheet("About")
        sheet.set_column(0, 1, 28)
        sheet.set_column(2, 2, 80)
        row = 0
        for name, text in self.made.rows.items():
            self._put(sheet, row, 0, name, self.bold)
            self._put(sheet, row, 1, text, self.plain)
            row += 1
        for name in self.cut:
            self._put(sheet, row, 0, name, self.bold)
            self._put(sheet, row, 1, "Cut: a sheet ends here. All rows are in the CSV of attempts.", self.plain)
            row += 1
        row += 1
        for place, head in enumerate(("Sheet", "Column", "Means")):
            self._put(sheet, row, place, head, self.head)
        for name, columns in self.told.items():
            for column in columns:
                row += 1
                self._put(sheet, row, 0, name, self.plain)
                self._put(sheet, row, 1, column.head, self.plain)
                self._put(sheet, row, 2, column.about, self.plain)

    def _sheet(self, name: str, columns: int = 1) -> PlainSheet:
        """A sheet that is printed as wide as paper is, each page of it with where it comes from.

        One of many columns goes on beside that, its first column on each page.
        """
        sheet: PlainSheet = self.workbook.add_worksheet(name, worksheet_class=PlainSheet)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(max(1, round(columns / _COLUMNS_A_PAGE)), 0)
        told = f"{shortened(self.made.study, 60)} · {self.made.generated} · {shortened(self.made.line, 120)}"
        # An ampersand begins an order there, and a foot has 255 letters at most.
        room = _FOOT_LETTERS - told.count("&")
        sheet.set_footer(f"&L&8 {seen(shortened(told, room)).replace('&', '&&')}&R&8 &P / &N")
        return sheet

    def _table(self, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Worksheet:
        """Write a sheet with a frozen head and a filter."""
        self.told[name] = columns
        sheet = self._sheet(name, len(columns))
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 48)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column.kind, 12))
        for place, column in enumerate(columns):
            self._put(sheet, 0, place, column.head, self.head)
        written = [(column.value, self._form_of(column.kind), self.defused) for column in columns]
        count = sheet.write_rows(1, rows, written, most=ROWS_AT_MOST - 1)
        if count >= ROWS_AT_MOST:
            self.cut.append(name)
        sheet.autofilter(0, 0, max(1, min(count, ROWS_AT_MOST - 1)), len(columns) - 1)
        return sheet

    def _put(self, sheet: Worksheet, row: int, column: int, value: Cell, form: Format) -> None:
        """Write a cell as what it is: whatever a text looks like, it stays a text."""
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(row, column, value, self.plain)
            case int() | float():
                sheet.write_number(row, column, value, form)
            case dt.datetime():
                sheet.write_datetime(row, column, value, self.moment)
            case str():
                defused = form is self.plain and value.startswith(tuple(FORMULA_SIGNS))
                sheet.write_string(row, column, value[:LETTERS_AT_MOST], self.defused if defused else form)

    def _form_of(self, kind: Kind) -> Format:
        return self.moment if kind is Kind.MOMENT else self.numbers.get(kind, self.plain)


def _below_each_other(sheet: Worksheet, row: int, column: int, drawn: Iterable[tuple[Chart, str]]) -> None:
    """Place charts, each with what it shows for those who do not see it."""
    for chart, words in drawn:
        sheet.insert_chart(row, column, chart, {"description": seen(shortened(words, _TOLD_LETTERS))})
        row += chart.height // _ROW_PX + 2
