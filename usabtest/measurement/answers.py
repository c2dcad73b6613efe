"""Reading answers as the scales that they were given on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from usabtest.measurement.packed import Floats

LARGEST = 2**53


def rating(value: object, low: int, high: int) -> int | None:
    """Return an answer as a point of its scale; None where it was left empty, or is none (a browser sends anything).

    >>> rating(5, 1, 7), rating(9, 1, 7), rating("5", 1, 7), rating(None, 1, 7)
    (5, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if low <= value <= high and value == int(value) else None


def numbers_among(values: Sequence[object]) -> Floats:
    """The values that are numbers, as such; NaN in the places of the others, and of numbers beyond any scale."""
    return np.array([value if _is_number(value) else math.nan for value in values], np.float64)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def ratings(numbers: Floats, low: int, high: int) -> Floats:
    """Many answers as points of their scale, as `rating` reads each; NaN where one is none.

    >>> ratings(numbers_among([5, 9, "5", 5.5]), 1, 7).tolist()
    [5.0, nan, nan, nan]
    """
    points: Floats = np.where((numbers >= low) & (numbers <= high) & (numbers == np.floor(numbers)), numbers, np.nan)
    return points
