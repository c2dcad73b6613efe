"""Why a figure is missing: the reasons that stand beside it."""

from __future__ import annotations

from usabtest.metrics import Interval
from usabtest.reports.figures import Limits

NOT_ASKED = "not asked"
NO_INTERVAL = "no interval is defined for it"


def why(**figures: tuple[object, str | None]) -> dict[str, str]:
    """Keep the reasons of those that are None; each is given as (figure, reason).

    >>> why(ci=(None, "one value, no spread"), mean=(5.0, "one value, no spread"))
    {'ci': 'one value, no spread'}
    """
    return {name: reason or NO_INTERVAL for name, (figure, reason) in figures.items() if figure is None}


def limits(interval: Interval | None) -> Limits:
    return None if interval is None else (interval.low, interval.high)
