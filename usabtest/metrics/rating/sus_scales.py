"""What a SUS score is worth: grades, percentiles, adjectives."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

import numpy as np
from scipy import special

from usabtest.metrics.intervals import as_number, check_choice

Acceptability: TypeAlias = Literal["acceptable", "marginal", "not_acceptable", "marginal_low", "marginal_high"]
NpsClass: TypeAlias = Literal["promoter", "passive", "detractor"]


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


def _decimal(score: float) -> Decimal:
    # Through the shortest text of the number, so that 84.05 is 84.05 and not 84.0499999...
    return Decimal(repr(round(float(score), 9)))


def _one_decimal(score: float) -> Decimal:
    score = as_number("score", score, at_least=0, at_most=100)
    return _decimal(score).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
