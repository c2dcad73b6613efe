"""Reading answers as the scales that they were given on."""

from __future__ import annotations


def rating(value: object, low: int, high: int) -> int | None:
    """Return an answer as a point of its scale; None where it was left empty, or is none (a browser sends anything).

    >>> rating(5, 1, 7), rating(9, 1, 7), rating("5", 1, 7), rating(None, 1, 7)
    (5, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if low <= value <= high and value == int(value) else None
