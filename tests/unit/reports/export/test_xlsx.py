"""The report as a workbook: typed cells, the report's own figures, and no text that could act."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from tests.unit.reports.export.sample import sample_report
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.xlsx import report_xlsx
from usabtest.reports.figures import StudyReport
from usabtest.reports.task_page import task_shown

# XlsxWriter takes what looks so for rich text of its own, and would write it as it is.
FORGED = '<r></r></is></c><c r="Z9"><f>HYPERLINK("https://evil.example")</f></c><c><is><r><t>x</t></r>'
HOSTILE = '=HYPERLINK("https://evil.example","win")'


def book(report: StudyReport, parts: Parts = EVERYTHING) -> Any:
    return openpyxl.load_workbook(io.BytesIO(report_xlsx(report, parts)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in below]


def test_it_works() -> None:
    report = sample_report(12)

    found = book(report)

    shown = ["Overview", "Tasks", "Errors", "First clicks", "Ways", "Ease"]
    assert found.sheetnames == [*shown, "Attempts", "Answers", "SUS", "Participants", "About"]
    assert [len(found[name]._charts) for name in ("Overview", "Errors", "First clicks", "SUS")] == [4, 1, 5, 1]
    assert found["Attempts"].freeze_panes == "B2"
    assert found["Attempts"].auto_filter.ref == f"A1:AB{1 + 60}"
    assert len(rows(found["Attempts"])) == 60
    assert len(rows(found["Participants"])) == 12


def test_a_task_has_the_figures_of_the_report() -> None:
    report = sample_report(12)

    found = rows(book(report)["Tasks"])

    for row, task in zip(found, report.tasks, strict=True):
        assert row["Task"] == task.title
        assert (row["Successes"], row["n"]) == (task.success.successes, task.n)
        assert row["Success rate"] == pytest.approx(task.success.rate)
        assert task.success.ci is not None
        assert (row["Rate, low"], row["Rate, high"]) == pytest.approx(task.success.ci)
        assert row["Geometric mean, s"] == pytest.approx(task.time_on_task.geometric_mean)
        assert row["Gave up"] == task.outcomes["gave_up"]
        assert row["User errors"] == task.errors.user.total
        assert task.seq is not None
        assert row["Ease, mean of 7"] == pytest.approx(task.seq.mean)
        assert task.first_click is not None
        assert row["First clicks in the right place"] == task.first_click.correct


def test_the_sheets_have_what_the_pages_of_tasks_show() -> None:
    report = sample_report(12)
    found = book(report)

    for task in report.tasks:
        shown = task_shown(report, task, {})
        assert shown.first_clicks is not None
        assert shown.ways is not None
        for name, table in (
            ("Errors", shown.errors.table),
            ("First clicks", shown.first_clicks.table),
            ("Ways", shown.ways.table),
        ):
            assert [row[1:] for row in found[name].iter_rows(values_only=True) if row[0] == task.title] == [*table.rows]
        eases = [row[2] for row in found["Ease"].iter_rows(values_only=True) if row[0] == task.title]
        assert eases == [column.count for column in shown.ease]
        [row] = (row for row in rows(found["Tasks"]) if row["Task"] == task.title)
        assert row["A form was refused"] == task.errors.by_kind["form"]


def test_nothing_stands_in_a_sheet_that_nobody_needs() -> None:
    found = book(sample_report(0))

    assert found.sheetnames == ["Overview", "Tasks", "Attempts", "Answers", "Participants", "About"]


@pytest.mark.parametrize("people", [1, 12])
def test_charts_bring_what_they_draw(people: int) -> None:
    """A program that does not read the cells draws from these."""
    report = sample_report(people, titles=["NaN", "Pay & <go>"])
    found = book(report)

    drawn = [series for sheet in found for chart in sheet._charts for series in chart.series]
    for series in drawn:
        told = series.val.numRef
        assert cached(told) == [value for value in cells(found, told.f) if value is not None]
    axis = found["Overview"]._charts[2].y_axis.scaling
    for task in report.tasks:
        low, high = task.time_on_task.ci or (task.time_on_task.median,) * 2
        assert axis.min <= low <= high <= axis.max
    success = found["Overview"]._charts[0].series[0]
    assert [point.v for point in success.cat.strRef.strCache.pt] == ["NaN ", "Pay & <go> "]
    assert success.tx.strRef.strCache.pt[0].v == "Success rate"
    for ends, sign in ((success.errBars.minus, -1), (success.errBars.plus, 1)):
        reached = [task.success.rate + sign * end for task, end in zip(report.tasks, cached(ends.numRef), strict=True)]
        assert reached == pytest.approx([task.success.ci[(sign + 1) // 2] for task in report.tasks])
        assert cached(ends.numRef) == cells(found, ends.numRef.f)


def cached(reference: Any) -> list[float]:
    return [float(point.v) for point in reference.numCache.pt]


def cells(found: Any, formula: str) -> list[Any]:
    """What stands in the cells of a range."""
    name, _, area = formula.partition("!")
    left, top, right, bottom = range_boundaries(area)
    within = {"min_col": left, "min_row": top, "max_col": right, "max_row": bottom, "values_only": True}
    return [value for row in found[name.strip("'")].iter_rows(**within) for value in row]


def test_the_overview_has_the_scores_with_their_intervals_or_says_that_there_is_none() -> None:
    def group(people: int, heading: str) -> dict[str, Any]:
        lines = [row[:2] for row in book(sample_report(people))["Overview"].iter_rows(values_only=True)]
        start = lines.index((heading, None)) + 1
        return dict(lines[start : lines.index((None, None), start) if (None, None) in lines[start:] else None])

    csat = sample_report(12).csat
    assert csat is not None
    found = group(12, "Satisfied (CSAT)")
    assert (found["Answers"], found["Satisfied"], found["Share"]) == (12, csat.satisfied, pytest.approx(csat.rate))
    assert (found["Likely from"], found["Likely to"]) == pytest.approx(csat.ci)
    assert group(12, "Who took part")["Reached the end"] == 12
    alone = group(1, "SUS")
    assert (alone["Answers"], alone["Likely from"], alone["Standard deviation"]) == (1, "–", "–")


def test_cells_have_types() -> None:
    found = book(sample_report(3))

    attempt = rows(found["Attempts"])[0]
    assert isinstance(attempt["Clicks"], int)
    assert isinstance(attempt["First click right"], bool)
    assert isinstance(rows(found["Participants"])[0]["Began, UTC"], dt.datetime)
    assert found["Tasks"]["E2"].number_format == "0%"


@pytest.mark.parametrize(
    "text", [HOSTILE, FORGED, "<r><t>unclosed</r>", "\x00\ufffe_x000D_ & <b>", " spaced ", "+1", "＝1", "x" * 40_000]
)
def test_whatever_a_text_says_it_is_one_cell(text: str) -> None:
    found = book(sample_report(3, titles=["<r>Task</r>"], texts=[text], code="<r>"))

    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    [answer] = {row["Answer"] for row in rows(found["Answers"]) if row["Question"] == "What was missing?"}
    assert unescaped(answer) == text[:32_767]
    assert {unescaped(row["Task"]) for row in rows(found["Attempts"])} == {"<r>Task</r>"}


def unescaped(text: str) -> str:
    """A text as Excel shows it: openpyxl leaves its escapes as they are."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_each_printed_page_says_where_it_comes_from() -> None:
    for sheet in book(sample_report(3, title="R&D shop" + "&" * 150)):
        assert sheet.oddFooter.left.text.strip().startswith("R&&D shop&&&&")
        assert "3 people · All devices" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text.strip() == "&P / &N"
        assert sheet.page_setup.orientation == ("portrait" if sheet.title == "Overview" else "landscape")
        pages = {"Tasks": 4, "Attempts": 2}.get(sheet.title)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (pages, 0)


