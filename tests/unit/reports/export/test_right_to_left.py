"""A study that is written from right to left: in every file each text keeps its order, alone and among our words.

Hebrew, since the fonts that come with Typst have it; what holds for it holds for Arabic.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pptx
import pypdf
import pytest

from tests.unit.reports.export.sample import sample_report
from usabtest.conclusions.queries import Concluded
from usabtest.reports.cx import cx_summary
from usabtest.reports.direction import leftwards
from usabtest.reports.export.cif import cif_pdf
from usabtest.reports.export.pdf import report_pdf, summary_pdf
from usabtest.reports.export.pptx import report_pptx
from usabtest.reports.figures import StudyReport

STUDY = "תשלום בחנות, סבב שני"
TASKS = ("מצא ספר מתנה", "שלם עם השובר")
ANSWER = "הכפתור Apply לא עבד בפעם הראשונה."
SCENARIO = "שלם עם **השובר** OTTER-5 בקופה."


@pytest.fixture(scope="module")
def report() -> StudyReport:
    return sample_report(12, title=STUDY, titles=TASKS, texts=[ANSWER], scenario=SCENARIO, language="he")


def placed(pdf: bytes) -> Iterator[dict[str, float]]:
    """Where on each page each run of text begins, the last one where there are several."""
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        found: dict[str, float] = {}

        def read(text: str, cm: Any, tm: Any, *_: object, found: dict[str, float] = found) -> None:
            found[text.strip()] = cm[4] + cm[0] * tm[4]

        page.extract_text(visitor_text=read)
        yield found


def from_left_to_right(page: Mapping[str, float], *words: str) -> bool:
    """Whether these runs stand so beside each other."""
    places = [page[word] for word in words]
    return places == sorted(places)


def test_an_answer_goes_from_right_to_left_around_its_latin_word(report: StudyReport) -> None:
    page = next(page for page in placed(report_pdf(report)) if "Apply" in page)

    assert from_left_to_right(page, ".", "הראשונה", "בפעם", "עבד", "לא", "Apply", "הכפתור")
    assert page["הכפתור"] > 450, "it begins at the right side of the page"


def test_the_foot_names_the_study_before_the_date(report: StudyReport) -> None:
    for made in (report_pdf(report), summary_pdf(report, cx_summary(report, Concluded())), cif_pdf(report)):
        page = list(placed(made))[-1]
        date = next(run for run in page if run.startswith("· 14 November 2026"))
        assert from_left_to_right(page, "שני", "סבב", "בחנות,", "תשלום", date)


def test_a_scenario_is_set_as_its_marks_say(report: StudyReport) -> None:
    page = next(page for page in placed(report_pdf(report)) if "OTTER-5" in page)

    assert from_left_to_right(page, "בקופה", "OTTER-5", "השובר", "עם", "שלם")
    assert not any("*" in run for run in page)


def test_a_title_keeps_its_order_in_our_sentences(report: StudyReport) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(report))).pages)
    page = next(iter(placed(report_pdf(report))))

    assert "Start with" in text
    start = next(run for run in page if run.startswith("Start with"))
    assert from_left_to_right(page, start, "השובר", "עם", "שלם")


def test_slides_know_the_direction_of_each_paragraph(report: StudyReport) -> None:
    found = list(pptx.Presentation(io.BytesIO(report_pptx(report))).slides)
    paragraphs = [
        paragraph
        for slide in found
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]

    for paragraph in paragraphs:
        right_to_left = paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl") == "1"
        assert right_to_left == leftwards(paragraph.text), paragraph.text
    assert any(leftwards(paragraph.text) for paragraph in paragraphs)
