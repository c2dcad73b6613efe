"""Two completion rates: of the same participants or of different ones."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import numpy as np
import scipy
from scipy import special

from usabtest.metrics.comparison.benchmarks import ExactMethod
from usabtest.metrics.comparison.design import design_of
from usabtest.metrics.comparison.effects import cohen_h
from usabtest.metrics.comparison.results import ProportionDifference, RateComparison, Significance
from usabtest.metrics.intervals import (
    Flag,
    as_count,
    check_choice,
    check_confidence,
    clipped,
    proportion_interval,
    size_flags,
    z_quantile,
)

TwoProportionsMethod: TypeAlias = Literal["n_minus_1", "fisher"]
DifferenceMethod: TypeAlias = Literal["adjusted_wald", "agresti_caffo", "newcombe"]


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
    design, flags = design_of(a, b)
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
    point = float(scipy.stats.binom.pmf(fewer, discordant, 0.5))
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
        p = min(1.0, float(scipy.stats.fisher_exact(table).pvalue))
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
