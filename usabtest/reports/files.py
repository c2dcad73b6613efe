"""The files that a report can be had as, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One kind of file; `words` name it in menus, `busy` is what a menu says while it is made."""

    words: str
    busy: str
    mimetype: str


FILES: Mapping[str, File] = {
    "report.pdf": File("Report as PDF", "Making the PDF", "application/pdf"),
    "summary.pdf": File("Summary as PDF", "Making the PDF", "application/pdf"),
    "report.html": File("Report as one page (HTML)", "Making the page", "text/html"),
    "report.pptx": File(
        "Slides (PPTX)",
        "Making the slides",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "report.xlsx": File(
        "Report as XLSX", "Making the workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "cif.pdf": File("Common Industry Format (PDF)", "Making the PDF", "application/pdf"),
}
