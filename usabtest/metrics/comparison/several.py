"""Several comparisons at once."""

from collections.abc import Sequence

from usabtest.metrics.intervals import as_number

SEGMENT_MINIMUM = 3
"""Cells of fewer people are not to be shown."""


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """p-values corrected for being several, by Holm's step-down rule.

    Parameters
    ----------
    p_values : sequence of float or None
        One family of tests, which is one table of a report; None is a test that could not be made.

    Returns
    -------
    tuple of float or None
        In the order given, at most 1. Intervals are not adjusted.

    Raises
    ------
    ValueError
        If a p-value is not from 0 to 1.

    Notes
    -----
    Sorted ascending, (m - i + 1)·p of the i-th, running maximum.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005])
    (0.03, 0.06, 0.06, 0.02)
    """
    known = [(p, position) for position, p in enumerate(p_values) if p is not None]
    adjusted: list[float | None] = [None] * len(p_values)
    running = 0.0
    for rank, (p, position) in enumerate(sorted(known)):
        running = max(running, min(1.0, (len(known) - rank) * as_number("p_values", p, at_least=0, at_most=1)))
        adjusted[position] = running
    return tuple(adjusted)
