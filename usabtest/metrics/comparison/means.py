"""Two means, or two geometric means: of the same participants or of different ones."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import get_args

import numpy as np
from scipy import special

from usabtest.metrics.comparison.design import design_of
from usabtest.metrics.comparison.results import Design, MeanComparison, Scale
from usabtest.metrics.comparison.summaries import NO_SPREAD, Summary, on_scale, pooled_d, summary_of
from usabtest.metrics.intervals import (
    ONE_VALUE,
    TOO_FAR_APART,
    Flag,
    Interval,
    Values,
    as_count,
    as_number,
    check_choice,
    check_confidence,
    from_logs,
    size_flags,
    t_quantile,
)


def compare_values(
    a: Mapping[Hashable, float | None],
    b: Mapping[Hashable, float | None],
    *,
    scale: Scale = "raw",
    confidence: float = 0.95,
) -> MeanComparison:
    """Scores or times of two studies or segments, paired if their participants are the same.

    Parameters
    ----------
    a, b : mapping of participant to float or None
        Score of each, or time of each who succeeded; None where there is none.
    scale : {"raw", "log"}
        `log` for times.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    MeanComparison
        Paired when all participants are the same, Welch's when they are not; where only some are the same they count
        as different, which is flagged.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1, or the scale is unknown.

    Examples
    --------
    >>> before, after = {"ann": 60, "ben": 70, "cem": 65}, {"ann": 75, "ben": 80, "cem": None}
    >>> change = compare_values(after, before)
    >>> change.design, change.n, change.value, change.left_out
    ('within', 2, 12.5, 1)
    """
    design, flags = design_of(a, b)
    order = list(a)
    compared = compare_means(
        [a[person] for person in order],
        [b[person] for person in (order if design == "within" else b)],
        design=design,
        scale=scale,
        confidence=confidence,
    )
    return replace(compared, flags=compared.flags + flags)


def compare_means(
    a: Values, b: Values, *, design: Design = "between", scale: Scale = "raw", confidence: float = 0.95
) -> MeanComparison:
    """Difference of two means, or ratio of two geometric means.

    Parameters
    ----------
    a, b : sequence of float or None
        Values of each group; None is missing. For `within`, position by position the same participants. For `log`,
        times, of which zero and less are left out.
    design : {"between", "within"}
        Different participants (Welch's t) or the same (paired t).
    scale : {"raw", "log"}
        `log` for times: t on logarithms, and the result is a ratio.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    MeanComparison
        `left_out` counts missing values, or for `within` the pairs that were lost.

    Raises
    ------
    ValueError
        If lengths differ for `within`, `confidence` is not between 0 and 1, or an option is unknown.

    Notes
    -----
    Welch: df = (v1 + v2)²/(v1²/(n1 - 1) + v2²/(n2 - 1)), v = s²/n. Without any spread t is undefined; equal means are
    then called identical, with p = 1.

    References
    ----------
    Welch 1947, Biometrika 34. Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 5.

    Examples
    --------
    >>> compared = compare_means([4, 2, 5, 3, 6, 2, 5], [5, 2, 1, 2, 1, 3, 2])
    >>> round(compared.t, 2), round(compared.df, 1), round(compared.p_value, 4)
    (1.99, 11.8, 0.0707)
    """
    check_confidence(confidence)
    check_choice("design", design, get_args(Design))
    check_choice("scale", scale, get_args(Scale))
    if design == "within":
        return _compare_pairs(a, b, scale, confidence)
    values_a, lost_a = on_scale("a", a, scale)
    values_b, lost_b = on_scale("b", b, scale)
    compared = _welch(summary_of(values_a), summary_of(values_b), scale, confidence)
    return replace(compared, left_out=lost_a + lost_b)


def compare_means_summary(
    mean_a: float, sd_a: float, n_a: int, mean_b: float, sd_b: float, n_b: int, *, confidence: float = 0.95
) -> MeanComparison:
    """Difference of two means of different participants, from published summaries.

    Parameters
    ----------
    mean_a, sd_a, n_a, mean_b, sd_b, n_b : float and int
        Mean, sample SD and count of each group.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    MeanComparison

    Raises
    ------
    ValueError
        If a count or SD is negative, or `confidence` is not between 0 and 1.

    References
    ----------
    Welch 1947, Biometrika 34.

    Examples
    --------
    >>> compared = compare_means_summary(51.6, 4.07, 11, 49.6, 4.63, 12)
    >>> round(compared.t, 1), round(compared.df), round(compared.p_value, 2)
    (1.1, 21, 0.28)
    """
    check_confidence(confidence)
    mean_a, mean_b = as_number("mean_a", mean_a), as_number("mean_b", mean_b)
    sd_a = as_number("sd_a", sd_a, at_least=0)
    sd_b = as_number("sd_b", sd_b, at_least=0)
    n_a = as_count("n_a", n_a)
    n_b = as_count("n_b", n_b)
    return _welch(Summary(mean_a, sd_a, n_a), Summary(mean_b, sd_b, n_b), "raw", confidence)


def _compare_pairs(a: Values, b: Values, scale: Scale, confidence: float) -> MeanComparison:
    column_a, column_b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if column_a.shape != column_b.shape:
        raise ValueError(
            f"b must be as long as a ({column_a.size}) when participants are the same, got {column_b.size}"
        )
    present = ~(np.isnan(column_a) | np.isnan(column_b))
    if scale == "log":
        present &= (column_a > 0) & (column_b > 0)
    values_a, _ = on_scale("a", column_a[present], scale)
    values_b, _ = on_scale("b", column_b[present], scale)
    pairs = summary_of(values_a - values_b)
    lost = int(column_a.size - pairs.n)
    error = pairs.sd / math.sqrt(pairs.n) if pairs.sd is not None else None
    compared = _from_error(
        pairs.mean if pairs.n else None, error, pairs.n - 1, scale, confidence, identical=pairs.mean == 0
    )
    return replace(
        compared,
        n=pairs.n,
        n_a=pairs.n,
        n_b=pairs.n,
        design="within",
        method="paired_t",
        effect_size=pairs.mean / pairs.sd if pairs.sd else None,
        effect_sd="differences",
        reason=compared.reason or (None if pairs.n > 1 else "no pairs" if pairs.n == 0 else ONE_VALUE),
        flags=size_flags(pairs.n) + compared.flags + ((Flag.PAIRS_LOST,) if lost else ()),
        left_out=lost,
    )


def _welch(a: Summary, b: Summary, scale: Scale, confidence: float) -> MeanComparison:
    difference = a.mean - b.mean if a.n and b.n else None
    error, df = None, 0.0
    if a.sd is not None and b.sd is not None and a.n > 1 and b.n > 1:
        variance_a, variance_b = a.sd**2 / a.n, b.sd**2 / b.n
        error = math.sqrt(variance_a + variance_b)
        if error > 0:
            # Squares of shares instead of squares of variances: very small ones would vanish.
            share_a, share_b = variance_a / (variance_a + variance_b), variance_b / (variance_a + variance_b)
            df = 1 / (share_a**2 / (a.n - 1) + share_b**2 / (b.n - 1))
    compared = _from_error(difference, error, df, scale, confidence, identical=difference == 0)
    reason = compared.reason
    if difference is None:
        reason = "no values in a group"
    elif error is None:
        reason = f"{ONE_VALUE} in a group"
    return replace(
        compared,
        n=a.n + b.n,
        n_a=a.n,
        n_b=b.n,
        effect_size=pooled_d(a, b),
        reason=reason,
        flags=size_flags(min(a.n, b.n)) + compared.flags,
    )


def _from_error(
    difference: float | None, error: float | None, df: float, scale: Scale, confidence: float, *, identical: bool
) -> MeanComparison:
    """The comparison that follows from a difference and its standard error; the caller fills in who was compared."""
    t, p, interval, reason = None, None, None, None
    flags: tuple[Flag, ...] = ()
    if difference is not None and error is not None:
        half = 0.0
        if error > 0:
            t = difference / error
            p = 2 * float(special.stdtr(df, -abs(t)))
            half = t_quantile(confidence, df) * error
        else:
            p = 1.0 if identical else None
            reason = None if identical else NO_SPREAD
            flags = (Flag.ZERO_SPREAD, Flag.IDENTICAL) if identical else (Flag.ZERO_SPREAD,)
        low, high = difference - half, difference + half
        interval = from_logs(low, high) if scale == "log" else Interval(low, high, (low, high))
        reason = reason if interval else TOO_FAR_APART
    return MeanComparison(
        value=difference if difference is None or scale == "raw" else math.exp(difference),
        n=0,
        n_a=0,
        n_b=0,
        interval=interval,
        confidence=confidence,
        method="welch_t",
        design="between",
        scale=scale,
        t=t,
        df=df if t is not None else None,
        p_value=p,
        effect_size=None,
        effect_sd="pooled",
        reason=reason,
        flags=flags,
    )
