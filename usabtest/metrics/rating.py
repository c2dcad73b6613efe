"""Scores of the standard questionnaires: SUS with its interpretation, SEQ, NPS, CSAT, CES, UMUX and others."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy import special

from usabtest.metrics.intervals import (
    Estimate,
    Flag,
    Floats,
    Interval,
    MeanMethod,
    Proportion,
    Values,
    as_count,
    as_number,
    check_choice,
    check_confidence,
    clipped,
    mean,
    proportion,
    size_flags,
    split_missing,
    z_quantile,
)
from usabtest.metrics.time import geometric_mean

Answers: TypeAlias = Sequence[int | float | None]
SusVersion: TypeAlias = Literal["alternating", "positive"]
Acceptability: TypeAlias = Literal["acceptable", "marginal", "not_acceptable", "marginal_low", "marginal_high"]
NpsClass: TypeAlias = Literal["promoter", "passive", "detractor"]

SUS_ITEMS = 10
SUS_GAPS_ALLOWED = 2
SUS_CENTRE = 3
LEARNABILITY_ITEMS = (4, 10)
NO_ANSWERS = "no answers"
SEQ_AVERAGE_TASK = 5.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One person's score on a questionnaire."""

    value: float | None
    answered: int
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class SusBand:
    """A row of the curved grading scale, from `low` to just below the next row."""

    grade: str
    low: float
    percentile_range: tuple[int, int]
    adjective: str
    acceptability: Acceptability
    nps_class: NpsClass


