"""Writing a report as one of its files."""

from __future__ import annotations

from usabtest.accounts.models import User
from usabtest.reports.alone import report_html
from usabtest.reports.bulk import without_collecting
from usabtest.reports.export.cif import cif_pdf
from usabtest.reports.export.pdf import report_pdf, summary_pdf
from usabtest.reports.export.pptx import report_pptx
from usabtest.reports.export.xlsx import report_xlsx
from usabtest.reports.figures import StudyReport
from usabtest.reports.summing_up import summary_of
from usabtest.studies.models import Study


@without_collecting()
def written(name: str, study: Study, report: StudyReport, *, reader: User | None) -> bytes:
    """Write the report of a study as the file of this name, one of FILES, for somebody who may read it."""
    match name:
        case "report.pdf":
            return report_pdf(report)
        case "summary.pdf":
            return summary_pdf(report, summary_of(study, report, reader=reader))
        case "cif.pdf":
            return cif_pdf(report)
        case "report.html":
            return report_html(report)
        case "report.pptx":
            return report_pptx(report)
        case "report.xlsx":
            return report_xlsx(report)
        case _:
            raise ValueError(f"{name!r} is none of a report's files")
