"""Two designs, two rounds, two segments, or one result against a benchmark; and corrections for many tests."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy import special, stats

from usabtest.metrics.intervals import (
    ONE_VALUE,
    TOO_FAR_APART,
    Flag,
    Floats,
    Interval,
    Values,
    as_count,
    as_number,
    check_choice,
    check_confidence,
    clipped,
    from_logs,
    proportion_interval,
    size_flags,
    split_missing,
    t_quantile,
    z_quantile,
)
from usabtest.metrics.rating import Nps, nps_adjusted

ExactMethod: TypeAlias = Literal["exact", "mid_p"]
Alternative: TypeAlias = Literal["greater", "two_sided"]
Design: TypeAlias = Literal["between", "within"]
Scale: TypeAlias = Literal["raw", "log"]
TwoProportionsMethod: TypeAlias = Literal["n_minus_1", "fisher"]
DifferenceMethod: TypeAlias = Literal["adjusted_wald", "agresti_caffo", "newcombe"]

SEGMENT_MINIMUM = 3
"""Cells of fewer people are not to be shown."""
NO_SPREAD = "no spread, t is undefined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Significance:
    """What a test says: `p_value`, two-sided unless the test says otherwise, and what it was computed from.

    "No difference shown" is all that a large p says; it never says "equal".
    """

    p_value: float | None
    statistic: float | None
    df: float | None
    n: int
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionDifference:
    """Difference of two shares, A minus B, from -1 to 1."""

    value: float | None
    n: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanComparison:
    """Two groups of values: their difference (raw) or ratio (log), its interval and the test.

    `effect_size` is Cohen's d on the scale of the comparison; `effect_sd` says which SD it is measured in.
    """

    value: float | None
    n: int
    n_a: int
    n_b: int
    interval: Interval | None
    confidence: float
    method: str
    design: Design
    scale: Scale
    t: float | None
    df: float | None
    p_value: float | None
    effect_size: float | None
    effect_sd: Literal["pooled", "differences"]
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RateComparison:
    """Two completion rates: their difference with its interval, and the test that fits the design."""

    difference: ProportionDifference
    test: Significance
    design: Design
    rate_a: float | None
    rate_b: float | None
    cohen_h: float | None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSize:
    """Standardised difference of two means: Cohen's d in `value`, and Hedges' g, corrected for small samples."""

    value: float | None
    g: float | None
    n: int
    method: str
    reason: str | None = None


def completion_benchmark(
    successes: int,
    n: int,
    benchmark: float,
    *,
    alternative: Alternative = "greater",
    method: ExactMethod = "mid_p",
) -> Significance:
    """Test of a completion rate against a benchmark.

    Parameters
    ----------
    successes, n : int
        Successes and ended attempts.
    benchmark : float
        Rate to beat, 0 to 1.
    alternative : {"greater", "two_sided"}
        Whether the question is "above the benchmark" or "different from it".
    method : {"exact", "mid_p"}
        `mid_p` for decisions in product work, `exact` where a regulator reads it.

    Returns
    -------
    Significance
        1 - p, for `greater`, is shown to readers as the confidence that the benchmark is beaten, which is no
        probability of truth.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, the benchmark is not from 0 to 1, or an option is unknown.

    Notes
    -----
    P(X >= x) for X ~ Binomial(n, p0); mid-p subtracts half of P(X = x). Two-sided exact: the sum of all P(X = k) that
    are not above P(X = x). Two-sided mid-p: twice the smaller one-sided one, at most 1.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 4.

    Examples
    --------
    >>> round(completion_benchmark(9, 11, 0.8, method="exact").p_value, 4)
    0.6174
    """
    n = as_count("n", n)
    successes = as_count("successes", successes, at_most=n)
    benchmark = as_number("benchmark", benchmark, at_least=0, at_most=1)
    check_choice("alternative", alternative, get_args(Alternative))
    check_choice("method", method, get_args(ExactMethod))
    name = f"binomial_{method}_{alternative}"
    if n == 0:
        return Significance(p_value=None, statistic=None, df=None, n=0, method=name, reason="no attempts")
    if method == "exact":
        side: Literal["greater", "two-sided"] = "greater" if alternative == "greater" else "two-sided"
        p = float(stats.binomtest(int(successes), int(n), benchmark, alternative=side).pvalue)
    else:
        p = _binomial_mid_p(successes, n, benchmark, alternative)
    return Significance(p_value=min(1.0, p), statistic=None, df=None, n=n, method=name, flags=size_flags(n))


def mcnemar(both_pass: int, only_a: int, only_b: int, both_fail: int, *, method: ExactMethod = "mid_p") -> Significance:
    """Test of two completion rates of the same participants.

    Parameters
    ----------
    both_pass, only_a, only_b, both_fail : int
        How many succeeded with both designs, with one only, with none.
    method : {"exact", "mid_p"}
        The exact test is conservative.

    Returns
    -------
    Significance
        p is 1 when no participant did better with one than with the other.

    Raises
    ------
    ValueError
        If a count is negative or the method unknown.

    Notes
    -----
    With b and c of m = b + c in one cell only: min(1, 2·P(X <= min(b, c))), X ~ Binomial(m, 0.5). Mid-p subtracts
    P(X = min(b, c)); when b = c it is 1 - P(X = b)/2.

    References
    ----------
    Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91.

    Examples
    --------
    >>> mcnemar(7, 6, 1, 1, method="exact").p_value
    0.125
    >>> round(mcnemar(7, 6, 1, 1).p_value, 6)
    0.070313
    """
    only_a, only_b = as_count("only_a", only_a), as_count("only_b", only_b)
    n = as_count("both_pass", both_pass) + only_a + only_b + as_count("both_fail", both_fail)
    check_choice("method", method, get_args(ExactMethod))
    fewer, discordant = min(only_a, only_b), only_a + only_b
    if n == 0:
        return Significance(
            p_value=None, statistic=None, df=None, n=0, method=f"mcnemar_{method}", reason="no participants"
        )
    tail = 2 * float(special.bdtr(fewer, discordant, 0.5))
    point = float(stats.binom.pmf(fewer, discordant, 0.5))
    if discordant == 0:
        p = 1.0
    elif method == "exact":
        p = min(1.0, tail)
    else:
        p = 1 - point / 2 if only_a == only_b else tail - point
    return Significance(p_value=p, statistic=None, df=None, n=n, method=f"mcnemar_{method}", flags=size_flags(n))


def paired_proportion_difference(
    both_pass: int, only_a: int, only_b: int, both_fail: int, *, confidence: float = 0.95
) -> ProportionDifference:
    """Difference of two completion rates of the same participants.

    Parameters
    ----------
    both_pass, only_a, only_b, both_fail : int
        How many succeeded with both designs, with one only, with none.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    ProportionDifference
        The observed difference, A minus B; the interval is centred on the adjusted one.

    Raises
    ------
    ValueError
        If a count is negative, or `confidence` is not between 0 and 1.

    Notes
    -----
    z²/8 is added to each cell, N' = N + z²/2, b' and c' are the new shares of the discordant cells:
    (b' - c') ± z·sqrt((b' + c' - (b' - c')²)/N').

    References
    ----------
    Agresti and Min 2005, Statistics in Medicine 24. Sauro and Lewis 2016, Quantifying the User Experience, chapter 5.

    Examples
    --------
    >>> change = paired_proportion_difference(7, 6, 1, 1)
    >>> round(change.value, 4), [round(limit, 4) for limit in change.interval.limits]
    (0.3333, [0.0006, 0.5904])
    """
    check_confidence(confidence)
    only_a, only_b = as_count("only_a", only_a), as_count("only_b", only_b)
    n = as_count("both_pass", both_pass) + only_a + only_b + as_count("both_fail", both_fail)
    if n == 0:
        return _no_difference("no participants", confidence, "adjusted_wald_paired")
    z = z_quantile(confidence)
    size = n + z * z / 2
    better, worse = (only_a + z * z / 8) / size, (only_b + z * z / 8) / size
    half = z * math.sqrt((better + worse - (better - worse) ** 2) / size)
    return ProportionDifference(
        value=(only_a - only_b) / n,
        n=n,
        interval=clipped(better - worse - half, better - worse + half, within=(-1, 1)),
        confidence=confidence,
        method="adjusted_wald_paired",
        flags=size_flags(n),
    )


def two_proportions_test(
    successes_a: int, n_a: int, successes_b: int, n_b: int, *, method: TwoProportionsMethod = "n_minus_1"
) -> Significance:
    """Test of two completion rates of different participants.

    Parameters
    ----------
    successes_a, n_a, successes_b, n_b : int
        Successes and ended attempts of each group.
    method : {"n_minus_1", "fisher"}
        The N - 1 test gives way to Fisher's where an expected count is below 1, and says so by `exact_instead`.

    Returns
    -------
    Significance
        `statistic` is z, positive when A is better; Fisher's test has none.

    Raises
    ------
    ValueError
        If a count is negative or above its `n`, or the method is unknown.

    Notes
    -----
    z = (p1 - p2)·sqrt((N - 1)/N)/sqrt(P(1 - P)(1/n1 + 1/n2)), P pooled; 0 when all or none succeeded. Fisher: the
    tables no more likely than the observed one.

    References
    ----------
    Campbell 2007, Statistics in Medicine 26:3661.

    Examples
    --------
    >>> test = two_proportions_test(10, 12, 4, 13)
    >>> round(test.statistic, 2), round(test.p_value, 4)
    (2.59, 0.0095)
    """
    n_a, n_b = as_count("n_a", n_a), as_count("n_b", n_b)
    successes_a = as_count("successes_a", successes_a, at_most=n_a)
    successes_b = as_count("successes_b", successes_b, at_most=n_b)
    check_choice("method", method, get_args(TwoProportionsMethod))
    n = n_a + n_b
    if n_a == 0 or n_b == 0:
        return Significance(p_value=None, statistic=None, df=None, n=n, method=method, reason="no attempts in a group")
    passed = successes_a + successes_b
    smallest_expected = min(passed, n - passed) * min(n_a, n_b) / n
    exact_instead = method == "n_minus_1" and 0 < smallest_expected < 1
    if method == "fisher" or exact_instead:
        table = np.array([[successes_a, n_a - successes_a], [successes_b, n_b - successes_b]])
        p = min(1.0, float(stats.fisher_exact(table).pvalue))
        z = None
    else:
        z = _n_minus_1(successes_a, n_a, successes_b, n_b)
        p = 2 * float(special.ndtr(-abs(z)))
    return Significance(
        p_value=p,
        statistic=z,
        df=None,
        n=n,
        method="fisher" if exact_instead else method,
        flags=size_flags(min(n_a, n_b)) + ((Flag.EXACT_INSTEAD,) if exact_instead else ()),
    )


def proportion_difference(
    successes_a: int,
    n_a: int,
    successes_b: int,
    n_b: int,
    *,
    confidence: float = 0.95,
    method: DifferenceMethod = "adjusted_wald",
) -> ProportionDifference:
    """Difference of two completion rates of different participants.

    Parameters
    ----------
    successes_a, n_a, successes_b, n_b : int
        Successes and ended attempts of each group.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"adjusted_wald", "agresti_caffo", "newcombe"}
        `agresti_caffo` is the adjusted Wald idea with whole numbers, meant for 95 %.

    Returns
    -------
    ProportionDifference
        The observed difference, A minus B.

    Raises
    ------
    ValueError
        If a count is negative or above its `n`, `confidence` is not between 0 and 1, or the method is unknown.

    Notes
    -----
    Adjusted Wald: z²/4 is added to each count of successes and z²/2 to each n (1 and 2 for Agresti and Caffo), then
    the unpooled Wald form. Newcombe: with Wilson limits l, u of each group,
    d - sqrt((p1 - l1)² + (u2 - p2)²) to d + sqrt((u1 - p1)² + (p2 - l2)²).

    References
    ----------
    Agresti and Caffo 2000, The American Statistician 54. Newcombe 1998, Statistics in Medicine 17:873.

    Examples
    --------
    >>> change = proportion_difference(10, 12, 4, 13)
    >>> round(change.value, 3), [round(limit, 3) for limit in change.interval.limits]
    (0.526, [0.133, 0.776])
    """
    n_a, n_b = as_count("n_a", n_a), as_count("n_b", n_b)
    successes_a = as_count("successes_a", successes_a, at_most=n_a)
    successes_b = as_count("successes_b", successes_b, at_most=n_b)
    check_confidence(confidence)
    check_choice("method", method, get_args(DifferenceMethod))
    if n_a == 0 or n_b == 0:
        return replace(_no_difference("no attempts in a group", confidence, method), n=n_a + n_b)
    if method == "newcombe":
        limits = _newcombe(successes_a, n_a, successes_b, n_b, confidence)
    else:
        z = z_quantile(confidence)
        added = 1.0 if method == "agresti_caffo" else z * z / 4
        limits = _wald_difference(successes_a + added, n_a + 2 * added, successes_b + added, n_b + 2 * added, z)
    return ProportionDifference(
        value=successes_a / n_a - successes_b / n_b,
        n=n_a + n_b,
        interval=clipped(*limits, within=(-1, 1)),
        confidence=confidence,
        method=method,
        flags=size_flags(min(n_a, n_b)),
    )


def compare_rates(
    a: Mapping[Hashable, bool | None], b: Mapping[Hashable, bool | None], *, confidence: float = 0.95
) -> RateComparison:
    """Completion of two studies or segments, paired if their participants are the same.

    Parameters
    ----------
    a, b : mapping of participant to bool or None
        Whether each succeeded; None where there is no valid attempt.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    RateComparison
        McNemar's mid-p test when all participants are the same, the N - 1 test when they are not; where only some are
        the same they count as different, which is flagged.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Examples
    --------
    >>> before = {"ann": False, "ben": False, "cem": True, "dia": False}
    >>> after = {"ann": True, "ben": True, "cem": True, "dia": True}
    >>> change = compare_rates(after, before)
    >>> change.design, change.difference.value, change.test.method
    ('within', 0.75, 'mcnemar_mid_p')
    """
    design, flags = _design_of(a, b)
    if design == "within":
        return _paired_rates(a, b, confidence, flags)
    known_a = [success for success in a.values() if success is not None]
    known_b = [success for success in b.values() if success is not None]
    groups = (sum(known_a), len(known_a), sum(known_b), len(known_b))
    return RateComparison(
        difference=proportion_difference(*groups, confidence=confidence),
        test=two_proportions_test(*groups),
        design="between",
        rate_a=groups[0] / groups[1] if groups[1] else None,
        rate_b=groups[2] / groups[3] if groups[3] else None,
        cohen_h=cohen_h(groups[0] / groups[1], groups[2] / groups[3]) if groups[1] and groups[3] else None,
        flags=flags,
        left_out=len(a) + len(b) - len(known_a) - len(known_b),
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
    design, flags = _design_of(a, b)
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
    values_a, lost_a = _on_scale("a", a, scale)
    values_b, lost_b = _on_scale("b", b, scale)
    compared = _welch(_summary(values_a), _summary(values_b), scale, confidence)
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
    return _welch(_Summary(mean_a, sd_a, n_a), _Summary(mean_b, sd_b, n_b), "raw", confidence)


def time_benchmark(times_s: Values, benchmark_s: float) -> Significance:
    """Test whether the typical time lies below a benchmark; one-sided.

    Parameters
    ----------
    times_s : sequence of float or None
        Times in seconds; missing ones, zero and less are left out.
    benchmark_s : float
        Time to stay below, above 0.

    Returns
    -------
    Significance
        `statistic` is t, positive when the times are below.

    Raises
    ------
    ValueError
        If the benchmark is not above 0.

    Notes
    -----
    t = (ln b - mean ln t)/(s/sqrt(n)), df = n - 1, p = P(T > t).

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 4.

    Examples
    --------
    >>> test = time_benchmark([60, 53, 70, 42, 62, 43, 81], 60)
    >>> round(test.statistic, 3), test.df, round(test.p_value, 3)
    (0.509, 6, 0.314)
    """
    benchmark_s = as_number("benchmark_s", benchmark_s, above=0)
    logs, _ = _on_scale("times_s", times_s, "log")
    test = _one_sample(_summary(logs), math.log(benchmark_s), "log_t_one_sided")
    if test.statistic is None or test.df is None:
        return replace(test, p_value=None, reason=test.reason or NO_SPREAD)
    return replace(test, statistic=-test.statistic, p_value=float(special.stdtr(test.df, test.statistic)))


def score_benchmark(mean: float | None, sd: float | None, n: int, benchmark: float) -> Significance:
    """Test of a mean score against a benchmark; two-sided.

    Parameters
    ----------
    mean : float or None
        Mean score; None without scores.
    sd : float or None
        Sample SD; None for a single score.
    n : int
        How many scores.
    benchmark : float
        Score to compare with.

    Returns
    -------
    Significance
        `statistic` is t, positive when the mean is above.

    Raises
    ------
    ValueError
        If `n` or `sd` is negative.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 4.

    Examples
    --------
    >>> test = score_benchmark(80, 23, 172, 67)
    >>> round(test.statistic, 4), test.df
    (7.4128, 171)
    """
    n = as_count("n", n)
    if sd is not None:
        sd = as_number("sd", sd, at_least=0)
    benchmark = as_number("benchmark", benchmark)
    mean = math.nan if mean is None or n == 0 else as_number("mean", mean)
    return _one_sample(_Summary(mean, sd, n), benchmark, "one_sample_t")


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
    group_a, group_b = (_summary(split_missing(name, values)[0]) for name, values in (("a", a), ("b", b)))
    n = group_a.n + group_b.n
    d = _pooled_d(group_a, group_b)
    reason = None
    if d is None:
        reason = "fewer than 2 values in a group" if min(group_a.n, group_b.n) < 2 else "no spread"
    return EffectSize(
        value=d, g=None if d is None else d * (1 - 3 / (4 * n - 9)), n=n, method="pooled_sd", reason=reason
    )


@dataclass(frozen=True, slots=True)
class _Summary:
    mean: float
    sd: float | None
    n: int


def _summary(values: Floats) -> _Summary:
    if values.size == 0:
        return _Summary(math.nan, None, 0)
    # Logarithms of equal ratios differ in their last digit, which is no spread.
    if np.ptp(values) <= 8 * np.finfo(np.float64).eps * np.abs(values).max():
        return _Summary(float(values[0]), 0.0 if values.size > 1 else None, values.size)
    return _Summary(float(values.mean()), float(values.std(ddof=1)), values.size)


def _binomial_mid_p(successes: int, n: int, benchmark: float, alternative: Alternative) -> float:
    half_point = float(stats.binom.pmf(successes, n, benchmark)) / 2
    above = float(stats.binom.sf(successes, n, benchmark)) + half_point
    below = float(stats.binom.cdf(successes, n, benchmark)) - half_point
    return above if alternative == "greater" else 2 * min(above, below)


def _n_minus_1(successes_a: int, n_a: int, successes_b: int, n_b: int) -> float:
    n, passed = n_a + n_b, successes_a + successes_b
    if passed in (0, n):
        return 0.0
    pooled = passed / n
    error = math.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    return (successes_a / n_a - successes_b / n_b) * math.sqrt((n - 1) / n) / error


def _wald_difference(successes_a: float, n_a: float, successes_b: float, n_b: float, z: float) -> tuple[float, float]:
    p_a, p_b = successes_a / n_a, successes_b / n_b
    half = z * math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    return p_a - p_b - half, p_a - p_b + half


def _newcombe(successes_a: int, n_a: int, successes_b: int, n_b: int, confidence: float) -> tuple[float, float]:
    p_a, p_b = successes_a / n_a, successes_b / n_b
    a = proportion_interval(successes_a, n_a, confidence=confidence, method="wilson")
    b = proportion_interval(successes_b, n_b, confidence=confidence, method="wilson")
    if a is None or b is None:
        return -1.0, 1.0
    down = math.hypot(p_a - a.low, b.high - p_b)
    up = math.hypot(a.high - p_a, p_b - b.low)
    return p_a - p_b - down, p_a - p_b + up


def _no_difference(reason: str, confidence: float, method: str) -> ProportionDifference:
    return ProportionDifference(value=None, n=0, interval=None, confidence=confidence, method=method, reason=reason)


def _paired_rates(
    a: Mapping[Hashable, bool | None], b: Mapping[Hashable, bool | None], confidence: float, flags: tuple[Flag, ...]
) -> RateComparison:
    pairs = [(bool(a[person]), bool(b[person])) for person in a if a[person] is not None and b[person] is not None]
    cells = tuple(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False)))
    both, only_a, only_b, neither = cells
    n, lost = len(pairs), len(a) - len(pairs)
    rate_a = (both + only_a) / n if n else None
    rate_b = (both + only_b) / n if n else None
    return RateComparison(
        difference=paired_proportion_difference(both, only_a, only_b, neither, confidence=confidence),
        test=mcnemar(both, only_a, only_b, neither),
        design="within",
        rate_a=rate_a,
        rate_b=rate_b,
        cohen_h=None if rate_a is None or rate_b is None else cohen_h(rate_a, rate_b),
        flags=flags + ((Flag.PAIRS_LOST,) if lost else ()),
        left_out=lost,
    )


def _design_of(a: Mapping[Hashable, object], b: Mapping[Hashable, object]) -> tuple[Design, tuple[Flag, ...]]:
    if a.keys() == b.keys():
        return "within", ()
    return "between", (Flag.MIXED_PARTICIPANTS,) if a.keys() & b.keys() else ()


def _compare_pairs(a: Values, b: Values, scale: Scale, confidence: float) -> MeanComparison:
    column_a, column_b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if column_a.shape != column_b.shape:
        raise ValueError(
            f"b must be as long as a ({column_a.size}) when participants are the same, got {column_b.size}"
        )
    present = ~(np.isnan(column_a) | np.isnan(column_b))
    if scale == "log":
        present &= (column_a > 0) & (column_b > 0)
    values_a, _ = _on_scale("a", column_a[present], scale)
    values_b, _ = _on_scale("b", column_b[present], scale)
    pairs = _summary(values_a - values_b)
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


def _welch(a: _Summary, b: _Summary, scale: Scale, confidence: float) -> MeanComparison:
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
        effect_size=_pooled_d(a, b),
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


def _one_sample(summary: _Summary, benchmark: float, method: str) -> Significance:
    t, df, p, reason = None, None, None, None
    if summary.n == 0:
        reason = "no values"
    elif summary.n == 1 or summary.sd is None:
        reason = ONE_VALUE
    elif summary.sd == 0:
        p = 1.0 if summary.mean == benchmark else None
        reason = None if p else NO_SPREAD
    else:
        t = (summary.mean - benchmark) / (summary.sd / math.sqrt(summary.n))
        df = summary.n - 1
        p = 2 * float(special.stdtr(df, -abs(t)))
    return Significance(
        p_value=p, statistic=t, df=df, n=summary.n, method=method, reason=reason, flags=size_flags(summary.n)
    )


def _pooled_d(a: _Summary, b: _Summary) -> float | None:
    if a.sd is None or b.sd is None or a.n < 2 or b.n < 2:
        return None
    pooled = math.sqrt(((a.n - 1) * a.sd**2 + (b.n - 1) * b.sd**2) / (a.n + b.n - 2))
    return (a.mean - b.mean) / pooled if pooled else None


def _on_scale(name: str, values: Values, scale: Scale) -> tuple[Floats, int]:
    present, missing = split_missing(name, values)
    if scale == "raw":
        return present, missing
    valid = present[present > 0]
    return np.log(valid), missing + present.size - valid.size
