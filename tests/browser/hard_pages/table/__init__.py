"""The hard pages, by what makes them hard."""

from __future__ import annotations

from tests.browser.hard_pages.row import Row
from tests.browser.hard_pages.table import elements, failures, frames, policies, presses, routes, scripts

ROWS: tuple[Row, ...] = (
    *policies.ROWS,
    *scripts.ROWS,
    *frames.ROWS,
    *routes.ROWS,
    *failures.ROWS,
    *presses.ROWS,
    *elements.ROWS,
)
