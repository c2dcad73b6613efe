"""Confidence intervals and the small statistics under all the other metrics.

Every figure comes back as an `Estimate` (or a dataclass with the same words): the value, how many observations it
holds, its interval, the confidence level, the method, and a reason where something could not be computed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy import special

Values: TypeAlias = Sequence[float | None] | NDArray[Any]
Floats: TypeAlias = NDArray[np.float64]
ProportionMethod: TypeAlias = Literal["adjusted_wald", "clopper_pearson", "wilson", "jeffreys"]
MeanMethod: TypeAlias = Literal["t", "bca_bootstrap"]

ONE_VALUE = "one value, no spread"
TOO_FAR_APART = "values too far apart for an interval"
FEW_BELOW = 5
COUNTS_BELOW = 8


class Flag(StrEnum):
    """What a reader of a figure must be told beside it."""

    FEW = "few"  # fewer than five observations
    SHOW_COUNTS = "show_counts"  # fewer than eight: no percentage without "4 of 5"
    ZERO_SPREAD = "zero_spread"  # all values equal, the interval has no width
    OVERDISPERSED = "overdispersed"  # counts vary more than chance: the Poisson limits would be too narrow
    FAULTY_TIME = "faulty_time"  # a time of zero or less was left out
    CENSORED = "censored"  # so many attempts were cut short that success-only times are too low
    MINIMUM_TOO_HIGH = "minimum_too_high"  # reached with fewer pages than the set minimum: the minimum is wrong
    NOT_SCORED = "not_scored"  # some forms had too many gaps
    SAME_ANSWER = "same_answer"  # one answer to all items, though they point both ways
    CONTRADICTION = "contradiction"  # agrees with items that say opposite things
    IDENTICAL = "identical"  # both groups hold one and the same value
    MIXED_PARTICIPANTS = "mixed_participants"  # some took part in both groups, some in one
    PAIRS_LOST = "pairs_lost"  # a participant without a value on both sides was left out
    FEW_PARTICIPANTS = "few_participants"  # fewer participants than the method wants
    EXACT_INSTEAD = "exact_instead"  # expected counts too small, Fisher's exact test was used


@dataclass(frozen=True, slots=True)
class Interval:
    """The limits of a confidence interval, clipped to what is possible; `raw` keeps them as they were computed."""

    low: float
    high: float
    raw: tuple[float, float]

    @property
    def limits(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with everything that is needed to show it honestly.

    `left_out` counts what was handed in but is not in `n`: missing answers, and times that cannot be.
    """

    value: float | None
    n: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    sd: float | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """`count` of `n`, as a fraction from 0 to 1 with its interval."""

    count: int
    value: float | None
    n: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


def proportion(
    count: int,
    n: int,
    *,
    confidence: float = 0.95,
    method: ProportionMethod = "adjusted_wald",
    none: str = "no attempts",
    left_out: int = 0,
) -> Proportion:
    """A share with its confidence interval.

    Parameters
    ----------
    count : int
        How many have the property, 0 to `n`.
    n : int
        How many were looked at.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"adjusted_wald", "clopper_pearson", "wilson", "jeffreys"}
        See `proportion_interval`.
    none : str
        The reason given when `n` is 0.
    left_out : int
        Handed through to the result: how many were not looked at.

    Returns
    -------
    Proportion
        `value` and `interval` are None when `n` is 0.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> share = proportion(4, 5)
    >>> share.value, round(share.interval.low, 4), round(share.interval.high, 4)
    (0.8, 0.3596, 0.9797)
    """
    n = as_count("n", n)
    count = as_count("count", count, at_most=n)
    interval = proportion_interval(count, n, confidence=confidence, method=method)
    return Proportion(
        count=count,
        value=count / n if n else None,
        n=n,
        interval=interval,
        confidence=confidence,
        method=method,
        reason=None if n else none,
        flags=size_flags(n),
        left_out=left_out,
    )