def test_it_says_where_it_comes_from() -> None:
    report = sample_report(12, filters={"device": "phone"})

    about = {row[0]: row[1] for row in book(report)["About"].iter_rows(values_only=True)}

    assert about["People"] == "12 people"
    assert about["Showing"] == "Device: phone, All groups, All dates"
    assert about["Generated"] == "14 November 2026, 16:20 UTC"
    assert about["Checksum of the data"].replace("·", "") == report.checksum
    assert about["Made by"].startswith("usabtest ")


@pytest.mark.parametrize("text", [HOSTILE, "+1", "-1", "@SUM(A1)", "https://evil.example", "<script>"])
def test_a_text_stays_a_text(text: str) -> None:
    report = sample_report(3, title=text[:200], titles=[text[:200]] * 2, texts=[text], code=text[:20])

    found = book(report)

    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None
    assert any(cell.value for cell in found["Answers"]["F"])


@pytest.mark.parametrize("text", ["\x00\x1b", "9" * 40_000])
def test_what_no_cell_can_hold_is_cut_or_escaped(text: str) -> None:
    found = book(sample_report(1, texts=[text]))

    assert any(cell.value and len(str(cell.value)) > 1 for cell in found["Answers"]["F"])


def test_what_was_not_asked_for_is_not_there() -> None:
    report = sample_report(3, texts=["a secret word"])

    found = book(report, Parts(people=False, words=False))

    shown = ["Overview", "Tasks", "Errors", "First clicks", "Ways", "Ease"]
    assert found.sheetnames == [*shown, "Answers", "SUS", "About"]
    texts = [str(cell.value) for sheet in found for row in sheet.iter_rows() for cell in row]
    assert not any("secret" in text or "P-0" in text for text in texts)


@pytest.mark.parametrize("people", [0, 1])
def test_nearly_nobody(people: int) -> None:
    found = book(sample_report(people))

    assert len(rows(found["Tasks"])) == 5
    assert len(rows(found["Participants"])) == people
