"""Finding the way: lostness, detours, efficiency, first clicks, search, and how fast the pages came."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from usabtest.metrics.intervals import (
    Estimate,
    Flag,
    Floats,
    Interval,
    Proportion,
    Values,
    as_count,
    as_number,
    check_choice,
    mean,
    median,
    percentile,
    proportion,
    size_flags,
    split_missing,
)

YesNo: TypeAlias = Sequence[bool | None] | NDArray[Any]
LostnessReading: TypeAlias = Literal["not lost", "unclear", "lost"]
VitalRating: TypeAlias = Literal["good", "needs_improvement", "poor"]

WEB_VITALS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"LCP": (2500, 4000), "INP": (200, 500), "CLS": (0.1, 0.25), "FCP": (1800, 3000), "TTFB": (800, 1800)}
)
"""Good up to the first limit, poor above the second; milliseconds, but for CLS, which has no unit."""


@dataclass(frozen=True, slots=True)
class TimedAttempt:
    """One participant's try at one task: whether it succeeded and how long it took."""

    participant: object
    task: object
    success: bool
    time_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lostness:
    """How far an attempt strayed: 0 is a perfect path, above 0.5 someone was lost."""

    value: float | None
    reading: LostnessReading | None
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class PathDeviation:
    """Steps beyond the minimum, and steps taken as a multiple of it."""

    extra: int
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEfficiency:
    """Goals per second, share of fruitful time, and nearness to the expert, of one task."""

    time_based: float | None
    overall_relative: float | None
    expert_relative: float | None
    n: int
    reason: str | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchToNavigation:
    """How many began with a search; `without_action` attempts began with nothing and are not in `n`."""

    value: float | None
    n: int
    searched: int
    navigated: int
    without_action: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpeed:
    """One measure of page speed over many loads."""

    metric: str
    n: int
    median: float | None
    p75: float | None
    rating: VitalRating | None
    reason: str | None = None


def lostness(pages_total: int, pages_unique: int, pages_minimum: int) -> Lostness:
    """How far from the shortest way an attempt went.

    Parameters
    ----------
    pages_total : int
        S, page visits.
    pages_unique : int
        N, different pages visited.
    pages_minimum : int
        R, pages that the task needs at least; 1 or more.

    Returns
    -------
    Lostness
        None without a page. The formula can pass 1; it is given as it is.

    Raises
    ------
    ValueError
        If a count is negative, there are more different pages than visits, or the minimum is 0.

    Notes
    -----
    sqrt((N/S - 1)² + (R/N - 1)²). Below 0.4 not lost, above 0.5 lost. More pages needed than were seen means that the
    minimum is wrong, which is flagged.

    References
    ----------
    Smith 1996, Interacting with Computers 8(4).

    Examples
    --------
    >>> strayed = lostness(8, 6, 3)
    >>> round(strayed.value, 2), strayed.reading
    (0.56, 'lost')
    """
    pages_total = as_count("pages_total", pages_total)
    pages_unique = as_count("pages_unique", pages_unique, at_most=pages_total)
    pages_minimum = as_count("pages_minimum", pages_minimum, at_least=1)
    if pages_unique == 0:
        return Lostness(value=None, reading=None, reason="no page visited")
    value = math.hypot(pages_unique / pages_total - 1, pages_minimum / pages_unique - 1)
    return Lostness(
        value=value,
        reading="not lost" if value < 0.4 else "lost" if value > 0.5 else "unclear",
        flags=(Flag.MINIMUM_TOO_HIGH,) if pages_minimum > pages_unique else (),
    )


def mean_lostness(values: Values, *, confidence: float = 0.95, none: str = "no success") -> Estimate:
    """Average lostness of the successful attempts of a task.

    Parameters
    ----------
    values : sequence of float or None
        Lostness of each successful attempt.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when there is no value.

    Returns
    -------
    Estimate
        With the t interval, not below 0.

    Raises
    ------
    ValueError
        If a value is negative, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> mean_lostness([0.0, 0.25, 0.5]).value
    0.25
    """
    _check_not_negative("values", values)
    return mean(values, confidence=confidence, within=(0, math.inf), none=none)


