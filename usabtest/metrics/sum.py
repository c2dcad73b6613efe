"""SUM, the single usability metric: completion, satisfaction, time and errors of a task as one number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from usabtest.metrics.intervals import (
    Estimate,
    Flag,
    Floats,
    Interval,
    Values,
    all_equal,
    as_count,
    as_number,
    check_choice,
    check_confidence,
    clipped,
    poisson_rate,
    proportion_interval,
    size_flags,
    split_missing,
    t_quantile,
)

TimeScale: TypeAlias = Literal["log", "raw"]

SEQ_SPEC = 5.6
FIVE_POINT_SPEC = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SumTask:
    """The single usability metric of a task, 0 to 1, and its parts; never to be shown without them.

    `form` is 4 with errors and 3 without; forms are not to be mixed in a comparison. `interval` averages the limits of
    the parts, as the metric's authors do.
    """

    value: float | None
    n: int
    form: Literal[3, 4]
    completion: float | None
    satisfaction: float | None
    time: float | None
    errors: float | None
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class SumAttempt:
    """What one participant's attempt gives to the metric."""

    success: bool
    time_s: float | None = None
    rating: float | None = None
    errors: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


def sum_task(
    successes: int,
    n: int,
    times_success_s: Values,
    ratings: Values,
    *,
    time_spec_s: float | None,
    time_scale: TimeScale = "log",
    rating_spec: float = SEQ_SPEC,
    errors: int | None = None,
    error_opportunities: int | None = None,
    completion_method: Literal["mle", "laplace"] = "mle",
    confidence: float = 0.95,
) -> SumTask:
    """Single usability metric of one task.

    Parameters
    ----------
    successes, n : int
        Successful and ended attempts.
    times_success_s : sequence of float or None
        Seconds of the successful attempts; zero and less are left out as faults.
    ratings : sequence of float or None
        Ease or satisfaction after the task: SEQ, or the mean of several items.
    time_spec_s : float or None
        Acceptable time; see `sum_time_spec` for one made from the data.
    time_scale : {"log", "raw"}
        On logarithms, or as in the paper.
    rating_spec : float
        What counts as satisfied: 5.6 on seven points, 4 on five.
    errors : int, optional
        User errors over all attempts.
    error_opportunities : int, optional
        Opportunities for an error in one attempt. Without both the metric has three parts.
    completion_method : {"mle", "laplace"}
        x/n, or (x + 1)/(n + 2).
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    SumTask
        None if a part cannot be computed: no attempts, fewer than two times or ratings, no acceptable time.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, a specification is not above 0, or `confidence` is not between 0 and 1.

    Notes
    -----
    Mean of completion; satisfaction Phi((mean - spec)/SD); time Phi((spec - mean)/SD); errors
    1 - errors/(opportunities · n), at least 0. Without spread Phi gives 1, 0.5 or 0 by sign.

    References
    ----------
    Sauro and Kindlund 2005, CHI. Pearson, HFES (on the completion part).

    Examples
    --------
    >>> task = sum_task(13, 13, [146, 52, 115, 66, 29, 70, 70, 43, 40, 22, 28, 43, 40],
    ...                 [5, 5, 5, 5, 5, 5, 4.333333, 4.666667, 5, 5, 4.333333, 5, 5],
    ...                 time_spec_s=90, rating_spec=4, errors=13, error_opportunities=5)
    >>> round(task.satisfaction, 4), round(task.time, 4), task.errors, round(task.value, 4)
    (0.9997, 0.8521, 0.8, 0.9129)
    """
    check_confidence(confidence)
    check_choice("time_scale", time_scale, ("log", "raw"))
    rating_spec = as_number("rating_spec", rating_spec, above=0)
    parts = {
        "completion": _completion(successes, n, completion_method, confidence),
        "satisfaction": _satisfaction(ratings, rating_spec, confidence),
        "time": _time(times_success_s, time_spec_s, time_scale, confidence),
    }
    if errors is not None and error_opportunities:
        parts["errors"] = _errors(errors, error_opportunities, n, confidence)
    value = _average([part.value for part in parts.values()])
    low = _average([part.low for part in parts.values()])
    high = _average([part.high for part in parts.values()])
    values = {name: part.value for name, part in parts.items()}
    reasons = [f"{name}: {part.reason}" for name, part in parts.items() if part.reason]
    return SumTask(
        value=value,
        n=int(n),
        form=4 if "errors" in parts else 3,
        completion=values["completion"],
        satisfaction=values["satisfaction"],
        time=values["time"],
        errors=values.get("errors"),
        interval=None if low is None or high is None else clipped(low, high, within=(0, 1)),
        confidence=confidence,
        method=f"mean_of_parts_{time_scale}",
        reason="; ".join(reasons) or None,
        flags=size_flags(n),
    )


