"""The Usability Metric for User Experience and its short forms."""

from dataclasses import dataclass

from usabtest.metrics.intervals import Estimate, Values
from usabtest.metrics.rating.after_task import rating_mean
from usabtest.metrics.rating.answers import Answers, Score, as_answers


@dataclass(frozen=True, slots=True, kw_only=True)
class UmuxLite:
    """One person's UMUX-Lite, and the SUS that it predicts (22.9 to 87.9)."""

    value: float | None
    sus_estimate: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UmuxLiteSummary:
    """The UMUX-Lite of a group."""

    score: Estimate
    sus_estimate: float | None


def umux_score(responses: Answers) -> Score:
    """One person's Usability Metric for User Experience.

    Parameters
    ----------
    responses : sequence of int or None
        Four answers from 1 to 7; items 1 and 3 are positive.

    Returns
    -------
    Score
        0 to 100. None if an item is unanswered.

    Raises
    ------
    ValueError
        If there are not four responses, or one is not a whole number from 1 to 7.

    Notes
    -----
    ((r1 - 1) + (7 - r2) + (r3 - 1) + (7 - r4))/24·100.

    References
    ----------
    Finstad 2010, Interacting with Computers 22.

    Examples
    --------
    >>> umux_score([7, 1, 7, 1]).value
    100.0
    """
    answers = as_answers("responses", responses, 4, 1, 7)
    present = [answer for answer in answers if answer is not None]
    if len(present) < len(answers):
        return Score(value=None, answered=len(present), reason="an item is unanswered")
    first, second, third, fourth = present
    return Score(value=((first - 1) + (7 - second) + (third - 1) + (7 - fourth)) / 24 * 100, answered=4)


def umux_lite_score(item1: int | None, item2: int | None) -> UmuxLite:
    """One person's UMUX-Lite.

    Parameters
    ----------
    item1, item2 : int or None
        Capabilities and ease, from 1 to 7.

    Returns
    -------
    UmuxLite
        0 to 100. None if an item is unanswered.

    Raises
    ------
    ValueError
        If an answer is not a whole number from 1 to 7.

    Notes
    -----
    (r1 + r2 - 2)·100/12; the SUS is estimated as 0.65·score + 22.9.

    References
    ----------
    Lewis, Utesch and Maher 2013, CHI; 2015, HCII.

    Examples
    --------
    >>> umux_lite_score(7, 7)
    UmuxLite(value=100.0, sus_estimate=87.9, reason=None)
    """
    first, second = as_answers("items", (item1, item2), 2, 1, 7)
    if first is None or second is None:
        return UmuxLite(value=None, sus_estimate=None, reason="an item is unanswered")
    value = (first + second - 2) * 100 / 12
    return UmuxLite(value=value, sus_estimate=_sus_from_umux_lite(value))


def umux_lite_summary(scores: Values, *, confidence: float = 0.95) -> UmuxLiteSummary:
    """The UMUX-Lite of a group from the scores of its members.

    Parameters
    ----------
    scores : sequence of float or None
        One score a person, 0 to 100; None where an item was unanswered.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    UmuxLiteSummary

    Raises
    ------
    ValueError
        If a score is not from 0 to 100, or `confidence` is not between 0 and 1.

    References
    ----------
    Lewis, Utesch and Maher 2013, CHI; 2015, HCII.

    Examples
    --------
    >>> group = umux_lite_summary([50.0, 75.0, 100.0])
    >>> group.score.value, round(group.sus_estimate, 2)
    (75.0, 71.65)
    """
    score = rating_mean(scores, 0, 100, confidence=confidence)
    return UmuxLiteSummary(score=score, sus_estimate=None if score.value is None else _sus_from_umux_lite(score.value))


def ux_lite_score(item1: int | None, item2: int | None) -> Score:
    """One person's UX-Lite: the two items of UMUX-Lite on five points. Its relation to SUS is another one.

    Parameters
    ----------
    item1, item2 : int or None
        Features and ease, from 1 to 5.

    Returns
    -------
    Score
        0 to 100. None if an item is unanswered.

    Raises
    ------
    ValueError
        If an answer is not a whole number from 1 to 5.

    Notes
    -----
    ((r1 - 1) + (r2 - 1))·100/8.

    References
    ----------
    MeasuringU, articles on the UX-Lite.

    Examples
    --------
    >>> ux_lite_score(4, 5).value
    87.5
    """
    first, second = as_answers("items", (item1, item2), 2, 1, 5)
    if first is None or second is None:
        return Score(value=None, answered=(first is not None) + (second is not None), reason="an item is unanswered")
    return Score(value=(first + second - 2) * 100 / 8, answered=2)


def _sus_from_umux_lite(score: float) -> float:
    return 0.65 * score + 22.9
