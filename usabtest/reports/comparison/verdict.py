"""What a change is worth: the one place that decides it."""

from __future__ import annotations

from enum import StrEnum

from usabtest.reports.figures import Limits


class Verdict(StrEnum):
    """What may be said of a change."""

    REAL = "real"
    PERHAPS = "perhaps"
    ALIKE = "alike"
    TOO_FEW = "too_few"
    UNTESTED = "untested"


def verdict(
    ci: Limits, p_adjusted: float | None, *, confidence: float, same: float, limits: tuple[float, float]
) -> Verdict:
    """Judge a change by its interval and by its p-value after correction for all that were tested together.

    Parameters
    ----------
    ci : tuple of float or None
        Interval of the change.
    p_adjusted : float or None
        From 0 to 1, corrected by Holm's rule.
    confidence : float
        Confidence level of the interval, between 0 and 1.
    same : float
        The change that is none: 0 for differences, 1 for ratios.
    limits : tuple of float
        Between which a change does not matter.

    Returns
    -------
    Verdict
        `real`: the interval is off `same`, and p is below 1 - confidence. `perhaps`: only the first. `alike`: the
        interval holds `same` and does not leave the limits. `too_few`: it does. `untested`: no interval, one without
        any width (all values equal, which says nothing of other people), or no test.

    Examples
    --------
    >>> verdict((5, 23), 0.041, confidence=0.95, same=0, limits=(-5, 5))
    <Verdict.REAL: 'real'>
    >>> verdict((0.5, 0.99), 0.3, confidence=0.95, same=1, limits=(0.8, 1.25))
    <Verdict.PERHAPS: 'perhaps'>
    >>> verdict((-0.23, 0.46), 0.9, confidence=0.95, same=0, limits=(-0.1, 0.1))
    <Verdict.TOO_FEW: 'too_few'>
    >>> verdict((-0.04, 0.05), 0.9, confidence=0.95, same=0, limits=(-0.1, 0.1))
    <Verdict.ALIKE: 'alike'>
    """
    if ci is None or p_adjusted is None or ci[0] == ci[1]:
        return Verdict.UNTESTED
    low, high = ci
    if low > same or high < same:
        # As a sum, for 1 - 0.95 is a little more than 0.05.
        return Verdict.REAL if p_adjusted + confidence < 1 else Verdict.PERHAPS
    return Verdict.ALIKE if limits[0] <= low and high <= limits[1] else Verdict.TOO_FEW