def sum_task_bootstrap(
    attempts: Sequence[SumAttempt],
    *,
    time_spec_s: float | None,
    time_scale: TimeScale = "log",
    rating_spec: float = SEQ_SPEC,
    error_opportunities: int | None = None,
    confidence: float = 0.95,
    resamples: int = 4999,
    seed: int = 0,
) -> SumTask:
    """Single usability metric of one task with an interval from the bootstrap over participants.

    Parameters
    ----------
    attempts : sequence of SumAttempt
        One a participant, with whatever they left.
    time_spec_s, time_scale, rating_spec, error_opportunities, confidence
        As in `sum_task`.
    resamples : int
        How often the participants are drawn anew, all parts from the same draw.
    seed : int
        Start of the random numbers.

    Returns
    -------
    SumTask
        As `sum_task`, with the percentile interval of the draws; draws in which a part cannot be computed are passed
        over.

    Raises
    ------
    ValueError
        If a count is negative, a specification is not above 0, or `confidence` is not between 0 and 1.

    References
    ----------
    Efron and Tibshirani 1993, An Introduction to the Bootstrap.

    Examples
    --------
    >>> people = [SumAttempt(True, 40, 6), SumAttempt(True, 55, 7), SumAttempt(True, 90, 5), SumAttempt(False, None, 3),
    ...           SumAttempt(True, 61, 6), SumAttempt(True, 75, 4)]
    >>> task = sum_task_bootstrap(people, time_spec_s=100)
    >>> task.interval.low < task.value < task.interval.high
    True
    """
    resamples = as_count("resamples", resamples, at_least=1)
    tried = [attempt for attempt in attempts if attempt.success]
    task = sum_task(
        len(tried),
        len(attempts),
        [attempt.time_s for attempt in tried],
        [attempt.rating for attempt in attempts],
        time_spec_s=time_spec_s,
        time_scale=time_scale,
        rating_spec=rating_spec,
        errors=int(math.fsum(attempt.errors for attempt in attempts)),
        error_opportunities=error_opportunities,
        confidence=confidence,
    )
    if task.value is None or time_spec_s is None:
        return task
    draws = _drawn_sums(attempts, time_spec_s, time_scale, rating_spec, error_opportunities, resamples, seed)
    tail = 50 * (1 - confidence)
    low, high = np.percentile(draws, (tail, 100 - tail)) if draws.size else (math.nan, math.nan)
    return replace(
        task,
        interval=clipped(low, high, within=(0, 1)) if draws.size else None,
        method=f"bootstrap_{time_scale}",
        reason=None if draws.size else "no draw has all parts",
    )


def sum_product(tasks: Sequence[SumTask]) -> Estimate:
    """Single usability metric of a product: the mean over its tasks.

    Parameters
    ----------
    tasks : sequence of SumTask
        All of the same form.

    Returns
    -------
    Estimate
        `n` is the number of tasks; tasks without a value are left out and counted. The interval averages theirs.

    Raises
    ------
    ValueError
        If three-part and four-part tasks are mixed.

    References
    ----------
    Sauro and Kindlund 2005, CHI.

    Examples
    --------
    >>> sum_product([]).reason
    'no tasks'
    """
    if len({task.form for task in tasks}) > 1:
        raise ValueError("tasks must all have three parts or all four, got both")
    known = [task for task in tasks if task.value is not None]
    intervals = [task.interval for task in known if task.interval is not None]
    whole = len(intervals) == len(known) and bool(known)
    low = _average([interval.low for interval in intervals]) if whole else None
    high = _average([interval.high for interval in intervals]) if whole else None
    return Estimate(
        value=_average([task.value for task in known]),
        n=len(known),
        interval=None if low is None or high is None else clipped(low, high, within=(0, 1)),
        confidence=tasks[0].confidence if tasks else 0.95,
        method="mean_of_tasks",
        reason=None if whole else "a task has no interval" if known else "no tasks",
        left_out=len(tasks) - len(known),
    )


def sum_time_spec(
    times_s: Values, ratings: Values, *, satisfied_from: float = 5.0, percent: float = 95.0
) -> float | None:
    """An acceptable time taken from the data: how long those needed who succeeded and were satisfied.

    Parameters
    ----------
    times_s, ratings : sequence of float or None
        Time and rating of each successful attempt, in the same order.
    satisfied_from : float
        Lowest rating of a satisfied participant: 5 of 7, or 4 of 5.
    percent : float
        Percentile of their times, 95 by default (some use 80).

    Returns
    -------
    float or None
        Seconds; None if nobody was satisfied.

    Raises
    ------
    ValueError
        If the lengths differ, or `percent` is not from 0 to 100.

    References
    ----------
    Sauro and Kindlund 2005, CHI.

    Examples
    --------
    >>> sum_time_spec([40, 60, 200], [7, 5, 3], percent=50)
    50.0
    """
    percent = as_number("percent", percent, at_least=0, at_most=100)
    times, rated = np.asarray(times_s, dtype=np.float64), np.asarray(ratings, dtype=np.float64)
    if times.shape != rated.shape:
        raise ValueError(f"ratings must be as long as times_s ({times.size}), got {rated.size}")
    satisfied = times[(rated >= satisfied_from) & (times > 0)]
    return float(np.percentile(satisfied, percent)) if satisfied.size else None


