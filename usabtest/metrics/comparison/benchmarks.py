"""One result against a benchmark: a completion rate, times, a mean score."""

import math
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import scipy
from scipy import special

from usabtest.metrics.comparison.results import Significance
from usabtest.metrics.comparison.summaries import NO_SPREAD, Summary, on_scale, summary_of
from usabtest.metrics.intervals import ONE_VALUE, Values, as_count, as_number, check_choice, size_flags

ExactMethod: TypeAlias = Literal["exact", "mid_p"]
Alternative: TypeAlias = Literal["greater", "two_sided"]


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
        p = float(scipy.stats.binomtest(int(successes), int(n), benchmark, alternative=side).pvalue)
    else:
        p = _binomial_mid_p(successes, n, benchmark, alternative)
    return Significance(p_value=min(1.0, p), statistic=None, df=None, n=n, method=name, flags=size_flags(n))


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
    logs, _ = on_scale("times_s", times_s, "log")
    test = _one_sample(summary_of(logs), math.log(benchmark_s), "log_t_one_sided")
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
    return _one_sample(Summary(mean, sd, n), benchmark, "one_sample_t")


def _binomial_mid_p(successes: int, n: int, benchmark: float, alternative: Alternative) -> float:
    half_point = float(scipy.stats.binom.pmf(successes, n, benchmark)) / 2
    above = float(scipy.stats.binom.sf(successes, n, benchmark)) + half_point
    below = float(scipy.stats.binom.cdf(successes - 1, n, benchmark)) + half_point  # a difference may fall below 0
    return above if alternative == "greater" else 2 * min(above, below)


def _one_sample(summary: Summary, benchmark: float, method: str) -> Significance:
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
