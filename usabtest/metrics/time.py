"""Time on task, its typical value and its faults; clicks until the goal."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import scipy
from numpy.typing import NDArray

from usabtest.metrics.intervals import (
    ONE_VALUE,
    TOO_FAR_APART,
    Estimate,
    Flag,
    Floats,
    Interval,
    Values,
    all_equal,
    as_number,
    center,
    check_confidence,
    from_logs,
    median,
    size_flags,
    split_missing,
    spread,
    t_quantile,
)

Booleans: TypeAlias = NDArray[np.bool_]

MEDIAN_FROM = 25
CENSORED_WARNING_ABOVE = 0.2
OUTLIER_MADS = 3.0
MAD_TO_SD = 1.4826
EXPERT_SHARE = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSummary:
    """The times of one basis (successful, all, failed), typical value first.

    `headline` is the geometric mean below 25 times and the median from there on. `outliers` holds the positions, in
    the times as they were given, that look wrong; nothing is deleted for it, and `without_outliers` says what would
    be without them.
    """

    n: int
    headline: Estimate
    geometric_mean: Estimate
    median: Estimate
    mean: float | None
    sd: float | None
    minimum: float | None
    maximum: float | None
    outliers: tuple[int, ...]
    without_outliers: Estimate | None
    missing: int
    faulty: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CensoredTimes:
    """The median time when some attempts were cut short; `warn` when so many were that success-only times mislead."""

    value: float | None
    n: int
    censored: int
    share: float | None
    warn: bool
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None
    flags: tuple[Flag, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickSummary:
    """Clicks over a set of attempts."""

    total: int
    n: int
    mean: float | None
    median: Estimate


def time_on_task(
    times_s: Values,
    *,
    confidence: float = 0.95,
    fastest_plausible_s: float | None = None,
    expert_time_s: float | None = None,
    none: str = "no success",
) -> TimeSummary:
    """What a report says about the times of one task.

    Parameters
    ----------
    times_s : sequence of float or None
        Net times in seconds, of one basis only: successful attempts for the headline. None and NaN are missing; zero
        and less are recording faults. Both are left out and counted.
    confidence : float
        Confidence level, between 0 and 1.
    fastest_plausible_s : float, optional
        Times below are flagged; by default a third of the expert's time.
    expert_time_s : float, optional
        How long someone who knows the way needs.
    none : str
        The reason given when there is no time.

    Returns
    -------
    TimeSummary

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1, or a limit is not above 0.

    References
    ----------
    Sauro and Lewis 2010, CHI, Average task times in usability tests.

    Examples
    --------
    >>> times = time_on_task([55, 65, 75, 62, 45, 135])
    >>> round(times.headline.value), [round(limit) for limit in times.headline.interval.limits], times.headline.method
    (68, [46, 101], 'log_t')
    >>> times.outliers, round(times.without_outliers.value)
    ((5,), 60)
    """
    valid, missing, faulty = _valid_times(times_s)
    outliers = time_outliers(times_s, fastest_plausible_s=fastest_plausible_s, expert_time_s=expert_time_s)
    typical = geometric_mean(times_s, confidence=confidence, none=none)
    middle = _marked(median(valid, confidence=confidence, none=none), missing, faulty)
    return TimeSummary(
        n=valid.size,
        headline=typical if valid.size < MEDIAN_FROM else middle,
        geometric_mean=typical,
        median=middle,
        mean=center(valid),
        sd=spread(valid),
        minimum=float(valid.min()) if valid.size else None,
        maximum=float(valid.max()) if valid.size else None,
        outliers=outliers,
        without_outliers=_headline_without(times_s, outliers, confidence) if outliers else None,
        missing=missing,
        faulty=faulty,
    )


def geometric_mean(times_s: Values, *, confidence: float = 0.95, none: str = "no success") -> Estimate:
    """Geometric mean of times with the t interval on logarithms.

    Parameters
    ----------
    times_s : sequence of float or None
        Times in seconds. None, NaN, zero and less are left out and counted.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when there is no time.

    Returns
    -------
    Estimate
        In seconds. One time has no interval.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Notes
    -----
    exp(mean(ln t) ± t(n - 1)·s/sqrt(n)), s being the SD of ln t.

    References
    ----------
    Sauro and Lewis 2010, CHI, Average task times in usability tests.

    Examples
    --------
    >>> typical = geometric_mean([55, 65, 75, 62, 45, 135])
    >>> round(typical.value), [round(limit) for limit in typical.interval.limits]
    (68, [46, 101])
    """
    check_confidence(confidence)
    valid, missing, faulty = _valid_times(times_s)
    logs = np.log(valid)
    interval, reason, flags = None, None, size_flags(valid.size)
    if valid.size == 0:
        reason = none
    elif valid.size == 1:
        reason = ONE_VALUE
    else:
        interval = _log_t(valid, logs, confidence)
        reason = None if interval else TOO_FAR_APART
        flags += (Flag.ZERO_SPREAD,) if all_equal(valid) else ()
    summary = Estimate(
        value=_geometric_center(valid, logs),
        n=valid.size,
        interval=interval,
        confidence=confidence,
        method="log_t",
        reason=reason,
        flags=flags,
    )
    return _marked(summary, missing, faulty)


def time_outliers(
    times_s: Values, *, fastest_plausible_s: float | None = None, expert_time_s: float | None = None
) -> tuple[int, ...]:
    """Positions of times that look wrong: too fast to be true, or far from the others.

    Parameters
    ----------
    times_s : sequence of float or None
        Times in seconds; those that are missing or not above 0 are no outliers but faults.
    fastest_plausible_s : float, optional
        Times below are flagged; by default a third of the expert's time, and nothing if neither is known.
    expert_time_s : float, optional
        How long someone who knows the way needs.

    Returns
    -------
    tuple of int
        Positions in `times_s`, ascending.

    Raises
    ------
    ValueError
        If a limit is not above 0.

    Notes
    -----
    Far: abs(ln t - median) > 3·1.4826·MAD of ln t. Where more than half of the times are equal the MAD is 0, and all
    others are flagged.

    Examples
    --------
    >>> time_outliers([54, 82, 46, 59, 80, 71, 32, 3190])
    (7,)
    >>> time_outliers([5, 40, 50, 45, 60], expert_time_s=30)
    (0,)
    """
    for name, limit in (("fastest_plausible_s", fastest_plausible_s), ("expert_time_s", expert_time_s)):
        if limit is not None:
            as_number(name, limit, above=0)
    column = np.asarray(times_s, dtype=np.float64)
    positions = np.flatnonzero(column > 0)
    times = column[positions]
    if times.size == 0:
        return ()
    if fastest_plausible_s is None:
        fastest_plausible_s = expert_time_s * EXPERT_SHARE if expert_time_s is not None else 0.0
    return tuple(int(position) for position in positions[(times < fastest_plausible_s) | _far(np.log(times))])


def kaplan_meier_median(
    durations_s: Sequence[float] | Floats, completed: Sequence[bool | int] | Booleans, *, confidence: float = 0.95
) -> CensoredTimes:
    """Median time to success when some attempts were cut short, each of which only says "longer than this".

    Parameters
    ----------
    durations_s : sequence of float
        Seconds until success, or until the attempt was cut short. Those that are missing or not above 0 are left out.
    completed : sequence of bool
        Whether each ended in success; the others are censored. Same length.
    confidence : float
        Confidence level handed through to the result; no interval is defined for this median here.

    Returns
    -------
    CensoredTimes
        `value` in seconds; None when half of the participants never got there.

    Raises
    ------
    ValueError
        If the lengths differ, or `confidence` is not between 0 and 1.

    Notes
    -----
    S(t) = product over event times of (1 - events/at risk), events before censorings at equal times; the median is
    the smallest t with S(t) <= 0.5.

    References
    ----------
    Kaplan and Meier 1958, JASA 53. Rummel 2014, Journal of Usability Studies.

    Examples
    --------
    >>> kaplan_meier_median([40, 55, 70, 90, 300, 300], [1, 1, 1, 1, 0, 0]).value
    70.0
    >>> kaplan_meier_median([40, 300, 300], [1, 0, 0]).reason
    'median not reached'
    """
    check_confidence(confidence)
    durations = np.asarray(durations_s, dtype=np.float64)
    done = np.asarray(completed, dtype=bool)
    if durations.shape != done.shape:
        raise ValueError(f"completed must be as long as durations_s ({durations.size}), got {done.size}")
    there = (durations > 0) & np.isfinite(durations)
    durations, done = durations[there], done[there]
    left_out = there.size - done.size
    value = _survival_median(durations, done) if done.any() else None
    censored = int(np.count_nonzero(~done))
    share = censored / done.size if done.size else None
    warn = share is not None and share > CENSORED_WARNING_ABOVE
    return CensoredTimes(
        value=value,
        n=done.size,
        censored=censored,
        share=share,
        warn=warn,
        interval=None,
        confidence=confidence,
        method="kaplan_meier",
        reason=("no attempts" if done.size == 0 else "median not reached") if value is None else None,
        flags=size_flags(done.size) + ((Flag.CENSORED,) if warn else ()) + ((Flag.FAULTY_TIME,) if left_out else ()),
        left_out=left_out,
    )


def click_summary(clicks: Values, *, confidence: float = 0.95, none: str = "no attempts") -> ClickSummary:
    """Clicks over a set of attempts; over the successful ones they are the clicks to completion.

    Parameters
    ----------
    clicks : sequence of int or None
        Clicks of each attempt; 0 is possible, by keyboard.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when there is no attempt.

    Returns
    -------
    ClickSummary
        With the order-statistic interval on its median.

    Raises
    ------
    ValueError
        If a count is negative, or `confidence` is not between 0 and 1.

    References
    ----------
    Tullis and Albert 2013, Measuring the User Experience, 2nd ed.

    Examples
    --------
    >>> clicks = click_summary([5, 6, 6, 7, 5, 8, 6, 9, 6])
    >>> clicks.total, clicks.n, clicks.median.value, clicks.median.interval.limits
    (58, 9, 6.0, (5.0, 8.0))
    """
    present, _ = split_missing("clicks", clicks)
    if (present < 0).any():
        raise ValueError(f"clicks must be 0 or more, got {clicks!r}")
    return ClickSummary(
        total=int(present.sum()),
        n=present.size,
        mean=center(present),
        median=median(clicks, confidence=confidence, none=none),
    )


def idle_gaps(input_times_s: Sequence[float], *, over_s: float = 60.0) -> tuple[tuple[float, float], ...]:
    """Stretches without input, as (from, to) in seconds.

    Parameters
    ----------
    input_times_s : sequence of float
        When something was put in, start and end of the attempt included, ascending.
    over_s : float
        Longer gaps are reported.

    Returns
    -------
    tuple of (float, float)

    Raises
    ------
    ValueError
        If the times do not ascend, or `over_s` is not above 0.

    Examples
    --------
    >>> idle_gaps([0, 10, 95, 100])
    ((10.0, 95.0),)
    """
    over_s = as_number("over_s", over_s, above=0)
    pairs = list(pairwise(input_times_s))
    if any(later < earlier for earlier, later in pairs):
        raise ValueError(f"input_times_s must ascend, got {input_times_s!r}")
    return tuple((float(earlier), float(later)) for earlier, later in pairs if later - earlier > over_s)


def _valid_times(times_s: Values) -> tuple[Floats, int, int]:
    present, missing = split_missing("times_s", times_s)
    valid = present[present > 0]
    return valid, missing, present.size - valid.size


def _marked(summary: Estimate, missing: int, faulty: int) -> Estimate:
    flags = summary.flags + ((Flag.FAULTY_TIME,) if faulty else ())
    return replace(summary, flags=flags, left_out=missing + faulty)


def _geometric_center(valid: Floats, logs: Floats) -> float | None:
    if valid.size == 0:
        return None
    return float(valid[0]) if all_equal(valid) else math.exp(logs.mean())


def _log_t(valid: Floats, logs: Floats, confidence: float) -> Interval | None:
    if all_equal(valid):
        only = float(valid[0])
        return Interval(only, only, (only, only))
    half = t_quantile(confidence, valid.size - 1) * float(logs.std(ddof=1)) / math.sqrt(valid.size)
    return from_logs(float(logs.mean()) - half, float(logs.mean()) + half)


def _far(logs: Floats) -> Booleans:
    distance = np.abs(logs - np.median(logs))
    return distance > OUTLIER_MADS * MAD_TO_SD * float(np.median(distance))


def _headline_without(times_s: Values, outliers: tuple[int, ...], confidence: float) -> Estimate:
    kept = np.delete(np.asarray(times_s, dtype=np.float64), outliers)
    typical = median if np.count_nonzero(kept > 0) >= MEDIAN_FROM else geometric_mean
    return typical(kept[kept > 0], confidence=confidence, none="all times are flagged")


def _survival_median(durations: Floats, done: Booleans) -> float | None:
    survival = scipy.stats.ecdf(scipy.stats.CensoredData.right_censored(durations, ~done)).sf
    reached = np.flatnonzero(survival.probabilities <= 0.5 * (1 + 1e-9))  # products of fractions round
    return float(survival.quantiles[reached[0]]) if reached.size else None
