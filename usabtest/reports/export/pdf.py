"""The report and its summary as PDF."""

from __future__ import annotations

from usabtest.reports.cx import CxSummary
from usabtest.reports.export.parts import EVERYTHING, Parts
from usabtest.reports.export.report_document import report_document
from usabtest.reports.export.summary_document import summary_document
from usabtest.reports.export.typeset import to_pdf
from usabtest.reports.figures import StudyReport


def report_pdf(report: StudyReport, parts: Parts = EVERYTHING) -> bytes:
    """Write the whole report, or the parts of it that were chosen."""
    return to_pdf(report_document(report, parts), made_at=report.generated_at)


def summary_pdf(report: StudyReport, summary: CxSummary, parts: Parts = EVERYTHING) -> bytes:
    """Write the summary of a report in plain words."""
    return to_pdf(summary_document(report, summary, parts), made_at=report.generated_at)
