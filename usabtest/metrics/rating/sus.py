"""The System Usability Scale: one person's score, and that of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from usabtest.metrics.intervals import (
    Estimate,
    Flag,
    Floats,
    Interval,
    MeanMethod,
    Values,
    as_count,
    check_choice,
    mean,
    split_missing,
)
from usabtest.metrics.rating.answers import NO_ANSWERS, Answers, Score, as_answers, check_range, whole_ratings
from usabtest.metrics.rating.sus_scales import (
    Acceptability,
    sus_acceptability,
    sus_adjective,
    sus_grade,
    sus_percentile,
)

SusVersion: TypeAlias = Literal["alternating", "positive"]
SUS_ITEMS = 10
SUS_GAPS_ALLOWED = 2
SUS_CENTRE = 3
LEARNABILITY_ITEMS = (4, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class SusSummary:
    """The SUS of a group: mean with its interval, and what the mean is worth."""

    value: float | None
    n: int
    sd: float | None
    interval: Interval | None
    confidence: float
    method: str
    median: float | None
    scores: tuple[float, ...]
    grade: str | None
    grade_interval: tuple[str, str] | None
    percentile: float | None
    adjective: str | None
    acceptability: Acceptability | None
    scales: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SusSubscales:
    """Usability and learnability, 0 to 100 each. Later work could not confirm the two factors beyond item wording."""

    usability: float | None
    learnability: float | None
    reason: str | None = None


def sus_score(responses: Answers, *, version: SusVersion = "alternating", dropped: int | None = None) -> Score:
    """One person's System Usability Scale score.

    Parameters
    ----------
    responses : sequence of int or None
        Ten answers from 1 (strongly disagree) to 5 (strongly agree) in the order of the items; None is unanswered.
    version : {"alternating", "positive"}
        Brooke's original, in which even items are negative, or the version with ten positive items.
    dropped : int, optional
        Number (1 to 10) of an item that the study leaves out on purpose; its place in `responses` is ignored.

    Returns
    -------
    Score
        0 to 100, not a percentage. None for an empty form and for one with more than two gaps.

    Raises
    ------
    ValueError
        If there are not ten responses, or one is not a whole number from 1 to 5.

    Notes
    -----
    2.5·(sum of r - 1 over odd and 5 - r over even items); an unanswered item counts as 3. With a dropped item 100/36
    stands instead of 2.5.

    References
    ----------
    Brooke 1996, SUS: a "quick and dirty" usability scale. Sauro and Lewis 2011, CHI (positive version). Lewis and
    Sauro 2017, Journal of Usability Studies 13(1) (dropped item).

    Examples
    --------
    >>> sus_score([5, 4, 2, 1, 2, 3, 2, 4, 5, 2]).value
    55.0
    >>> sus_score([4, 2, 4, 2, None, 2, 4, 2, 4, 2]).value
    72.5
    """
    check_choice("version", version, get_args(SusVersion))
    answers = as_answers("responses", responses, SUS_ITEMS, 1, 5)
    if dropped is not None:
        dropped = as_count("dropped", dropped, at_least=1, at_most=SUS_ITEMS)
        answers[dropped - 1] = None
    items = SUS_ITEMS - (dropped is not None)
    answered = sum(answer is not None for answer in answers)
    if answered == 0:
        return Score(value=None, answered=0, reason="empty form")
    if items - answered > SUS_GAPS_ALLOWED:
        return Score(value=None, answered=answered, reason=f"more than {SUS_GAPS_ALLOWED} items unanswered")
    kept = [part for item, part in enumerate(_sus_contributions(answers, version), 1) if item != dropped]
    return Score(
        value=sum(kept) * (2.5 if dropped is None else 100 / 36),
        answered=answered,
        flags=_sus_flags(answers) if version == "alternating" else (),
    )


def sus_scores(forms: NDArray[Any]) -> Floats:
    """The System Usability Scale scores of many people, of Brooke's original.

    Parameters
    ----------
    forms : array of float
        A row a person, ten answers each as in `sus_score`; NaN is unanswered.

    Returns
    -------
    array of float
        As `sus_score` gives each; NaN where it gives None.

    Raises
    ------
    ValueError
        If there are not ten responses in a row, or one is not a whole number from 1 to 5.

    Examples
    --------
    >>> sus_scores(np.array([[5, 4, 2, 1, 2, 3, 2, 4, 5, 2], [4, 2, 4, 2, np.nan, 2, 4, 2, 4, 2]]))
    array([55. , 72.5])
    """
    if forms.ndim != 2 or forms.shape[1] != SUS_ITEMS:
        raise ValueError(f"forms must have {SUS_ITEMS} answers in a row, got the shape {forms.shape}")
    whole_ratings(forms.ravel(), 1, 5)
    gaps = np.isnan(forms)
    filled = np.where(gaps, SUS_CENTRE, forms)
    scores: Floats = 2.5 * ((filled[:, ::2] - 1).sum(axis=1) + (5 - filled[:, 1::2]).sum(axis=1))
    scores[gaps.sum(axis=1) > SUS_GAPS_ALLOWED] = np.nan
    return scores


def sus_summary(
    scores: Values, *, confidence: float = 0.95, method: MeanMethod = "t", none: str = NO_ANSWERS
) -> SusSummary:
    """The SUS of a group from the scores of its members.

    Parameters
    ----------
    scores : sequence of float or None
        One score a person, 0 to 100; None where a form could not be scored, which is left out and counted.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"t", "bca_bootstrap"}
        How the interval is made.
    none : str
        The reason given when there is no score.

    Returns
    -------
    SusSummary
        Grade, percentile, adjective and acceptability are those of the mean; `grade_interval` those of its limits.

    Raises
    ------
    ValueError
        If a score is not from 0 to 100, or `confidence` is not between 0 and 1.

    Notes
    -----
    mean ± t(n - 1)·s/sqrt(n), clipped to 0 to 100.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed. Sauro 2018, 5 ways to interpret a SUS score. Clark
    et al. 2021, arXiv 2101.00455 (bootstrap).

    Examples
    --------
    >>> group = sus_summary([57.5, 62.5, 65.0, 67.5, 72.5, 75.0, 77.5, 80.0, 85.0, 92.5])
    >>> group.value, round(group.sd, 1), [round(limit, 1) for limit in group.interval.limits]
    (73.5, 10.7, [65.8, 81.2])
    >>> group.grade, group.grade_interval, group.percentile, group.adjective, group.acceptability
    ('B-', ('C', 'A'), 68.5, 'Good', 'acceptable')
    """
    present, missing = split_missing("scores", scores)
    check_range("scores", present, 0, 100)
    estimate = mean(present, confidence=confidence, within=(0, 100), method=method, none=none)
    value, interval = estimate.value, estimate.interval
    return SusSummary(
        value=value,
        n=estimate.n,
        sd=estimate.sd,
        interval=interval,
        confidence=confidence,
        method=estimate.method,
        median=float(np.median(present)) if present.size else None,
        scores=tuple(float(score) for score in np.sort(present)),
        grade=None if value is None else sus_grade(value),
        grade_interval=None if interval is None else (sus_grade(interval.low), sus_grade(interval.high)),
        percentile=None if value is None else sus_percentile(value),
        adjective=None if value is None else sus_adjective(value),
        acceptability=None if value is None else sus_acceptability(value),
        scales="sauro_ranges",
        reason=estimate.reason,
        flags=estimate.flags + ((Flag.NOT_SCORED,) if missing else ()),
        left_out=missing,
    )


def sus_subscales(responses: Answers) -> SusSubscales:
    """Usability and learnability parts of one person's SUS (alternating version).

    Parameters
    ----------
    responses : sequence of int or None
        Ten answers from 1 to 5; None is unanswered and counts as 3.

    Returns
    -------
    SusSubscales
        To be shown only with the note that later work could not confirm the two factors beyond item wording.

    Raises
    ------
    ValueError
        If there are not ten responses, or one is not a whole number from 1 to 5.

    Notes
    -----
    Learnability: 12.5·(contributions of items 4 and 10); usability: 3.125·(the eight others).

    References
    ----------
    Lewis and Sauro 2009, HCII; against it Lewis and Sauro 2017, Journal of Usability Studies 12(4).

    Examples
    --------
    >>> sus_subscales([4, 1, 5, 1, 5, 1, 5, 1, 5, 1])
    SusSubscales(usability=96.875, learnability=100.0, reason=None)
    """
    score = sus_score(responses)
    if score.value is None:
        return SusSubscales(usability=None, learnability=None, reason=score.reason)
    parts = _sus_contributions(as_answers("responses", responses, SUS_ITEMS, 1, 5), "alternating")
    learning = sum(parts[item - 1] for item in LEARNABILITY_ITEMS)
    return SusSubscales(usability=3.125 * (sum(parts) - learning), learnability=12.5 * learning)


def sus_alpha(forms: Sequence[Answers], *, version: SusVersion = "alternating") -> Estimate:
    """Cronbach's alpha of a group's SUS: how well the ten items agree with each other.

    Parameters
    ----------
    forms : sequence of sequences of int or None
        Ten answers a person, from 1 to 5; forms that cannot be scored are left out and counted.
    version : {"alternating", "positive"}
        Which version was asked.

    Returns
    -------
    Estimate
        About 0.9 is typical. None below three forms; flagged `few_participants` below twenty. Without an interval.

    Raises
    ------
    ValueError
        If a form has not ten responses, or one is not a whole number from 1 to 5.

    Notes
    -----
    k/(k - 1)·(1 - sum of the items' variances / variance of the sums), over the contributions.

    References
    ----------
    Cronbach 1951, Psychometrika 16.

    Examples
    --------
    >>> agreeing = [[5, 1, 5, 1, 5, 1, 5, 1, 5, 1], [4, 2, 4, 2, 4, 2, 4, 2, 4, 2], [2, 4, 2, 4, 2, 4, 2, 4, 2, 4]]
    >>> round(sus_alpha(agreeing).value, 6)
    1.0
    """
    scored = [form for form in forms if sus_score(form, version=version).value is not None]
    value, reason = None, None
    if len(scored) < 3:
        reason = "fewer than 3 forms"
    else:
        parts = np.array([_sus_contributions(as_answers("forms", form, SUS_ITEMS, 1, 5), version) for form in scored])
        total = float(parts.sum(axis=1).var(ddof=1))
        if total == 0:
            reason = "all scores are equal"
        else:
            value = SUS_ITEMS / (SUS_ITEMS - 1) * (1 - float(parts.var(axis=0, ddof=1).sum()) / total)
    return Estimate(
        value=value,
        n=len(scored),
        interval=None,
        confidence=0.95,
        method="cronbach_alpha",
        reason=reason or "no interval is defined for it",
        flags=(Flag.FEW_PARTICIPANTS,) if 0 < len(scored) < 20 else (),
        left_out=len(forms) - len(scored),
    )


def _sus_contributions(answers: Sequence[int | None], version: SusVersion) -> list[int]:
    filled = [SUS_CENTRE if answer is None else answer for answer in answers]
    return [
        answer - 1 if version == "positive" or item % 2 else 5 - answer for item, answer in enumerate(filled, start=1)
    ]


def _sus_flags(answers: Sequence[int | None]) -> tuple[Flag, ...]:
    flags: tuple[Flag, ...] = ()
    if None not in answers and len(set(answers)) == 1:
        flags += (Flag.SAME_ANSWER,)
    opposed = zip(answers[::2], answers[1::2], strict=True)
    if sum((praise or 0) >= 4 and (blame or 0) >= 4 for praise, blame in opposed) >= 3:
        flags += (Flag.CONTRADICTION,)
    return flags