def _drawn_sums(
    attempts: Sequence[SumAttempt],
    time_spec_s: float,
    time_scale: TimeScale,
    rating_spec: float,
    error_opportunities: int | None,
    resamples: int,
    seed: int,
) -> Floats:
    success = np.array([attempt.success for attempt in attempts], dtype=np.float64)
    times = np.array([attempt.time_s if attempt.success else None for attempt in attempts], dtype=np.float64)
    times[~(times > 0)] = np.nan
    ratings = np.array([attempt.rating for attempt in attempts], dtype=np.float64)
    spec = time_spec_s
    if time_scale == "log":
        times, spec = np.log(times), math.log(time_spec_s)
    drawn = np.random.default_rng(seed).integers(len(attempts), size=(resamples, len(attempts)))
    parts = [
        success[drawn].mean(axis=1),
        _drawn_part(ratings[drawn], rating_spec, sign=1),
        _drawn_part(times[drawn], spec, sign=-1),
    ]
    if error_opportunities:
        errors = np.array([attempt.errors for attempt in attempts], dtype=np.float64)
        parts.append(np.maximum(0, 1 - errors[drawn].mean(axis=1) / error_opportunities))
    sums: Floats = np.mean(parts, axis=0)
    return sums[~np.isnan(sums)]


def _drawn_part(rows: Floats, spec: float, *, sign: int) -> Floats:
    """Phi of each row's distance from the specification; NaN for rows with fewer than two values."""
    there = ~np.isnan(rows)
    counts = there.sum(axis=1)
    filled = np.where(there, rows, 0)
    means = filled.sum(axis=1) / np.maximum(counts, 1)
    squares = np.where(there, (rows - means[:, np.newaxis]) ** 2, 0).sum(axis=1)
    sds = np.sqrt(squares / np.maximum(counts - 1, 1))
    distances = sign * (means - spec)
    spread_out = sds > 1e-12 * np.maximum(1, np.abs(means))
    phi = np.where(spread_out, special.ndtr(distances / np.where(spread_out, sds, 1)), 0.5 + 0.5 * np.sign(distances))
    return np.where(counts > 1, phi, np.nan)


def _completion(successes: int, n: int, method: str, confidence: float) -> _Part:
    check_choice("completion_method", method, ("mle", "laplace"))
    interval = proportion_interval(successes, n, confidence=confidence)
    if interval is None:
        return _Part(None, reason="no attempts")
    successes, n = int(successes), int(n)
    value = successes / n if method == "mle" else (successes + 1) / (n + 2)
    return _Part(value, interval.low, interval.high)


def _satisfaction(ratings: Values, spec: float, confidence: float) -> _Part:
    present, _ = split_missing("ratings", ratings)
    if present.size < 2:
        return _Part(None, reason="fewer than 2 ratings")
    return _standardised(present, spec, confidence, sign=1)


def _time(times_s: Values, spec_s: float | None, scale: TimeScale, confidence: float) -> _Part:
    present, _ = split_missing("times_success_s", times_s)
    valid = present[present > 0]
    if valid.size < 2:
        return _Part(None, reason="fewer than 2 successful times")
    if spec_s is None:
        return _Part(None, reason="no acceptable time")
    spec_s = as_number("time_spec_s", spec_s, above=0)
    if scale == "log":
        return _standardised(np.log(valid), math.log(spec_s), confidence, sign=-1)
    return _standardised(valid, spec_s, confidence, sign=-1)


def _errors(errors: int, opportunities: int, n: int, confidence: float) -> _Part:
    errors = as_count("errors", errors)
    opportunities = as_count("error_opportunities", opportunities)
    rate = poisson_rate(errors, opportunities * n, confidence=confidence)
    if rate.value is None or rate.interval is None:
        return _Part(None, reason="no attempts")
    return _Part(max(0.0, 1 - rate.value), max(0.0, 1 - rate.interval.high), max(0.0, 1 - rate.interval.low))


def _standardised(present: Floats, spec: float, confidence: float, *, sign: int) -> _Part:
    middle, sd = (float(present.mean()), float(present.std(ddof=1)))
    if all_equal(present):
        middle, sd = float(present[0]), 0.0
    half = t_quantile(confidence, present.size - 1) * sd / math.sqrt(present.size)
    return _Part(
        _phi(sign * (middle - spec), sd),
        _phi(sign * (middle - spec) - half, sd),
        _phi(sign * (middle - spec) + half, sd),
    )


def _phi(distance: float, sd: float) -> float:
    if sd == 0:
        return 0.5 + 0.5 * float(np.sign(distance))
    return float(special.ndtr(distance / sd))


def _average(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known and len(known) == len(values) else None