def path_deviation(steps: int, steps_minimum: int) -> PathDeviation:
    """How many steps an attempt took beyond the fewest possible.

    Parameters
    ----------
    steps : int
        Steps taken, reloads of a page not counted.
    steps_minimum : int
        Steps that the task needs at least; 1 or more.

    Returns
    -------
    PathDeviation

    Raises
    ------
    ValueError
        If a count is negative, or the minimum is 0.

    References
    ----------
    Tullis and Albert 2013, Measuring the User Experience, 2nd ed.

    Examples
    --------
    >>> path_deviation(8, 5)
    PathDeviation(extra=3, ratio=1.6)
    """
    steps = as_count("steps", steps)
    steps_minimum = as_count("steps_minimum", steps_minimum, at_least=1)
    return PathDeviation(extra=int(steps - steps_minimum), ratio=steps / steps_minimum)


def median_path_deviation(
    steps: Values, steps_minimum: int, *, confidence: float = 0.95, none: str = "no success"
) -> Estimate:
    """Median ratio of steps taken to the fewest possible.

    Parameters
    ----------
    steps : sequence of int or None
        Steps of each attempt.
    steps_minimum : int
        Steps that the task needs at least; 1 or more.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when there is no attempt.

    Returns
    -------
    Estimate
        1 is the shortest way.

    Raises
    ------
    ValueError
        If a count is negative, the minimum is 0, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> median_path_deviation([3, 4, 9], 3).value
    1.3333333333333333
    """
    _check_not_negative("steps", steps)
    steps_minimum = as_count("steps_minimum", steps_minimum, at_least=1)
    present, missing = split_missing("steps", steps)
    ratios = present / steps_minimum
    return median(np.append(ratios, [math.nan] * missing), confidence=confidence, none=none)


def time_based_efficiency(
    attempts: Sequence[TimedAttempt], *, n_participants: int | None = None, n_tasks: int | None = None
) -> Estimate:
    """Goals reached per second, averaged over participants and tasks.

    Parameters
    ----------
    attempts : sequence of TimedAttempt
        All attempts, those that failed too. Times of zero and less are left out, counted and flagged.
    n_participants, n_tasks : int, optional
        Size of the design; by default as many as occur in `attempts`.

    Returns
    -------
    Estimate
        In goals per second. Without an interval.

    Raises
    ------
    ValueError
        If there are more attempts than the design holds.

    Notes
    -----
    Sum over participants and tasks of success/time, divided by participants · tasks.

    References
    ----------
    ISO/IEC 25022:2016. Mifsud, Usability metrics: a guide to quantify system usability.

    Examples
    --------
    >>> tries = [TimedAttempt(1, "a", True, 1), TimedAttempt(2, "a", True, 2), TimedAttempt(3, "a", True, 3),
    ...          TimedAttempt(4, "a", False, 6)]
    >>> round(time_based_efficiency(tries).value, 2)
    0.46
    """
    timed = _timed(attempts)
    if n_participants is None:
        n_participants = len({attempt.participant for attempt in timed})
    if n_tasks is None:
        n_tasks = len({attempt.task for attempt in timed})
    n_participants = as_count("n_participants", n_participants)
    n_tasks = as_count("n_tasks", n_tasks)
    cells = n_participants * n_tasks
    if len(timed) > cells:
        raise ValueError(f"attempts must be at most n_participants times n_tasks ({cells}), got {len(timed)}")
    goals = math.fsum(1 / attempt.time_s for attempt in timed if attempt.success)
    return _efficiency(goals / cells if timed else None, len(timed), len(attempts), "time_based")


def overall_relative_efficiency(attempts: Sequence[TimedAttempt]) -> Estimate:
    """Share of all time that was spent on attempts that succeeded.

    Parameters
    ----------
    attempts : sequence of TimedAttempt
        All attempts, those that failed too. Times of zero and less are left out, counted and flagged.

    Returns
    -------
    Estimate
        From 0 to 1. Without an interval.

    References
    ----------
    ISO/IEC 25022:2016. Mifsud, Usability metrics: a guide to quantify system usability.

    Examples
    --------
    >>> overall_relative_efficiency([TimedAttempt(1, "a", True, 6), TimedAttempt(2, "a", False, 6)]).value
    0.5
    """
    timed = _timed(attempts)
    fruitful = math.fsum(attempt.time_s for attempt in timed if attempt.success)
    total = math.fsum(attempt.time_s for attempt in timed)
    return _efficiency(fruitful / total if timed else None, len(timed), len(attempts), "overall_relative")


