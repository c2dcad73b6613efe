"""The one style sheet of shared reports: made of those of our pages, fetched once."""

from __future__ import annotations

import hashlib
from functools import cache

from usabtest.reports.slim import slim_sheets

SHEETS = (
    *("tokens", "base", "icon", "bar", "page", "card", "button", "field", "error_summary", "stat", "notice", "empty"),
    *("data_table", "popover", "chart", "outcome", "finding", "chart_marks", "task_lines", "doers", "report", "task"),
    *("cx", "compare", "shared"),
)
"""Of the style sheets those that a shared report needs, in the order in which they stand in it."""


@cache
def shared_styles() -> str:
    return slim_sheets(SHEETS)


@cache
def version_of_styles() -> str:
    """What names their content in their address, so that a browser may keep them for good."""
    return hashlib.sha256(shared_styles().encode()).hexdigest()[:12]
