"""Two net scores of likelihood to recommend."""

import math

from scipy import special

from usabtest.metrics.comparison.results import MeanComparison
from usabtest.metrics.intervals import check_confidence, clipped, size_flags, z_quantile
from usabtest.metrics.rating import Nps, nps_adjusted


def compare_nps(a: Nps, b: Nps, *, confidence: float = 0.95) -> MeanComparison:
    """Difference of the net scores of two groups of different people, in points.

    Parameters
    ----------
    a, b : Nps
        Results of `nps` or `nps_from_counts`.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    MeanComparison
        `t` holds z, for which there is no df. The value is the observed difference; the interval is centred on the
        adjusted one.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Notes
    -----
    z = (m1 - m2)/sqrt(v1/n1' + v2/n2') with the adjusted net shares of each group.

    References
    ----------
    Rocks 2016, The American Statistician 70(4).

    Examples
    --------
    >>> from usabtest.metrics.rating import nps_from_counts
    >>> compared = compare_nps(nps_from_counts(50, 25, 25), nps_from_counts(30, 30, 40))
    >>> compared.value, round(compared.p_value, 4)
    (35.0, 0.0032)
    """
    check_confidence(confidence)
    value, interval, z, p = None, None, None, None
    if a.value is not None and b.value is not None:
        value = a.value - b.value
        (net_a, variance_a), (net_b, variance_b) = (nps_adjusted(g.promoters, g.detractors, g.n) for g in (a, b))
        error = math.sqrt(variance_a + variance_b)
        z = (net_a - net_b) / error
        p = 2 * float(special.ndtr(-abs(z)))
        half = z_quantile(confidence) * error
        interval = clipped(100 * (net_a - net_b - half), 100 * (net_a - net_b + half), within=(-200, 200))
    return MeanComparison(
        value=value,
        n=a.n + b.n,
        n_a=a.n,
        n_b=b.n,
        interval=interval,
        confidence=confidence,
        method="adjusted_wald",
        design="between",
        scale="raw",
        t=z,
        df=None,
        p_value=p,
        effect_size=None,
        effect_sd="pooled",
        reason=None if value is not None else "no answers in a group",
        flags=size_flags(min(a.n, b.n)),
    )
