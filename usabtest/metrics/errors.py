"""Errors: how many an attempt, how many an opportunity, how many attempts were free of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

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
    check_choice,
    mean,
    poisson_rate,
    proportion,
    size_flags,
    split_missing,
)

OVERDISPERSED_ABOVE = 1.5


class ErrorKind(StrEnum):
    """What counts as an error; the first three are the user's, the others the system's."""

    FORM = "form"
    WRONG_PATH = "wrong_path"
    MARKED = "marked"
    JAVASCRIPT = "javascript"
    NETWORK = "network"


class Signal(StrEnum):
    """What may be an error; a person decides."""

    DEAD_CLICK = "dead_click"
    RAGE_CLICK = "rage_click"
    ERROR_CLICK = "error_click"
    QUICK_BACK = "quick_back"


USER_ERRORS = frozenset({ErrorKind.FORM, ErrorKind.WRONG_PATH, ErrorKind.MARKED})
SYSTEM_ERRORS = frozenset({ErrorKind.JAVASCRIPT, ErrorKind.NETWORK})


@dataclass(frozen=True, slots=True)
class ErrorTotals:
    """The two families, which are never summed silently."""

    user: int
    system: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorsPerAttempt:
    """Errors of one family over the attempts of a task; `dispersion` is variance over mean, 1 by pure chance."""

    total: int
    value: float | None
    n: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    dispersion: float | None = None
    left_out: int = 0


def error_totals(kinds: Mapping[str, int], signals: Mapping[str, int], count_errors: Iterable[str]) -> ErrorTotals:
    """User and system errors of one attempt, as the study's settings count them.

    Parameters
    ----------
    kinds : mapping of error kind to int
        How often each kind of error occurred.
    signals : mapping of signal to int
        How often each signal occurred.
    count_errors : iterable of str
        The kinds and signals that count. Kinds that are not named are in no total; signals that are, are user errors.

    Returns
    -------
    ErrorTotals

    Raises
    ------
    ValueError
        If a name is neither a kind nor a signal, or a count is negative.

    Examples
    --------
    >>> error_totals({"form": 4, "javascript": 1}, {"rage_click": 1}, ["javascript", "form", "rage_click"])
    ErrorTotals(user=5, system=1)
    """
    for names, known in ((kinds, ErrorKind), (signals, Signal)):
        for name, count in names.items():
            check_choice("kind", name, tuple(known))
            as_count(name, count)
    counting = _counting(count_errors)
    user = sum(count for kind, count in kinds.items() if kind in counting and kind in USER_ERRORS)
    system = sum(count for kind, count in kinds.items() if kind in counting and kind in SYSTEM_ERRORS)
    hinted = sum(count for signal, count in signals.items() if signal in counting)
    return ErrorTotals(user=int(user + hinted), system=int(system))


def error_columns(
    kinds: Mapping[str, NDArray[Any]], signals: Mapping[str, NDArray[Any]], count_errors: Iterable[str]
) -> tuple[Floats, Floats]:
    """User and system errors of many attempts, as the study's settings count them.

    Parameters
    ----------
    kinds, signals : mapping of name to array
        How often each kind of error and each signal occurred in each attempt; all of them named.
    count_errors : iterable of str
        As in `error_totals`.

    Returns
    -------
    (array, array)
        User and system errors of each attempt.

    Raises
    ------
    ValueError
        If a name is neither a kind nor a signal.

    Examples
    --------
    >>> kinds = {"form": np.array([4, 0]), "javascript": np.array([1, 2])}
    >>> [errors.tolist() for errors in error_columns(kinds, {"rage_click": np.array([1, 1])}, ["javascript", "form"])]
    [[4.0, 0.0], [1.0, 2.0]]
    """
    counting = _counting(count_errors)
    columns = {**kinds, **signals}
    for name in columns:
        check_choice("kind", name, (*ErrorKind, *Signal))
    nothing = np.zeros(len(next(iter(columns.values()), ())))
    user: Floats = sum((columns[name] for name in columns if name in counting - SYSTEM_ERRORS), nothing)
    system: Floats = sum((columns[name] for name in columns if name in counting & SYSTEM_ERRORS), nothing)
    return user, system


def errors_per_attempt(counts: Values, *, confidence: float = 0.95) -> ErrorsPerAttempt:
    """Errors per attempt, with the interval that fits how they are spread.

    Parameters
    ----------
    counts : sequence of int or None
        Errors of each attempt.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    ErrorsPerAttempt
        `method` is `exact_poisson`, or `t` where the counts are overdispersed, which is flagged.

    Raises
    ------
    ValueError
        If a count is not a whole number of 0 or more, or `confidence` is not between 0 and 1.

    Notes
    -----
    sum e/n. Above a variance over mean of 1.5 the Poisson limits would be too narrow, and the t interval of the counts
    is used.

    References
    ----------
    Sauro 2012, MeasuringU, Measuring errors in the user experience. Garwood 1936, Biometrika 28.

    Examples
    --------
    >>> errors = errors_per_attempt([1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1])
    >>> errors.total, round(errors.value, 2), [round(limit, 2) for limit in errors.interval.limits], errors.method
    (4, 0.33, [0.09, 0.85], 'exact_poisson')
    """
    present, missing = _counts(counts)
    total = int(present.sum())
    dispersion = _dispersion(present, total)
    overdispersed = dispersion is not None and dispersion > OVERDISPERSED_ABOVE
    if overdispersed:
        rate = mean(present, confidence=confidence, within=(0, float("inf")))
    else:
        rate = poisson_rate(total, present.size, confidence=confidence)
    return ErrorsPerAttempt(
        total=total,
        value=rate.value,
        n=present.size,
        interval=rate.interval,
        confidence=confidence,
        method=rate.method,
        reason=rate.reason,
        flags=size_flags(present.size) + ((Flag.OVERDISPERSED,) if overdispersed else ()),
        dispersion=dispersion,
        left_out=missing,
    )


def error_rate(
    errors: int,
    opportunities_per_attempt: int,
    attempts: int,
    *,
    at_most_once: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """Errors per opportunity.

    Parameters
    ----------
    errors : int
        User errors over all attempts.
    opportunities_per_attempt : int
        Fields, choices and steps where a slip or a mistake could occur, listed before the test.
    attempts : int
        Ended attempts.
    at_most_once : bool
        Whether an opportunity can fail once at most, so that the rate is a share with the adjusted Wald interval;
        otherwise the interval is Poisson.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        `n` is the number of opportunities.

    Raises
    ------
    ValueError
        If a number is negative, or there are more errors than opportunities although each can fail once only.

    Notes
    -----
    errors/(opportunities per attempt · attempts).

    References
    ----------
    Sauro 2012, MeasuringU. Tullis and Albert 2013, Measuring the User Experience, 2nd ed.

    Examples
    --------
    >>> round(error_rate(20, 12, 6).value, 2)
    0.28
    """
    opportunities_per_attempt = as_count("opportunities_per_attempt", opportunities_per_attempt)
    attempts = as_count("attempts", attempts)
    opportunities = opportunities_per_attempt * attempts
    none = "no attempts" if attempts == 0 else "no opportunities"
    if at_most_once:
        share = proportion(errors, opportunities, confidence=confidence, none=none)
        return Estimate(
            value=share.value,
            n=share.n,
            interval=share.interval,
            confidence=confidence,
            method=share.method,
            reason=share.reason,
        )
    return replace(poisson_rate(errors, opportunities, confidence=confidence, none=none), n=opportunities)


def attempts_with_errors(counts: Values, *, confidence: float = 0.95) -> Proportion:
    """Share of attempts with at least one error.

    Parameters
    ----------
    counts : sequence of int or None
        Errors of each attempt.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        If a count is not a whole number of 0 or more, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> share = attempts_with_errors([2, 0, 0, 1, 0])
    >>> share.count, share.n, share.value
    (2, 5, 0.4)
    """
    present, missing = _counts(counts)
    return proportion(int((present > 0).sum()), present.size, confidence=confidence, left_out=missing)


def error_free_rate(counts: Values, *, confidence: float = 0.95) -> Proportion:
    """Share of attempts without any error.

    Parameters
    ----------
    counts : sequence of int or None
        Errors of each attempt.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        If a count is not a whole number of 0 or more, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> error_free_rate([2, 0, 0, 1, 0]).value
    0.6
    """
    present, missing = _counts(counts)
    return proportion(int((present == 0).sum()), present.size, confidence=confidence, left_out=missing)


def _counting(count_errors: Iterable[str]) -> set[str]:
    counting = set(count_errors)
    for name in counting:
        check_choice("count_errors", name, (*ErrorKind, *Signal))
    return counting


def _dispersion(present: Floats, total: int) -> float | None:
    """Variance over mean, from whole numbers, so that the limit of 1.5 is met exactly."""
    if present.size < 2 or total == 0:
        return None
    squares = int((present**2).sum())
    return (present.size * squares - total**2) / ((present.size - 1) * total)


def _counts(counts: Values) -> tuple[Floats, int]:
    present, missing = split_missing("counts", counts)
    if ((present < 0) | (np.floor(present) != present)).any():
        raise ValueError(f"counts must be whole numbers, 0 or more, got {counts!r}")
    return present, missing
