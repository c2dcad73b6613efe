"""Effect sizes: how large a difference is, whatever its unit."""

import math

from usabtest.metrics.comparison.results import EffectSize
from usabtest.metrics.comparison.summaries import pooled_d, summary_of
from usabtest.metrics.intervals import Values, as_number, split_missing


def cohen_h(p_a: float, p_b: float) -> float:
    """Effect size of two shares: 0.2 is small, 0.5 medium, 0.8 large.

    Parameters
    ----------
    p_a, p_b : float
        Shares, 0 to 1.

    Returns
    -------
    float
        Positive when A is larger.

    Raises
    ------
    ValueError
        If a share is not from 0 to 1.

    Notes
    -----
    2·asin(sqrt(p_a)) - 2·asin(sqrt(p_b)).

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed.

    Examples
    --------
    >>> round(cohen_h(0.5, 0.4), 4)
    0.2014
    """
    p_a = as_number("p_a", p_a, at_least=0, at_most=1)
    p_b = as_number("p_b", p_b, at_least=0, at_most=1)
    return 2 * math.asin(math.sqrt(p_a)) - 2 * math.asin(math.sqrt(p_b))


def cohen_d(a: Values, b: Values) -> EffectSize:
    """Effect size of two means of different participants: 0.2 is small, 0.5 medium, 0.8 large.

    Parameters
    ----------
    a, b : sequence of float or None
        Values of each group; None is missing.

    Returns
    -------
    EffectSize
        Positive when A is larger. None with fewer than two values in a group, or without spread.

    Raises
    ------
    ValueError
        If a value is infinite.

    Notes
    -----
    d = (m1 - m2)/pooled SD; g = d·(1 - 3/(4(n1 + n2) - 9)).

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed. Hedges 1981.

    Examples
    --------
    >>> effect = cohen_d([70, 75, 92.5, 80, 85, 95, 87.5, 92.5, 92.5, 80], [92.5, 85, 80, 77.5, 57.5, 67.5, 60, 67.5,
    ...                  80, 80])
    >>> round(effect.value, 4), round(effect.g, 4)
    (1.0306, 0.987)
    """
    group_a, group_b = (summary_of(split_missing(name, values)[0]) for name, values in (("a", a), ("b", b)))
    n = group_a.n + group_b.n
    d = pooled_d(group_a, group_b)
    reason = None
    if d is None:
        reason = "fewer than 2 values in a group" if min(group_a.n, group_b.n) < 2 else "no spread"
    return EffectSize(
        value=d, g=None if d is None else d * (1 - 3 / (4 * n - 9)), n=n, method="pooled_sd", reason=reason
    )