def proportion_interval(
    count: int, n: int, *, confidence: float = 0.95, method: ProportionMethod = "adjusted_wald"
) -> Interval | None:
    """Two-sided confidence interval for one proportion.

    Parameters
    ----------
    count : int
        Successes, 0 to `n`.
    n : int
        Observations. With none there is no interval.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"adjusted_wald", "clopper_pearson", "wilson", "jeffreys"}
        `adjusted_wald` (Agresti and Coull) is the usual choice in usability work; `clopper_pearson` never covers less
        than it promises.

    Returns
    -------
    Interval or None
        Limits from 0 to 1.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, `confidence` is not between 0 and 1, or the method is unknown.

    Notes
    -----
    Adjusted Wald: ñ = n + z², p̃ = (x + z²/2)/ñ, p̃ ± z·sqrt(p̃(1 - p̃)/ñ).
    Wilson: (p + z²/2n ± z·sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
    Clopper-Pearson: the a/2 quantile of Beta(x, n - x + 1) and the 1 - a/2 quantile of Beta(x + 1, n - x).
    Jeffreys: the same quantiles of Beta(x + 0.5, n - x + 0.5), with 0 below no success and 1 above no failure.

    References
    ----------
    Agresti and Coull 1998, The American Statistician 52. Brown, Cai and DasGupta 2001, Statistical Science 16.
    Sauro and Lewis 2005, HFES.

    Examples
    --------
    Five of five, exact: 48 % to 100 %.

    >>> proportion_interval(5, 5, method="clopper_pearson").limits
    (0.478..., 1.0)
    """
    n = as_count("n", n)
    count = as_count("count", count, at_most=n)
    check_confidence(confidence)
    check_choice("method", method, get_args(ProportionMethod))
    if n == 0:
        return None
    limits = {
        "adjusted_wald": _adjusted_wald,
        "clopper_pearson": _clopper_pearson,
        "wilson": _wilson,
        "jeffreys": _jeffreys,
    }[method]
    return clipped(*limits(count, n, confidence), within=(0.0, 1.0))


def mean(
    values: Values,
    *,
    confidence: float = 0.95,
    within: tuple[float, float] | None = None,
    method: MeanMethod = "t",
    none: str = "no values",
    seed: int = 0,
) -> Estimate:
    """Arithmetic mean with its t interval.

    Parameters
    ----------
    values : sequence of float or None
        Observations; None and NaN are missing and left out of `n`.
    confidence : float
        Confidence level, between 0 and 1.
    within : (float, float), optional
        The possible range; the interval is clipped to it.
    method : {"t", "bca_bootstrap"}
        `bca_bootstrap` suits very small, skewed samples (9999 resamples, repeatable by `seed`).
    none : str
        The reason given when nothing is left.
    seed : int
        Start of the bootstrap's random numbers.

    Returns
    -------
    Estimate
        With the sample SD (divisor n - 1) in `sd`; one value has neither SD nor interval.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1, or a value is infinite.

    Notes
    -----
    mean ± t(n - 1)·s/sqrt(n).

    Examples
    --------
    >>> ease = mean([7, 6, 5, 6, 4, 7, 6, 5], within=(1, 7))
    >>> ease.value, round(ease.interval.low, 4), round(ease.interval.high, 4)
    (5.75, 4.8846, 6.6154)
    """
    check_confidence(confidence)
    check_choice("method", method, get_args(MeanMethod))
    present, missing = split_missing("values", values)
    if method == "bca_bootstrap" and present.size > 1 and not all_equal(present):
        return _bootstrap_mean(present, missing, confidence, within, seed)
    summary = mean_from_summary(
        center(present), spread(present), present.size, confidence=confidence, within=within, none=none
    )
    return replace(summary, left_out=missing)


def mean_from_summary(
    mean: float | None,
    sd: float | None,
    n: int,
    *,
    confidence: float = 0.95,
    within: tuple[float, float] | None = None,
    none: str = "no values",
) -> Estimate:
    """The t interval of a mean that is known by its mean, SD and count only.

    Parameters
    ----------
    mean, sd : float or None
        Mean and sample SD; None where there is none.
    n : int
        Number of values.
    confidence : float
        Confidence level, between 0 and 1.
    within : (float, float), optional
        The possible range; the interval is clipped to it.
    none : str
        The reason given when `n` is 0.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If `n` is negative or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> mean_from_summary(80, 23, 172).interval.limits
    (76.53..., 83.46...)
    """
    n = as_count("n", n)
    check_confidence(confidence)
    interval, reason, flags = None, None, size_flags(n)
    if n == 0 or mean is None:
        mean, reason = None, none
    elif n == 1 or sd is None:
        sd, reason = None, ONE_VALUE
    else:
        half = t_quantile(confidence, n - 1) * sd / math.sqrt(n)
        interval = clipped(mean - half, mean + half, within=within)
        flags += (Flag.ZERO_SPREAD,) if sd == 0 else ()
    return Estimate(
        value=mean, n=n, interval=interval, confidence=confidence, method="t", reason=reason, flags=flags, sd=sd
    )


