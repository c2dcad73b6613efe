"""The files that a report can be had as, by their names; what each holds is written in `export`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from usabtest.reports.export.xlsx import report_xlsx
from usabtest.reports.figures import StudyReport


@dataclass(frozen=True, slots=True)
class File:
    """One kind of file; `words` name it in menus."""

    words: str
    mimetype: str
    write: Callable[[StudyReport], bytes]


FILES: Mapping[str, File] = {
    "report.xlsx": File(
        "Workbook (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report_xlsx
    ),
}