def expert_relative_efficiency(attempts: Sequence[TimedAttempt], expert_time_s: float) -> Estimate:
    """How close attempts come to the time of someone who knows the way.

    Parameters
    ----------
    attempts : sequence of TimedAttempt
        All attempts at one task; those that failed count as 0. Times of zero and less are left out.
    expert_time_s : float
        The expert's time, above 0.

    Returns
    -------
    Estimate
        1 is as fast as the expert. Without an interval.

    Raises
    ------
    ValueError
        If the expert's time is not above 0.

    Notes
    -----
    Mean over attempts of success · expert time/time.

    References
    ----------
    ISO/IEC 25022:2016.

    Examples
    --------
    >>> expert_relative_efficiency([TimedAttempt(1, "a", True, 80), TimedAttempt(2, "a", False, 30)], 40).value
    0.25
    """
    expert_time_s = as_number("expert_time_s", expert_time_s, above=0)
    timed = _timed(attempts)
    shares = math.fsum(expert_time_s / attempt.time_s for attempt in timed if attempt.success)
    return _efficiency(shares / len(timed) if timed else None, len(timed), len(attempts), "expert_relative")


def task_efficiency(success: YesNo, times_s: Values, *, expert_time_s: float | None = None) -> TaskEfficiency:
    """The three efficiencies of one task, one attempt a participant, from columns.

    Parameters
    ----------
    success : sequence of bool or None
        Whether each attempt succeeded.
    times_s : sequence of float or None
        Seconds of each attempt, in the same order; attempts without a time above 0 are left out.
    expert_time_s : float, optional
        The expert's time, above 0.

    Returns
    -------
    TaskEfficiency

    Raises
    ------
    ValueError
        If the lengths differ, or the expert's time is not above 0.

    Notes
    -----
    As `time_based_efficiency`, `overall_relative_efficiency` and `expert_relative_efficiency`.

    References
    ----------
    ISO/IEC 25022:2016.

    Examples
    --------
    >>> efficiency = task_efficiency([True, True, True, False], [1, 2, 3, 6], expert_time_s=1)
    >>> round(efficiency.time_based, 2), efficiency.overall_relative, round(efficiency.expert_relative, 2)
    (0.46, 0.5, 0.46)
    """
    if expert_time_s is not None:
        expert_time_s = as_number("expert_time_s", expert_time_s, above=0)
    succeeded, times = np.asarray(success, dtype=np.float64), np.asarray(times_s, dtype=np.float64)
    if succeeded.shape != times.shape:
        raise ValueError(f"times_s must be as long as success ({succeeded.size}), got {times.size}")
    there = (times > 0) & np.isfinite(times) & ~np.isnan(succeeded)
    succeeded, times = succeeded[there], times[there]
    n, left_out = times.size, int(there.size - times.size)
    if n == 0:
        return TaskEfficiency(
            time_based=None, overall_relative=None, expert_relative=None, n=0, reason="no attempts", left_out=left_out
        )
    fruitful = times[succeeded != 0]
    return TaskEfficiency(
        time_based=_sum(1 / fruitful) / n,
        overall_relative=_sum(fruitful) / _sum(times),
        expert_relative=None if expert_time_s is None else _sum(expert_time_s / fruitful) / n,
        n=n,
        reason="no expert time" if expert_time_s is None else None,
        left_out=left_out,
    )


def search_to_navigation(searched: YesNo, *, confidence: float = 0.95) -> SearchToNavigation:
    """Share of attempts that began with a search.

    Parameters
    ----------
    searched : sequence of bool or None
        Of each attempt, whether its first action was a search; None if there was no action.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    SearchToNavigation

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Examples
    --------
    >>> firsts = search_to_navigation([True, False, False, None, False])
    >>> firsts.value, firsts.n, firsts.without_action
    (0.25, 4, 1)
    """
    share = _share_of_known(searched, confidence, "no attempt with an action")
    return SearchToNavigation(
        value=share.value,
        n=share.n,
        searched=share.count,
        navigated=share.n - share.count,
        without_action=share.left_out,
        interval=share.interval,
        confidence=confidence,
        method=share.method,
        reason=share.reason,
        flags=share.flags,
    )