def median(values: Values, *, confidence: float = 0.95, none: str = "no values") -> Estimate:
    """Median with the exact interval from order statistics.

    Parameters
    ----------
    values : sequence of float or None
        Observations; None and NaN are missing and left out of `n`.
    confidence : float
        Confidence level, between 0 and 1; the true coverage is at least that.
    none : str
        The reason given when nothing is left.

    Returns
    -------
    Estimate
        Without an interval when there are too few values for one (fewer than 6 at 95 %).

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1, or a value is infinite.

    Notes
    -----
    From the k-th smallest to the k-th largest value, k being the largest count with
    P(Binomial(n, 0.5) <= k - 1) <= (1 - confidence)/2.

    References
    ----------
    Conover 1999, Practical Nonparametric Statistics, section 3.2.

    Examples
    --------
    >>> times = [146, 52, 115, 66, 29, 70, 70, 43, 40, 22, 28, 43, 40]
    >>> middle = median(times)
    >>> middle.value, middle.interval.limits
    (43.0, (29.0, 70.0))
    """
    check_confidence(confidence)
    present, missing = split_missing("values", values)
    n = present.size
    rank = median_rank(n, confidence)
    interval, reason = None, None
    flags = size_flags(n)
    if n == 0:
        reason = none
    elif n == 1:
        reason = ONE_VALUE
    elif rank == 0 and not all_equal(present):
        reason = f"too few values for an interval of the median ({n})"
    else:
        interval = _order_limits(present, max(rank, 1))
        flags += (Flag.ZERO_SPREAD,) if all_equal(present) else ()
    return Estimate(
        value=float(np.median(present)) if n else None,
        n=n,
        interval=interval,
        confidence=confidence,
        method="order_statistics",
        reason=reason,
        flags=flags,
        left_out=missing,
    )


def poisson_rate(events: int, exposure: float, *, confidence: float = 0.95, none: str = "no attempts") -> Estimate:
    """Events per unit of exposure, with the exact Poisson interval.

    Parameters
    ----------
    events : int
        How many were counted.
    exposure : float
        What they were counted over: attempts, hours, opportunities. With 0 there is no rate.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when `exposure` is 0.

    Returns
    -------
    Estimate
        `n` is the number of events, which is what the interval hangs on.

    Raises
    ------
    ValueError
        If a number is negative or `confidence` is not between 0 and 1.

    Notes
    -----
    Limits: the a/2 quantile of chi-squared(2k) and the 1 - a/2 quantile of chi-squared(2k + 2), halved, over exposure.

    References
    ----------
    Garwood 1936, Biometrika 28.

    Examples
    --------
    The example of R's ``poisson.test``.

    >>> rate = poisson_rate(137, 24.19893)
    >>> round(rate.value, 3), round(rate.interval.low, 3), round(rate.interval.high, 3)
    (5.661, 4.753, 6.693)
    """
    events = as_count("events", events)
    check_confidence(confidence)
    exposure = as_number("exposure", exposure, at_least=0)
    interval = None
    if exposure > 0:
        tail = (1 - confidence) / 2
        low = float(special.gammaincinv(events, tail)) if events else 0.0
        high = float(special.gammaincinv(events + 1, 1 - tail))
        interval = Interval(low / exposure, high / exposure, (low / exposure, high / exposure))
    return Estimate(
        value=events / exposure if exposure > 0 else None,
        n=int(events),
        interval=interval,
        confidence=confidence,
        method="exact_poisson",
        reason=None if exposure > 0 else none,
    )


def percentile(values: Values, percent: float) -> float | None:
    """The value below which `percent` of the values lie, linear between neighbours; None without values.

    Parameters
    ----------
    values : sequence of float or None
        Observations; None and NaN are missing.
    percent : float
        0 to 100.

    Returns
    -------
    float or None

    Raises
    ------
    ValueError
        If `percent` is not from 0 to 100, or a value is infinite.

    Examples
    --------
    >>> percentile([0.2, 0.3, 0.5, 0.9], 75)
    0.6
    """
    percent = as_number("percent", percent, at_least=0, at_most=100)
    present, _ = split_missing("values", values)
    return float(np.percentile(present, percent)) if present.size else None


def z_quantile(confidence: float) -> float:
    """Standard normal quantile at (1 + confidence)/2, never rounded to 1.96.

    >>> z_quantile(0.95)
    1.95996...
    """
    check_confidence(confidence)
    return float(special.ndtri((1 + confidence) / 2))


def t_quantile(confidence: float, df: float) -> float:
    """Student quantile at (1 + confidence)/2.

    >>> t_quantile(0.95, 9)
    2.26215...
    """
    check_confidence(confidence)
    return float(special.stdtrit(df, (1 + confidence) / 2))


def median_rank(n: int, confidence: float) -> int:
    """Which smallest and largest value bound the median; 0 if there are too few."""
    tail = (1 - confidence) / 2 * (1 + 1e-12)  # levels such as 0.9375 hit a binomial sum exactly, but for rounding
    rank = max(0, math.floor((n - z_quantile(confidence) * math.sqrt(n)) / 2))
    while rank <= n / 2 and special.bdtr(rank, n, 0.5) <= tail:
        rank += 1
    while rank > 0 and special.bdtr(rank - 1, n, 0.5) > tail:
        rank -= 1
    return rank


