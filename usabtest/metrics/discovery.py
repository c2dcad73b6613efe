"""How many problems are still unseen, and how many participants a study needs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import special

from usabtest.metrics.intervals import (
    Flag,
    as_count,
    as_number,
    t_quantile,
    z_quantile,
)

PARTICIPANTS_ADVISED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDiscovery:
    """How likely one participant meets one problem, and how many problems there may be.

    `value` is the adjusted probability; `expected_total` is a rough guess, for one probability for all problems is
    false. `good_turing` is the share of problems that were seen exactly once.
    """

    value: float | None
    p_estimated: float | None
    good_turing: float | None
    n: int
    problems: int
    expected_total: float | None
    discovered: float | None
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


def discovery_probability(p: float, n: int) -> float:
    """Probability of seeing a problem at least once.

    Parameters
    ----------
    p : float
        Probability that one participant meets it, 0 to 1.
    n : int
        Participants.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ValueError
        If `p` is not from 0 to 1, or `n` is negative.

    Notes
    -----
    1 - (1 - p)^n.

    References
    ----------
    Nielsen and Landauer 1993, INTERCHI.

    Examples
    --------
    >>> round(discovery_probability(0.31, 5), 2)
    0.84
    """
    p = as_number("p", p, at_least=0, at_most=1)
    n = as_count("n", n)
    if p == 1:
        return 1.0 if n else 0.0
    return -math.expm1(n * math.log1p(-p))


def discovery_sample_size(p: float, goal: float) -> int | None:
    """Participants needed to see a problem at least once with a given probability.

    Parameters
    ----------
    p : float
        Probability that one participant meets the problem, 0 to 1.
    goal : float
        Wanted probability, 0 to 1.

    Returns
    -------
    int or None
        None where no number is enough: nobody meets the problem, or certainty is asked for.

    Raises
    ------
    ValueError
        If a probability is not in its range.

    Notes
    -----
    ceil(ln(1 - goal)/ln(1 - p)).

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 7.

    Examples
    --------
    >>> discovery_sample_size(0.10, 0.90), discovery_sample_size(0.25, 0.85)
    (22, 7)
    """
    p = as_number("p", p, at_least=0, at_most=1)
    goal = as_number("goal", goal, at_least=0, at_most=1)
    if goal == 0:
        return 0
    if p == 1:
        return 1
    if p == 0 or goal == 1:
        return None
    return _ceil(math.log1p(-goal) / math.log1p(-p))


def problem_discovery(problem_counts: Sequence[int], n_participants: int) -> ProblemDiscovery:
    """Probability that a participant meets a problem, corrected for the small sample it comes from.

    Parameters
    ----------
    problem_counts : sequence of int
        By how many participants each problem was met; 1 to `n_participants`.
    n_participants : int
        Participants, those without a problem too; at least 4 are advised.

    Returns
    -------
    ProblemDiscovery

    Raises
    ------
    ValueError
        If a count is not from 1 to `n_participants`.

    Notes
    -----
    p = marks/(problems · n); adjusted ½[(p - 1/n)(1 - 1/n)] + ½[p/(1 + G)], at least 0, G being the share of problems
    met exactly once. Expected total: problems seen/(1 - (1 - p adjusted)^n).

    References
    ----------
    Lewis 2001, IJHCI 13(4). Turner, Lewis and Nielsen 2006.

    Examples
    --------
    >>> found = problem_discovery([1, 2, 3, 1, 1, 1, 1, 1, 1, 1, 5, 2], 6)
    >>> round(found.p_estimated, 2), round(found.value, 4), round(found.expected_total)
    (0.28, 0.1296, 21)
    """
    n_participants = as_count("n_participants", n_participants)
    met_by = [as_count("problem_counts", count, at_least=1, at_most=n_participants) for count in problem_counts]
    problems, n = len(met_by), n_participants
    if problems == 0:
        return ProblemDiscovery(
            value=None,
            p_estimated=None,
            good_turing=None,
            n=n,
            problems=0,
            expected_total=None,
            discovered=None,
            method="good_turing_normalised",
            reason="no problems" if n else "no participants",
        )
    raw = sum(met_by) / (problems * n)
    once = sum(count == 1 for count in met_by) / problems
    adjusted = max(0.0, (raw - 1 / n) * (1 - 1 / n) / 2 + raw / (1 + once) / 2)
    discovered = discovery_probability(adjusted, n)
    return ProblemDiscovery(
        value=adjusted,
        p_estimated=raw,
        good_turing=once,
        n=n,
        problems=problems,
        expected_total=problems / discovered if discovered else None,
        discovered=discovered,
        method="good_turing_normalised",
        flags=(Flag.FEW_PARTICIPANTS,) if n < PARTICIPANTS_ADVISED else (),
    )


def proportion_sample_size(margin: float, *, p: float = 0.5, confidence: float = 0.95) -> int:
    """Participants needed to know a completion rate to within a margin.

    Parameters
    ----------
    margin : float
        Half the width of the adjusted Wald interval, above 0, below 1.
    p : float
        Expected rate, 0 to 1; 0.5 asks for most.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If a number is not in its range.

    Notes
    -----
    ceil(z²p(1 - p)/d² - z²).

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 6.

    Examples
    --------
    >>> proportion_sample_size(0.10)
    93
    """
    margin = as_number("margin", margin, above=0, at_most=1)
    p = as_number("p", p, at_least=0, at_most=1)
    z2 = z_quantile(confidence) ** 2
    return max(1, _ceil(z2 * p * (1 - p) / margin**2 - z2))


def mean_sample_size(margin: float, sd: float, *, confidence: float = 0.95) -> int:
    """Participants needed to know a mean to within a margin.

    Parameters
    ----------
    margin : float
        Half the width of the t interval, above 0, in the unit of `sd`.
    sd : float
        Expected standard deviation; for SUS 18 to 21 when unknown.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    int
        At least 2.

    Raises
    ------
    ValueError
        If a number is not in its range.

    Notes
    -----
    The smallest n with t(n - 1)·s/sqrt(n) <= d, from the normal value up.

    References
    ----------
    Sauro and Lewis 2016, Quantifying the User Experience, 2nd ed., chapter 6.

    Examples
    --------
    >>> mean_sample_size(10, 20)
    18
    """
    margin = as_number("margin", margin, above=0)
    sd = as_number("sd", sd, at_least=0)
    n = max(2, _ceil((z_quantile(confidence) * sd / margin) ** 2))
    while t_quantile(confidence, n - 1) * sd / math.sqrt(n) > margin:
        n += 1
    return n


def two_proportions_sample_size(p_a: float, p_b: float, *, power: float = 0.8, confidence: float = 0.95) -> int:
    """Participants needed in each of two groups to tell two completion rates apart.

    Parameters
    ----------
    p_a, p_b : float
        Expected rates, 0 to 1, not equal.
    power : float
        Probability to see the difference if it is there, between 0 and 1.
    confidence : float
        Confidence level of the two-sided test, between 0 and 1.

    Returns
    -------
    int
        Of each group.

    Raises
    ------
    ValueError
        If a number is not in its range, or the rates are equal.

    Notes
    -----
    ceil((z·sqrt(2P(1 - P)) + z_power·sqrt(p_a(1 - p_a) + p_b(1 - p_b)))²/(p_a - p_b)²), P being the mean of both.

    References
    ----------
    Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 3rd ed.

    Examples
    --------
    >>> two_proportions_sample_size(0.5, 0.8)
    39
    """
    p_a = as_number("p_a", p_a, at_least=0, at_most=1)
    p_b = as_number("p_b", p_b, at_least=0, at_most=1)
    if p_a == p_b:
        raise ValueError(f"p_b must differ from p_a, got {p_b!r}")
    pooled = (p_a + p_b) / 2
    spread_if_equal = math.sqrt(2 * pooled * (1 - pooled))
    spread_if_not = math.sqrt(p_a * (1 - p_a) + p_b * (1 - p_b))
    reach = z_quantile(confidence) * spread_if_equal + _power_quantile(power) * spread_if_not
    return max(1, _ceil((reach / (p_a - p_b)) ** 2))


def two_means_sample_size(difference: float, sd: float, *, power: float = 0.8, confidence: float = 0.95) -> int:
    """Participants needed in each of two groups to tell two means apart.

    Parameters
    ----------
    difference : float
        Smallest difference that matters, not 0.
    sd : float
        Expected standard deviation in each group, above 0.
    power : float
        Probability to see the difference if it is there, between 0 and 1.
    confidence : float
        Confidence level of the two-sided test, between 0 and 1.

    Returns
    -------
    int
        Of each group, at least 2.

    Raises
    ------
    ValueError
        If a number is not in its range.

    Notes
    -----
    ceil(2((z + z_power)·s/d)²), the normal formula.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed.

    Examples
    --------
    >>> two_means_sample_size(10, 20)
    63
    """
    difference = as_number("difference", difference)
    sd = as_number("sd", sd, above=0)
    if difference == 0:
        raise ValueError("difference must not be 0, got 0")
    return max(2, _ceil(2 * ((z_quantile(confidence) + _power_quantile(power)) * sd / difference) ** 2))


def _power_quantile(power: float) -> float:
    if not 0 < power < 1:
        raise ValueError(f"power must be between 0 and 1, got {power!r}")
    return float(special.ndtri(power))


def _ceil(value: float) -> int:
    # A whole number that rounding lifted by its last digit stays that number.
    return math.ceil(value - 1e-9 * max(1.0, abs(value)))
