"""Customer satisfaction and effort."""

from dataclasses import dataclass
from typing import Literal

from usabtest.metrics.intervals import Estimate, Proportion, Values, proportion
from usabtest.metrics.rating.after_task import rating_mean
from usabtest.metrics.rating.answers import NO_ANSWERS, whole_ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEffort:
    """Customer effort score: mean agreement, and the share of 5 to 7."""

    score: Estimate
    agreement: Proportion


def csat(ratings: Values, *, scale_max: Literal[5, 7] = 5, confidence: float = 0.95) -> Proportion:
    """Customer satisfaction: share of the two top boxes.

    Parameters
    ----------
    ratings : sequence of int or None
        Answers from 1 to `scale_max`; None is missing.
    scale_max : {5, 7}
        Top of the scale.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Proportion
        From 0 to 1.

    Raises
    ------
    ValueError
        If a rating is not a whole number on the scale, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> satisfied = csat([5, 4, 3, 5, 2, 4, 1, 5, None, 3])
    >>> satisfied.count, satisfied.n, round(satisfied.value, 3)
    (5, 9, 0.556)
    """
    if scale_max not in (5, 7):
        raise ValueError(f"scale_max must be 5 or 7, got {scale_max!r}")
    present = whole_ratings(ratings, 1, scale_max)
    return proportion(
        int((present >= scale_max - 1).sum()),
        present.size,
        confidence=confidence,
        none=NO_ANSWERS,
        left_out=len(ratings) - present.size,
    )


def ces(ratings: Values, *, confidence: float = 0.95) -> CustomerEffort:
    """Customer Effort Score 2.0: agreement, from 1 to 7, that it was made easy.

    Parameters
    ----------
    ratings : sequence of int or None
        Answers from 1 to 7; None is missing.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    CustomerEffort
        Mean with its t interval, and share of 5 to 7 with its adjusted Wald interval.

    Raises
    ------
    ValueError
        If a rating is not a whole number from 1 to 7, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> effort = ces([7, 6, 5, 3])
    >>> effort.score.value, effort.agreement.value
    (5.25, 0.75)
    """
    present = whole_ratings(ratings, 1, 7)
    return CustomerEffort(
        score=rating_mean(ratings, 1, 7, confidence=confidence),
        agreement=proportion(
            int((present >= 5).sum()),
            present.size,
            confidence=confidence,
            none=NO_ANSWERS,
            left_out=len(ratings) - present.size,
        ),
    )
