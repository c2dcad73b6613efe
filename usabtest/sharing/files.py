"""The files that a link lets be downloaded: they show what the page shows, and no more."""

from __future__ import annotations

from collections.abc import Collection

from usabtest.reports.cx import CxSummary
from usabtest.reports.export.parts import Parts
from usabtest.reports.export.pdf import report_pdf, summary_pdf
from usabtest.reports.figures import StudyReport
from usabtest.sharing.sections import Section

SUMMARY = "summary.pdf"
REPORT = "report.pdf"


def file_names(sections: Collection[Section]) -> tuple[str, ...]:
    """Which files there are: the summary, and the report if its overview or its tasks may be seen."""
    summary = (SUMMARY,) if Section.CX in sections else ()
    report = (REPORT,) if {Section.OVERVIEW, Section.TASKS}.intersection(sections) else ()
    return (*summary, *report)


def written(name: str, report: StudyReport, summary: CxSummary, sections: Collection[Section]) -> bytes:
    """Write a file of a report that has been redacted already."""
    parts = Parts(
        overview=Section.OVERVIEW in sections,
        tasks=Section.TASKS in sections,
        people=Section.PARTICIPANTS in sections,
        words=Section.FREE_TEXT in sections,
    )
    return summary_pdf(report, summary, parts) if name == SUMMARY else report_pdf(report, parts)
