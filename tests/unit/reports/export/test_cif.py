"""The Common Industry Format: its outline, its tables, and what is missing to conform."""

from __future__ import annotations

import io

import pypdf

from tests.unit.reports.export.sample import sample_report
from usabtest.reports.export.cif import cif_pdf
from usabtest.reports.export.cif_gaps import gaps
from usabtest.reports.figures import StudyReport


def text_of(report: StudyReport) -> str:
    pages = pypdf.PdfReader(io.BytesIO(cif_pdf(report))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_has_the_outline_of_the_norm() -> None:
    text = text_of(sample_report(12))

    places = [text.rindex(heading) for heading in ("1 Executive summary", "2 Introduction", "3 Method", "4 Results")]
    assert places == sorted(places)
    for heading in ("2.1 Product description", "3.1 Participants", "3.4 Usability metrics", "4.2.1 Performance"):
        assert heading in text


def test_it_gives_the_figures_of_the_report() -> None:
    report = sample_report(12)

    text = text_of(report)

    assert "Pay with a voucher 12 4 33 % 14 % to 61 % 1 1.08" in text
    assert report.sus is not None
    assert f"System Usability Scale, 0 to 100 12 {report.sus.mean:.1f}" in text


def test_what_is_missing_is_named() -> None:
    text = text_of(sample_report(12))

    for gap in gaps(sample_report(12)):
        assert gap.what in text
    assert "9 things that ISO/IEC 25062 asks for are missing" in text


def test_what_a_study_has_is_not_missed() -> None:
    full = sample_report(12, contact={"organisation": "Shop Ltd", "email": "ux@shop.example"})

    assert "Organisation and contact" not in {gap.what for gap in gaps(full)}
    assert "Enough participants" not in {gap.what for gap in gaps(full)}
    assert "Enough participants" in {gap.what for gap in gaps(sample_report(3))}
    assert "A questionnaire of satisfaction after the test" in {
        gap.what for gap in gaps(sample_report(3, after=["nps"]))
    }


def test_of_nobody_it_says_nothing_that_did_not_happen() -> None:
    text = text_of(sample_report(0))

    assert "Nobody has taken part yet. 2 Introduction" in text
    assert "worked through" not in text
    assert "Nobody fits these filters. 2 Introduction" in text_of(sample_report(0, filters={"device": "phone"}))


def test_of_one_person_it_gives_no_interval_that_the_report_does_not_give() -> None:
    report = sample_report(1)

    text = text_of(report)

    assert "1 person worked through 5 tasks" in text
    assert "SUS 80.0. One answer, no interval. 2 Introduction" in text
    assert "Likelihood to recommend (NPS), −100 to +100 1 −100 too few answers for an interval" in text
    assert ".." not in text