def clipped(low: float, high: float, *, within: tuple[float, float] | None) -> Interval:
    """Limits cut to the possible range, with the raw ones kept."""
    floor, ceiling = within or (-math.inf, math.inf)
    return Interval(
        float(min(max(low, floor), ceiling)), float(max(min(high, ceiling), floor)), (float(low), float(high))
    )


def from_logs(low: float, high: float) -> Interval | None:
    """Limits on the log scale brought back; None where the upper one is beyond any number, as with two wild values."""
    try:
        limits = math.exp(low), math.exp(high)
    except OverflowError:
        return None
    return Interval(*limits, limits)


def split_missing(name: str, values: Values) -> tuple[Floats, int]:
    """The values that are there, as an array, and how many are not."""
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, got {column.ndim} dimensions")
    gaps = np.isnan(column)
    missing = int(np.count_nonzero(gaps))
    present = column[~gaps] if missing else column
    if not np.isfinite(present).all():
        raise ValueError(f"{name} must hold finite numbers, got {values!r}")
    return present, missing


def center(present: Floats) -> float | None:
    """Mean that stays exact when all values are equal."""
    if present.size == 0:
        return None
    return float(present[0]) if all_equal(present) else float(present.mean())


def spread(present: Floats) -> float | None:
    """Sample SD that is exactly 0 when all values are equal."""
    if present.size < 2:
        return None
    return 0.0 if all_equal(present) else float(present.std(ddof=1))


def all_equal(present: Floats) -> bool:
    return present.size > 0 and bool((present == present[0]).all())


def size_flags(n: int) -> tuple[Flag, ...]:
    """What to say about a small sample; an empty one speaks through its reason."""
    if n == 0 or n >= COUNTS_BELOW:
        return ()
    return (Flag.FEW, Flag.SHOW_COUNTS) if n < FEW_BELOW else (Flag.SHOW_COUNTS,)


def check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1 (95 % is 0.95), got {confidence!r}")


def as_count(name: str, value: float, *, at_least: int = 0, at_most: int | None = None) -> int:
    """The argument as a plain whole number, or a ValueError that says what is allowed."""
    if not (value >= at_least and value == math.floor(value)):
        raise ValueError(f"{name} must be a whole number, {at_least} or more, got {value!r}")
    if at_most is not None and value > at_most:
        raise ValueError(f"{name} must be at most {at_most}, got {value!r}")
    return int(value)


def as_number(
    name: str, value: float, *, at_least: float = -math.inf, at_most: float = math.inf, above: float = -math.inf
) -> float:
    """The argument as a plain finite number, or a ValueError that says what is allowed."""
    if not (math.isfinite(value) and at_least <= value <= at_most and value > above):
        floor = f" above {above:g}" if math.isfinite(above) else f" from {at_least:g}"
        raise ValueError(f"{name} must be a number{floor} to {at_most:g}, got {value!r}")
    return float(value)


def check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")


def _order_limits(present: Floats, rank: int) -> Interval:
    from_below, from_above = rank - 1, present.size - rank
    ordered = np.partition(present, (from_below, from_above))
    low, high = float(ordered[from_below]), float(ordered[from_above])
    return Interval(low, high, (low, high))


def _adjusted_wald(count: int, n: int, confidence: float) -> tuple[float, float]:
    z = z_quantile(confidence)
    size = n + z * z
    center = (count + z * z / 2) / size
    half = z * math.sqrt(center * (1 - center) / size)
    return center - half, center + half


def _wilson(count: int, n: int, confidence: float) -> tuple[float, float]:
    z = z_quantile(confidence)
    share = count / n
    center = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends the formula gives 0 and 1 but for rounding.
    low = 0.0 if count == 0 else (center - half) / (1 + z * z / n)
    high = 1.0 if count == n else (center + half) / (1 + z * z / n)
    return low, high


def _clopper_pearson(count: int, n: int, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count, n - count + 1, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 1, n - count, 1 - tail))
    return low, high


def _jeffreys(count: int, n: int, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count + 0.5, n - count + 0.5, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 0.5, n - count + 0.5, 1 - tail))
    return low, high


def _bootstrap_mean(
    present: Floats, missing: int, confidence: float, within: tuple[float, float] | None, seed: int
) -> Estimate:
    drawn = scipy.stats.bootstrap(
        (present,), np.mean, confidence_level=confidence, method="BCa", rng=np.random.default_rng(seed)
    )
    limits = drawn.confidence_interval
    return Estimate(
        value=float(present.mean()),
        n=present.size,
        interval=clipped(float(limits.low), float(limits.high), within=within),
        confidence=confidence,
        method="bca_bootstrap",
        flags=size_flags(present.size),
        sd=spread(present),
        left_out=missing,
    )