def first_click_success(correct: YesNo, *, confidence: float = 0.95) -> Proportion:
    """Share of attempts whose first click went to the right area.

    Parameters
    ----------
    correct : sequence of bool or None
        Of each attempt, whether its first click lay in the task's area; None if there was no click.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Proportion
        Attempts without a click are counted in `left_out`.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    References
    ----------
    Bailey and Wolfson 2009 (task success 87 % after a right and 46 % after a wrong first click); Optimal Workshop's
    larger set of tree tests found 70 % and 24 %.

    Examples
    --------
    >>> first = first_click_success([True, True, False, None])
    >>> first.count, first.n, first.left_out
    (2, 3, 1)
    """
    return _share_of_known(correct, confidence, "no attempt with a click")


def web_vital_rating(name: str, value: float) -> VitalRating:
    """Good, needs improvement or poor, by the limits of the web-vitals library.

    Parameters
    ----------
    name : {"LCP", "INP", "CLS", "FCP", "TTFB"}
        Which vital.
    value : float
        Milliseconds; CLS has no unit.

    Returns
    -------
    {"good", "needs_improvement", "poor"}

    Raises
    ------
    ValueError
        If the name is unknown or the value negative.

    References
    ----------
    GoogleChrome/web-vitals, thresholds of each metric.

    Examples
    --------
    >>> web_vital_rating("LCP", 2500), web_vital_rating("INP", 201), web_vital_rating("CLS", 0.26)
    ('good', 'needs_improvement', 'poor')
    """
    check_choice("name", name, tuple(WEB_VITALS))
    value = as_number("value", value, at_least=0)
    good, poor = WEB_VITALS[name]
    if value <= good:
        return "good"
    return "poor" if value > poor else "needs_improvement"


def page_speed(metric: str, values: Values) -> PageSpeed:
    """Median and 75th percentile of one measure of page speed, rated if it is a web vital.

    Parameters
    ----------
    metric : str
        What was measured: a vital (`LCP`, ...), or a browser's timing such as `loadEventEnd`.
    values : sequence of float or None
        One value a page load.

    Returns
    -------
    PageSpeed
        The 75th percentile is the one that is rated.

    Raises
    ------
    ValueError
        If a value is negative.

    References
    ----------
    GoogleChrome/web-vitals.

    Examples
    --------
    >>> speed = page_speed("LCP", [1200, 1900, 2400, 3100])
    >>> speed.median, speed.p75, speed.rating
    (2150.0, 2575.0, 'needs_improvement')
    """
    _check_not_negative("values", values)
    present, _ = split_missing("values", values)
    p75 = percentile(present, 75)
    return PageSpeed(
        metric=metric,
        n=present.size,
        median=percentile(present, 50),
        p75=p75,
        rating=web_vital_rating(metric, p75) if p75 is not None and metric in WEB_VITALS else None,
        reason=None if present.size else "no page loads",
    )


def _share_of_known(answers: YesNo, confidence: float, none: str) -> Proportion:
    known, missing = split_missing("answers", answers)
    return proportion(int(np.count_nonzero(known)), known.size, confidence=confidence, none=none, left_out=missing)


def _efficiency(value: float | None, n: int, of: int, method: str) -> Estimate:
    return Estimate(
        value=value,
        n=n,
        interval=None,
        confidence=0.95,
        method=method,
        reason="no interval is defined for it" if n else "no attempts",
        flags=size_flags(n) + ((Flag.FAULTY_TIME,) if n < of else ()),
        left_out=of - n,
    )


def _sum(values: Floats) -> float:
    """The sum without rounding on the way, so that the order of attempts changes nothing."""
    return math.fsum(values.tolist())


def _timed(attempts: Sequence[TimedAttempt]) -> list[TimedAttempt]:
    """Those with a possible time; zero and less are faults of the recording."""
    return [attempt for attempt in attempts if attempt.time_s > 0 and math.isfinite(attempt.time_s)]


def _check_not_negative(name: str, values: Values) -> None:
    present, _ = split_missing(name, values)
    if (present < 0).any():
        raise ValueError(f"{name} must be 0 or more, got {values!r}")