SUS_BANDS = (
    SusBand("A+", 84.1, (96, 100), "Best Imaginable", "acceptable", "promoter"),
    SusBand("A", 80.8, (90, 95), "Excellent", "acceptable", "promoter"),
    SusBand("A-", 78.9, (85, 89), "Good", "acceptable", "promoter"),
    SusBand("B+", 77.2, (80, 84), "Good", "acceptable", "passive"),
    SusBand("B", 74.1, (70, 79), "Good", "acceptable", "passive"),
    SusBand("B-", 72.6, (65, 69), "Good", "acceptable", "passive"),
    SusBand("C+", 71.1, (60, 64), "Good", "acceptable", "passive"),
    SusBand("C", 65.0, (41, 59), "OK", "marginal", "passive"),
    SusBand("C-", 62.7, (35, 40), "OK", "marginal", "passive"),
    SusBand("D", 51.7, (15, 34), "OK", "marginal", "detractor"),
    SusBand("F", 0.0, (0, 14), "Poor", "not_acceptable", "detractor"),
)
WORST_IMAGINABLE_UP_TO = Decimal("25.0")
# fmt: off
SUS_PERCENTILES = (
    (0, 0), (5, 0.3), (10, 0.4), (15, 0.7), (20, 1), (25, 1.5), (30, 2), (35, 4), (40, 6), (45, 8), (50, 13), (55, 19),
    (60, 29), (65, 41), (66, 44), (67, 47), (68, 50), (69, 53), (70, 56), (71, 60), (72, 63), (73, 67), (74, 70),
    (75, 73), (76, 77), (77, 80), (78, 83), (79, 86), (80, 88), (85, 97), (90, 99.8), (95, 99.999), (100, 100),
)
# fmt: on
BANGOR_MEANS = (
    ("Worst Imaginable", Decimal("12.5")),
    ("Awful", Decimal("20.3")),
    ("Poor", Decimal("35.7")),
    ("OK", Decimal("50.9")),
    ("Good", Decimal("71.4")),
    ("Excellent", Decimal("85.5")),
    ("Best Imaginable", Decimal("90.9")),
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEffort:
    """Customer effort score: mean agreement, and the share of 5 to 7."""

    score: Estimate
    agreement: Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class ZScore:
    """A value as standard deviations from a mean, and the percentage of a normal distribution below it."""

    z: float | None
    percent: float | None
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
    answers = _answers("responses", responses, SUS_ITEMS, 1, 5)
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
    _check_range("scores", present, 0, 100)
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


def sus_band(score: float) -> SusBand:
    """The row of the curved grading scale that a mean SUS reaches.

    Parameters
    ----------
    score : float
        Mean of a study, 0 to 100; it is rounded half up to one decimal first. Not meant for one respondent.

    Returns
    -------
    SusBand

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed. Sauro 2018, 5 ways to interpret a SUS score.

    Examples
    --------
    >>> sus_band(68).grade, sus_band(68).percentile_range, sus_band(68).nps_class
    ('C', (41, 59), 'passive')
    """
    rounded = _one_decimal(score)
    return next(band for band in SUS_BANDS if rounded >= _decimal(band.low))


def sus_grade(score: float) -> str:
    """School grade of a mean SUS on the curved scale, A+ to F.

    Parameters
    ----------
    score : float
        Mean of a study, 0 to 100.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed.

    Examples
    --------
    >>> sus_grade(84.1), sus_grade(80.7), sus_grade(68), sus_grade(51.6)
    ('A+', 'A-', 'C', 'F')
    """
    return sus_band(score).grade


def sus_percentile(score: float, *, method: Literal["table", "normal"] = "table") -> float:
    """Share of other products, in percent, that a mean SUS beats.

    Parameters
    ----------
    score : float
        Mean of a study, 0 to 100.
    method : {"table", "normal"}
        Sauro's 2011 norms, linear between their points, or the normal curve 100·Phi((SUS - 68)/12.5), which differs
        by up to about 6 points.

    Returns
    -------
    float
        0 to 100.

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100, or the method is unknown.

    References
    ----------
    Sauro 2011, A practical guide to the System Usability Scale.

    Examples
    --------
    >>> sus_percentile(75), sus_percentile(73.5), sus_percentile(68, method="normal")
    (73.0, 68.5, 50.0)
    """
    score = as_number("score", score, at_least=0, at_most=100)
    check_choice("method", method, ("table", "normal"))
    if method == "normal":
        return 100 * float(special.ndtr((score - 68) / 12.5))
    points, percentiles = zip(*SUS_PERCENTILES, strict=True)
    return float(np.interp(score, points, percentiles))


def sus_adjective(score: float, *, method: Literal["sauro_ranges", "bangor_nearest_mean"] = "sauro_ranges") -> str:
    """A word for a mean SUS.

    Parameters
    ----------
    score : float
        Mean of a study, 0 to 100.
    method : {"sauro_ranges", "bangor_nearest_mean"}
        The ranges of the curved grading scale, or the adjective whose mean is nearest (a tie goes to the lower).

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100, or the method is unknown.

    References
    ----------
    Sauro 2018, 5 ways to interpret a SUS score. Bangor, Kortum and Miller 2009, Journal of Usability Studies 4(3).

    Examples
    --------
    >>> sus_adjective(82), sus_adjective(60), sus_adjective(52, method="bangor_nearest_mean")
    ('Excellent', 'OK', 'OK')
    """
    check_choice("method", method, ("sauro_ranges", "bangor_nearest_mean"))
    score = as_number("score", score, at_least=0, at_most=100)
    if method == "bangor_nearest_mean":
        return min(BANGOR_MEANS, key=lambda row: (abs(_decimal(score) - row[1]), row[1]))[0]
    return "Worst Imaginable" if _one_decimal(score) <= WORST_IMAGINABLE_UP_TO else sus_band(score).adjective


def sus_acceptability(
    score: float, *, method: Literal["sauro_ranges", "bangor_2008"] = "sauro_ranges"
) -> Acceptability:
    """Whether a mean SUS is acceptable.

    Parameters
    ----------
    score : float
        Mean of a study, 0 to 100.
    method : {"sauro_ranges", "bangor_2008"}
        Three ranges, or Bangor's four with a low and a high margin.

    Returns
    -------
    str
        `acceptable`, `marginal` or `not_acceptable`; Bangor's margin is `marginal_low` to 62.5 and `marginal_high` to
        70.

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100, or the method is unknown.

    References
    ----------
    Sauro 2018, 5 ways to interpret a SUS score. Bangor, Kortum and Miller 2008, IJHCI 24.

    Examples
    --------
    >>> sus_acceptability(73.5), sus_acceptability(70, method="bangor_2008")
    ('acceptable', 'marginal_high')
    """
    check_choice("method", method, ("sauro_ranges", "bangor_2008"))
    score = as_number("score", score, at_least=0, at_most=100)
    if method == "sauro_ranges":
        return sus_band(score).acceptability
    if score < 50:
        return "not_acceptable"
    if score <= 62.5:
        return "marginal_low"
    return "marginal_high" if score <= 70 else "acceptable"


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
    parts = _sus_contributions(_answers("responses", responses, SUS_ITEMS, 1, 5), "alternating")
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
        parts = np.array([_sus_contributions(_answers("forms", form, SUS_ITEMS, 1, 5), version) for form in scored])
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


def sus_to_ltr(score: float, *, method: Literal["lewis_2012", "sauro_2010"] = "lewis_2012") -> float:
    """Likelihood to recommend (0 to 10) that a SUS predicts; never to be shown as a measured NPS.

    Parameters
    ----------
    score : float
        SUS, 0 to 100.
    method : {"lewis_2012", "sauro_2010"}
        1.33 + 0.08·SUS, or 0.52 + 0.09·SUS. About a third of the variance is explained.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If `score` is not from 0 to 100, or the method is unknown.

    References
    ----------
    Lewis 2012 and Sauro 2010, both in MeasuringU articles on SUS and NPS.

    Examples
    --------
    >>> round(sus_to_ltr(70, method="sauro_2010"), 2)
    6.82
    """
    score = as_number("score", score, at_least=0, at_most=100)
    check_choice("method", method, ("lewis_2012", "sauro_2010"))
    return 1.33 + 0.08 * score if method == "lewis_2012" else 0.52 + 0.09 * score


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
    _check_range("ratings", present, low, high)
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
    answers = [answer for answer in _answers("responses", responses, 3, 1, 7) if answer is not None]
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
    answers = _answers("responses", responses, 4, 1, 7)
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
    first, second = _answers("items", (item1, item2), 2, 1, 7)
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
    first, second = _answers("items", (item1, item2), 2, 1, 5)
    if first is None or second is None:
        return Score(value=None, answered=(first is not None) + (second is not None), reason="an item is unanswered")
    return Score(value=(first + second - 2) * 100 / 8, answered=2)


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
    present = _whole_ratings(ratings, 0, 10)
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
    present = _whole_ratings(ratings, 1, scale_max)
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
    present = _whole_ratings(ratings, 1, 7)
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


def z_to_percent(value: float, mean: float, sd: float) -> ZScore:
    """Where a value stands among others that are spread normally.

    Parameters
    ----------
    value, mean, sd : float
        The value, and the mean and standard deviation of the others.

    Returns
    -------
    ZScore
        None without spread.

    Raises
    ------
    ValueError
        If `sd` is negative.

    Notes
    -----
    z = (value - mean)/sd; percent = 100·Phi(z).

    Examples
    --------
    >>> place = z_to_percent(630, 469, 119)
    >>> round(place.z, 2), round(place.percent)
    (1.35, 91)
    """
    value, mean = as_number("value", value), as_number("mean", mean)
    sd = as_number("sd", sd, at_least=0)
    if sd == 0:
        return ZScore(z=None, percent=None, reason="no spread")
    z = (value - mean) / sd
    return ZScore(z=z, percent=100 * float(special.ndtr(z)))


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


def _sus_from_umux_lite(score: float) -> float:
    return 0.65 * score + 22.9


def _answers(name: str, responses: Answers, length: int, low: int, high: int) -> list[int | None]:
    if len(responses) != length:
        raise ValueError(f"{name} must be {length} answers, got {len(responses)}")
    return [None if _is_missing(answer) else _whole(name, answer, low, high) for answer in responses]


def _is_missing(answer: float | None) -> bool:
    return answer is None or answer != answer


def _whole(name: str, answer: float | None, low: int, high: int) -> int:
    if answer is None or not (low <= answer <= high and answer == int(answer)):
        raise ValueError(f"{name} must be whole numbers from {low} to {high}, got {answer!r}")
    return int(answer)


def _whole_ratings(ratings: Values, low: int, high: int) -> Floats:
    present, _ = split_missing("ratings", ratings)
    _check_range("ratings", present, low, high)
    if (np.floor(present) != present).any():
        raise ValueError(f"ratings must be whole numbers from {low} to {high}, got {ratings!r}")
    return present


def _check_range(name: str, present: Floats, low: float, high: float) -> None:
    outside = present[(present < low) | (present > high)]
    if outside.size:
        raise ValueError(f"{name} must be from {low:g} to {high:g}, got {float(outside[0]):g}")


def _decimal(score: float) -> Decimal:
    # Through the shortest text of the number, so that 84.05 is 84.05 and not 84.0499999...
    return Decimal(repr(round(float(score), 9)))


def _one_decimal(score: float) -> Decimal:
    score = as_number("score", score, at_least=0, at_most=100)
    return _decimal(score).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
