"""Likelihood to recommend as a net score."""

import math
from dataclasses import dataclass

from usabtest.metrics.intervals import (
    Flag,
    Interval,
    Values,
    as_count,
    check_confidence,
    clipped,
    size_flags,
    z_quantile,
)
from usabtest.metrics.rating.answers import NO_ANSWERS, whole_ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps:
    """Likelihood to recommend as a net score, -100 to 100."""

    value: float | None
    n: int
    promoters: int
    passives: int
    detractors: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


def nps(ratings: Values, *, confidence: float = 0.95) -> Nps:
    """Likelihood to recommend as a net score, from the answers.

    Parameters
    ----------
    ratings : sequence of int or None
        Answers from 0 to 10; None is missing. 9 and 10 are promoters, 7 and 8 passive, 0 to 6 detractors.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Nps

    Raises
    ------
    ValueError
        If a rating is not a whole number from 0 to 10, or `confidence` is not between 0 and 1.

    References
    ----------
    Reichheld 2003. Net Promoter and NPS are registered marks of Bain & Company, NICE Systems and Fred Reichheld.

    Examples
    --------
    >>> answer = nps([10, 9, 8, 6])
    >>> answer.value, answer.promoters, answer.passives, answer.detractors
    (25.0, 2, 1, 1)
    """
    present = whole_ratings(ratings, 0, 10)
    promoters = int((present >= 9).sum())
    detractors = int((present <= 6).sum())
    return nps_from_counts(
        promoters,
        present.size - promoters - detractors,
        detractors,
        confidence=confidence,
        left_out=len(ratings) - present.size,
    )


def nps_from_counts(
    promoters: int, passives: int, detractors: int, *, confidence: float = 0.95, left_out: int = 0
) -> Nps:
    """Likelihood to recommend as a net score, from the counts of its three classes.

    Parameters
    ----------
    promoters, passives, detractors : int
        How many answered 9 or 10, 7 or 8, 0 to 6.
    confidence : float
        Confidence level, between 0 and 1.
    left_out : int
        Handed through to the result: how many did not answer.

    Returns
    -------
    Nps
        In points. The interval is centred on the adjusted score, the value is not adjusted.

    Raises
    ------
    ValueError
        If a count is negative, or `confidence` is not between 0 and 1.

    Notes
    -----
    100·(P - D)/n. Interval: n' = n + 3, p' = (P + 0.75)/n', d' = (D + 0.75)/n', m = p' - d',
    m ± z·sqrt((p' + d' - m²)/n'), times 100.

    References
    ----------
    Rocks 2016, The American Statistician 70(4).

    Examples
    --------
    >>> score = nps_from_counts(50, 25, 25)
    >>> score.value, [round(limit, 2) for limit in score.interval.limits]
    (25.0, [8.3, 40.24])
    """
    promoters = as_count("promoters", promoters)
    passives = as_count("passives", passives)
    detractors = as_count("detractors", detractors)
    check_confidence(confidence)
    n = promoters + passives + detractors
    interval = None
    if n:
        center, variance = nps_adjusted(promoters, detractors, n)
        half = z_quantile(confidence) * math.sqrt(variance)
        interval = clipped(100 * (center - half), 100 * (center + half), within=(-100, 100))
    return Nps(
        value=100 * (promoters - detractors) / n if n else None,
        n=n,
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        interval=interval,
        confidence=confidence,
        method="adjusted_wald",
        reason=None if n else NO_ANSWERS,
        flags=size_flags(n),
        left_out=left_out,
    )


def nps_adjusted(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Net share after adding three answers, and its sampling variance."""
    size = n + 3
    for_it, against = (promoters + 0.75) / size, (detractors + 0.75) / size
    net = for_it - against
    return net, (for_it + against - net**2) / size
