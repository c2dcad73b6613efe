"""One report, many faces: JSON, CSV, workbook, PDF and the page carry the same numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import openpyxl
import pptx
import pypdf
import pytest

from tests.unit.reports.export.sample import sample_report
from usabtest import __version__
from usabtest.reports import words
from usabtest.reports.as_csv import to_csv
from usabtest.reports.as_json import to_json
from usabtest.reports.export.cif import cif_pdf
from usabtest.reports.export.pdf import report_pdf
from usabtest.reports.export.pptx import report_pptx
from usabtest.reports.export.xlsx import report_xlsx
from usabtest.reports.figures import StudyReport, TaskReport


@dataclass(frozen=True)
class Figure:
    """A figure of a task: where the JSON and the table have it, where the workbook, and how documents say it."""

    path: str
    column: str
    said: Callable[[TaskReport], str] | None = None


FIGURES = (
    Figure("n", "n"),
    Figure("success.successes", "Successes", lambda task: words.of(task.success.successes, task.n)),
    Figure("success.rate", "Success rate", lambda task: words.share_beside(task.success.rate, task.success.ci, task.n)),
    Figure("success.ci.low", "Rate, low"),
    Figure("success.ci.high", "Rate, high"),
    Figure("outcomes.gave_up", "Gave up"),
    Figure("outcomes.abandoned", "Left"),
    Figure("time_on_task.n", "Times"),
    Figure(
        "time_on_task.geometric_mean",
        "Geometric mean, s",
        lambda task: words.duration(words.centre(task.time_on_task) or 0),
    ),
    Figure("time_on_task.median", "Median, s"),
    Figure("time_on_task.ci.low", "Time, low, s", lambda task: words.likely_times(task.time_on_task)),
    Figure("errors.user.total", "User errors", words.errors_words),
    Figure("errors.system.total", "System errors"),
    Figure(
        "errors.attempts_with_errors.count",
        "Ran into errors",
        lambda task: words.of(task.errors.attempts_with_errors.count, task.n),
    ),
    Figure("abandonment.count", "Gave up or left"),
    Figure("clicks.to_completion.median", "Clicks to finish, median"),
    Figure("lostness.mean", "Lostness"),
    Figure("first_click.correct", "First clicks in the right place"),
    Figure(
        "seq.mean", "Ease, mean of 7", lambda task: words.number(task.seq.mean) if task.seq and task.seq.mean else ""
    ),
    Figure("sum.value", "SUM"),
)


@pytest.fixture(scope="module", params=[({}, 12), ({"device": "phone", "attr.plan": ["free", "pro"]}, 5), ({}, 40)])
def report(request: pytest.FixtureRequest) -> StudyReport:
    filters, people = request.param
    return sample_report(people, filters=filters)


@pytest.fixture(scope="module")
def told(report: StudyReport) -> Any:
    return json.loads(to_json(report))


def found(task: Any, path: str) -> Any:
    """A figure in the JSON by its name in the table, where the ends of an interval are called low and high."""

    def below(value: Any, key: str) -> Any:
        return value[("low", "high").index(key)] if isinstance(value, list) else value[key]

    return reduce(below, path.split("."), task)


def test_the_table_has_the_numbers_of_the_json(report: StudyReport, told: Any) -> None:
    rows = {(row["task"], row["figure"]): row["value"] for row in csv.DictReader(io.StringIO(to_csv(report)))}

    for task in told["tasks"]:
        for figure in FIGURES:
            assert rows[task["key"], figure.path] == str(found(task, figure.path)), figure
    assert rows["", "sus.mean"] == str(told["sus"]["mean"])
    assert rows["", "nps.score"] == str(told["nps"]["score"])
    assert rows["", "generated_at"] == told["generated_at"]
    assert rows["", "version"] == __version__
    assert rows["", "checksum"].replace("·", "") == report.checksum


def test_the_workbook_has_the_numbers_of_the_json(report: StudyReport, told: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)))
    head, *below = book["Tasks"].iter_rows(values_only=True)

    for task, row in zip(told["tasks"], below, strict=True):
        cells = dict(zip(head, row, strict=True))
        for figure in FIGURES:
            assert cells[figure.column] == pytest.approx(found(task, figure.path)), figure
    headline = {row[0]: row[1] for row in book["Overview"].iter_rows(min_row=20, values_only=True)}
    assert headline["Score"] == pytest.approx(told["nps"]["score"])
    assert [row[0] for row in book["SUS"].iter_rows(min_row=2, values_only=True)] == told["sus"]["scores"]


def test_the_pdf_says_the_numbers_of_the_json(report: StudyReport, told: Any) -> None:
    text = said_by(report_pdf(report))

    for task in report.tasks:
        for figure in FIGURES:
            if figure.said is not None:
                assert plain(figure.said(task)) in text, (task.title, figure)
    assert f"{words.number(told['sus']['mean'])}" in text
    assert words.signed(told["nps"]["score"]) in text


def test_the_slides_say_the_numbers_of_the_json(report: StudyReport) -> None:
    found = pptx.Presentation(io.BytesIO(report_pptx(report))).slides
    by_title = {
        slide.shapes.title.text: plain(" ".join(shape.text for shape in slide.shapes if shape.has_text_frame))
        for slide in found
    }

    for task in report.tasks:
        for figure in FIGURES:
            if figure.said not in (None, words.errors_words):
                assert plain(figure.said(task)) in by_title[task.title], (task.title, figure)


def test_all_say_of_whom_when_and_from_which_data(report: StudyReport) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)))["About"]
    workbook = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    filters = ["Device: phone", "plan: free", "plan: pro"] if report.filters else ["All devices", "All groups"]

    for face in (said_by(report_pdf(report)), plain(workbook)):
        for words_of_it in (*filters, words.people(len(report.people)), "14 November 2026", "usabtest 0."):
            assert words_of_it in face
        assert report.checksum in face.replace("·", "")


def test_a_scenario_is_said_without_the_marks_of_its_markdown() -> None:
    told = "Put a **detective story** into the *basket*:\n\n1. `red`\n2. [blue](https://shop.example/blue)"
    report = sample_report(3, scenario=told)
    slides = pptx.Presentation(io.BytesIO(report_pptx(report))).slides

    for face in (
        said_by(report_pdf(report)),
        said_by(cif_pdf(report)),
        plain(" ".join(slide.notes_slide.notes_text_frame.text for slide in slides)),
    ):
        for words_of_it in ("detective story", "basket", "red", "blue (https://shop.example/blue)"):
            assert words_of_it in face
        for mark in ("**", "*basket*", "`", "[blue]"):
            assert mark not in face


def said_by(pdf: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def plain(text: str) -> str:
    """Text as a reader takes it: one kind of space."""
    return " ".join(text.split())
