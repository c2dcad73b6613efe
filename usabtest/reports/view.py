"""What of a task's page its address asks for, besides the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VIEW_NAMES = frozenset({"sort", "order", "page", "attempts", "outliers", "leave_out", "judge"})
"""The query parameters that are no filters."""

ROWS_AT_MOST = 50
"""Attempts that a page lists at once, where nothing else is said."""

SORTS = ("participant", "outcome", "time", "clicks", "errors", "ease")


@dataclass(frozen=True, slots=True)
class View:
    """The order of the attempts, which of them, how odd times are taken, and whom somebody is about to change.

    `leave_out` is a participant's code and `judge` an attempt's id: of whichever the page asks for a reason. `rows` are
    so many as are listed at once, which no address says.
    """

    sort: str = "participant"
    descending: bool = False
    page: int = 1
    only_failed: bool = False
    without_odd: bool = False
    leave_out: str = ""
    judge: str = ""
    rows: int = ROWS_AT_MOST


def read_view(given: Mapping[str, str]) -> View:
    """Read the query parameters; what cannot be meant is passed over, for nothing depends on it but the order.

    >>> read_view({"sort": "time", "order": "descending", "page": "x"})
    View(sort='time', descending=True, page=1, only_failed=False, without_odd=False, leave_out='', judge='', rows=50)
    """
    sort, page = given.get("sort", ""), given.get("page", "")
    return View(
        sort=sort if sort in SORTS else "participant",
        descending=given.get("order") == "descending",
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
        only_failed=given.get("attempts") == "failed",
        without_odd=given.get("outliers") == "without",
        leave_out=given.get("leave_out", ""),
        judge=given.get("judge", ""),
    )


def view_query(view: View) -> dict[str, str | int | None]:
    """Write the view for an address: only what is not as it comes."""
    asked = {
        "sort": view.sort if view.sort != "participant" else None,
        "order": "descending" if view.descending else None,
        "page": view.page if view.page > 1 else None,
        "attempts": "failed" if view.only_failed else None,
        "outliers": "without" if view.without_odd else None,
    }
    return {name: value for name, value in asked.items() if value is not None}
