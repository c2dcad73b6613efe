"""What is asked after a task: ease, effort, workload."""

from dataclasses import replace
from typing import Literal

from usabtest.metrics.intervals import Estimate, Values, as_number, check_choice, clipped, mean, split_missing
from usabtest.metrics.rating.answers import NO_ANSWERS, Answers, Score, as_answers, check_range
from usabtest.metrics.time import geometric_mean

SEQ_AVERAGE_TASK = 5.5


def rating_mean(
    ratings: Values, low: float, high: float, *, confidence: float = 0.95, none: str = NO_ANSWERS
) -> Estimate:
    """Mean of ratings on a scale, with its t interval.

    Parameters
    ----------
    ratings : sequence of float or None
        Answers from `low` to `high`; None is missing.
    low, high : float
        Ends of the scale.
    confidence : float
        Confidence level, between 0 and 1.
    none : str
        The reason given when nobody answered.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If a rating lies outside the scale, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> rating_mean([7, 6, 5, 6, 4, 7, 6, 5], 1, 7).value
    5.75
    """
    present, _ = split_missing("ratings", ratings)
    check_range("ratings", present, low, high)
    return mean(ratings, confidence=confidence, within=(low, high), none=none)


def seq_summary(ratings: Values, *, confidence: float = 0.95) -> Estimate:
    """Single Ease Question of a task: mean of 1 (very difficult) to 7 (very easy).

    Parameters
    ----------
    ratings : sequence of int or None
        Answers from 1 to 7; None is missing.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        An average task gets about 5.5 (`SEQ_AVERAGE_TASK`).

    Raises
    ------
    ValueError
        If a rating is not from 1 to 7, or `confidence` is not between 0 and 1.

    References
    ----------
    Sauro and Dumas 2009, CHI. Sauro, 10 things to know about the Single Ease Question.

    Examples
    --------
    >>> ease = seq_summary([7, 6, 5, 6, 4, 7, 6, 5])
    >>> ease.value, [round(limit, 2) for limit in ease.interval.limits]
    (5.75, [4.88, 6.62])
    """
    return rating_mean(ratings, 1, 7, confidence=confidence)


def asq_score(responses: Answers) -> Score:
    """After-Scenario Questionnaire: mean of the answered items, at least two of three.

    Parameters
    ----------
    responses : sequence of int or None
        Ease, time and support, from 1 to 7. In the original 1 is "strongly agree", so that low is good.

    Returns
    -------
    Score

    Raises
    ------
    ValueError
        If there are not three responses, or one is not a whole number from 1 to 7.

    References
    ----------
    Lewis 1991, SIGCHI Bulletin 23.

    Examples
    --------
    >>> asq_score([2, 3, None]).value
    2.5
    """
    answers = [answer for answer in as_answers("responses", responses, 3, 1, 7) if answer is not None]
    if len(answers) < 2:
        return Score(value=None, answered=len(answers), reason="fewer than 2 items answered")
    return Score(value=sum(answers) / len(answers), answered=len(answers))


def smeq_summary(
    ratings: Values, *, centre: Literal["mean", "geometric_mean"] = "mean", confidence: float = 0.95
) -> Estimate:
    """Subjective Mental Effort Question: mean of 0 to 150, high being more effort.

    Parameters
    ----------
    ratings : sequence of float or None
        Answers from 0 to 150; None is missing.
    centre : {"mean", "geometric_mean"}
        The geometric mean where answers are skewed; it needs all of them above 0.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If a rating is not from 0 to 150, or `confidence` is not between 0 and 1.

    References
    ----------
    Zijlstra and van Doorn 1985.

    Examples
    --------
    >>> smeq_summary([20, 40, 60]).value
    40.0
    """
    check_choice("centre", centre, ("mean", "geometric_mean"))
    plain = rating_mean(ratings, 0, 150, confidence=confidence)
    if centre == "mean":
        return plain
    present, missing = split_missing("ratings", ratings)
    if (present == 0).any():
        return replace(
            plain, value=None, interval=None, method="log_t", reason="an answer of 0 has no logarithm", sd=None
        )
    typical = geometric_mean(present, confidence=confidence, none=NO_ANSWERS)
    limits = typical.interval
    return replace(
        typical,
        interval=None if limits is None else clipped(*limits.limits, within=(0, 150)),
        left_out=missing,
    )


def nasa_tlx(
    *,
    mental: float | None,
    physical: float | None,
    temporal: float | None,
    performance: float | None,
    effort: float | None,
    frustration: float | None,
) -> Score:
    """Raw NASA Task Load Index: mean of the six scales.

    Parameters
    ----------
    mental, physical, temporal, performance, effort, frustration : float or None
        0 to 100; performance runs from 0, perfect, to 100, failure.

    Returns
    -------
    Score
        None if any scale is missing.

    Raises
    ------
    ValueError
        If a scale is not from 0 to 100.

    References
    ----------
    Hart 2006, Proceedings of the Human Factors and Ergonomics Society.

    Examples
    --------
    >>> nasa_tlx(mental=70, physical=10, temporal=50, performance=30, effort=60, frustration=20).value
    40.0
    """
    scales = {
        "mental": mental,
        "physical": physical,
        "temporal": temporal,
        "performance": performance,
        "effort": effort,
        "frustration": frustration,
    }
    present = {name: value for name, value in scales.items() if value is not None}
    for name, value in present.items():
        as_number(name, value, at_least=0, at_most=100)
    if len(present) < len(scales):
        return Score(value=None, answered=len(present), reason="a scale is unanswered")
    return Score(value=sum(present.values()) / len(scales), answered=len(present))
