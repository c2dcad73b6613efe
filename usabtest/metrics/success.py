"""Task success: who reached the goal, how it ended for the others, who gave up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias, get_args

from usabtest.metrics.intervals import (
    Estimate,
    Proportion,
    ProportionMethod,
    as_count,
    as_number,
    check_choice,
    mean,
    proportion,
    size_flags,
    z_quantile,
)

PointMethod: TypeAlias = Literal["mle", "laplace", "jeffreys", "wilson", "best_estimate"]


class Outcome(StrEnum):
    """How an attempt ended."""

    SUCCESS = "success"
    ASSISTED = "assisted"
    PARTIAL = "partial"
    FAILURE = "failure"
    GAVE_UP = "gave_up"
    TIMED_OUT = "timed_out"
    ABANDONED = "abandoned"
    SKIPPED = "skipped"
    INVALID = "invalid"


NOT_COUNTED = frozenset({Outcome.SKIPPED, Outcome.INVALID})


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the rule and the participant's own word say the same."""

    n: int
    rule_and_participant: int
    thinks_done_but_is_not: int
    done_without_noticing: int
    judged: int


def count_outcomes(outcomes: Iterable[str]) -> dict[Outcome, int]:
    """How often each outcome occurs, all of them named, also those with 0.

    Parameters
    ----------
    outcomes : iterable of str
        One word an ended attempt.

    Returns
    -------
    dict of Outcome to int

    Raises
    ------
    ValueError
        If a word is not an outcome.

    Examples
    --------
    >>> counts = count_outcomes(["success", "success", "gave_up", "invalid"])
    >>> counts["success"], counts["gave_up"], counts["failure"]
    (2, 1, 0)
    """
    counts = dict.fromkeys(Outcome, 0)
    for outcome, count in Counter(outcomes).items():
        check_choice("outcomes", outcome, tuple(Outcome))
        counts[Outcome(outcome)] += count
    return counts


def counted_attempts(counts: Mapping[str, int]) -> int:
    """Ended attempts that stand in the denominator: all but `skipped` and `invalid`.

    Parameters
    ----------
    counts : mapping of outcome to int
        How often each outcome occurs.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a word is not an outcome, or a count is negative.

    Examples
    --------
    >>> counted_attempts({"success": 9, "failure": 1, "gave_up": 1, "timed_out": 1, "invalid": 2, "skipped": 1})
    12
    """
    for name in counts:
        check_choice("outcome", name, tuple(Outcome))
    return sum(as_count(name, count) for name, count in counts.items() if name not in NOT_COUNTED)


def completion_rate(
    successes: int, n: int, *, confidence: float = 0.95, method: ProportionMethod = "adjusted_wald"
) -> Proportion:
    """Share of attempts that reached the goal.

    Parameters
    ----------
    successes : int
        Attempts that met the success criterion, 0 to `n`.
    n : int
        Ended attempts, give-ups, time-outs and vanished participants included, `skipped` and `invalid` not.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"adjusted_wald", "clopper_pearson", "wilson", "jeffreys"}
        See `proportion_interval`.

    Returns
    -------
    Proportion
        `value` from 0 to 1; None without attempts.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, or `confidence` is not between 0 and 1.

    Notes
    -----
    p = x/n. All-pass and all-fail samples keep the two-sided interval.

    References
    ----------
    Sauro and Lewis 2005, HFES. ISO/IEC 25022:2016.

    Examples
    --------
    >>> rate = completion_rate(4, 5)
    >>> rate.value, round(rate.interval.low, 4), round(rate.interval.high, 4)
    (0.8, 0.3596, 0.9797)
    >>> completion_rate(0, 0).reason
    'no attempts'
    """
    return proportion(successes, n, confidence=confidence, method=method)


def completion_by_outcome(
    counts: Mapping[str, int],
    *,
    count_assisted: bool = False,
    confidence: float = 0.95,
    method: ProportionMethod = "adjusted_wald",
) -> Proportion:
    """Completion rate from the counts of outcomes.

    Parameters
    ----------
    counts : mapping of outcome to int
        How often each outcome occurs; those not named count as 0.
    count_assisted : bool
        Whether help from the moderator still is a success. A report must say so.
    confidence : float
        Confidence level, between 0 and 1.
    method : {"adjusted_wald", "clopper_pearson", "wilson", "jeffreys"}
        See `proportion_interval`.

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        If a word is not an outcome, a count is negative, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> rate = completion_by_outcome({"success": 9, "failure": 1, "gave_up": 1, "timed_out": 1, "invalid": 3})
    >>> rate.count, rate.n, rate.value
    (9, 12, 0.75)
    """
    n = counted_attempts(counts)
    successes = counts.get(Outcome.SUCCESS, 0)
    if count_assisted:
        successes += counts.get(Outcome.ASSISTED, 0)
    return completion_rate(successes, n, confidence=confidence, method=method)


def completion_estimate(successes: int, n: int, *, method: PointMethod = "best_estimate") -> Estimate:
    """Best guess of the true completion rate from a small sample.

    Parameters
    ----------
    successes : int
        Attempts that met the success criterion, 0 to `n`.
    n : int
        Ended attempts.
    method : {"mle", "laplace", "jeffreys", "wilson", "best_estimate"}
        `best_estimate` presumes that true rates lie between 0.5 and 1; with no expectation at all use `laplace`.

    Returns
    -------
    Estimate
        Without an interval; show x of n beside it. `method` names the rule that was applied.

    Raises
    ------
    ValueError
        If a count is negative or above `n`, or the method is unknown.

    Notes
    -----
    mle x/n; laplace (x + 1)/(n + 2); jeffreys (x + 0.5)/(n + 1); wilson (x + z²/2)/(n + z²) with z of 95 %;
    best_estimate: wilson below 0.5, mle up to 0.9, laplace above.

    References
    ----------
    Lewis and Sauro 2006, Journal of Usability Studies 1(3).

    Examples
    --------
    >>> completion_estimate(10, 10).value
    0.9166666666666666
    >>> completion_estimate(20, 30, method="wilson").value
    0.647...
    """
    n = as_count("n", n)
    successes = as_count("successes", successes, at_most=n)
    check_choice("method", method, get_args(PointMethod))
    rule = _best_rule(successes, n) if method == "best_estimate" and n else method
    z2 = z_quantile(0.95) ** 2
    added = {"mle": (0.0, 0.0), "laplace": (1.0, 2.0), "jeffreys": (0.5, 1.0), "wilson": (z2 / 2, z2)}
    value = None
    if n:
        top, bottom = added[rule]
        value = (successes + top) / (n + bottom)
    return Estimate(
        value=value,
        n=n,
        interval=None,
        confidence=0.95,
        method=rule,
        reason="a point estimate, its interval is that of the completion rate" if n else "no attempts",
        flags=size_flags(n),
    )


def success_levels_score(
    success: int,
    partial: int,
    n: int,
    *,
    partial_credit: float = 0.5,
    method: Literal["levels", "bca_bootstrap"] = "levels",
    confidence: float = 0.95,
) -> Estimate:
    """Success with part of the credit for attempts that went half of the way.

    Parameters
    ----------
    success, partial : int
        Full and partial successes.
    n : int
        Ended attempts.
    partial_credit : float
        What a partial success is worth, 0 to 1.
    method : {"levels", "bca_bootstrap"}
        Without an interval, for the score is not a share of anything and the completion rate's is shown beside it; or
        with one from the bootstrap, to be labelled so.
    confidence : float
        Confidence level of the bootstrap, between 0 and 1.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If counts are negative or exceed `n`, or the credit is not from 0 to 1.

    Notes
    -----
    (success + w·partial)/n.

    References
    ----------
    Nielsen 2001, Success rate: the simplest usability metric.

    Examples
    --------
    >>> round(success_levels_score(9, 4, 24).value, 2)
    0.46
    """
    n = as_count("n", n)
    success = as_count("success", success, at_most=n)
    partial = as_count("partial", partial, at_most=n - success)
    partial_credit = as_number("partial_credit", partial_credit, at_least=0, at_most=1)
    check_choice("method", method, ("levels", "bca_bootstrap"))
    if method == "bca_bootstrap":
        credit = [1.0] * success + [partial_credit] * partial + [0.0] * (n - success - partial)
        return mean(credit, confidence=confidence, within=(0, 1), method="bca_bootstrap", none="no attempts")
    return Estimate(
        value=(success + partial_credit * partial) / n if n else None,
        n=n,
        interval=None,
        confidence=confidence,
        method="levels",
        reason="not a share, no interval" if n else "no attempts",
        flags=size_flags(n),
    )


def abandonment_rate(gave_up: int, abandoned: int, n: int, *, confidence: float = 0.95) -> Proportion:
    """Share of attempts that the participant broke off, saying so or vanishing. Time-outs are not in it.

    Parameters
    ----------
    gave_up, abandoned : int
        Attempts given up, and attempts left without a word.
    n : int
        Ended attempts.
    confidence : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        If counts are negative or exceed `n`, or `confidence` is not between 0 and 1.

    References
    ----------
    ISO/IEC 25022:2016.

    Examples
    --------
    >>> rate = abandonment_rate(1, 0, 12)
    >>> round(rate.value, 3), rate.interval.low, round(rate.interval.high, 3)
    (0.083, 0.0, 0.375)
    """
    gave_up = as_count("gave_up", gave_up)
    abandoned = as_count("abandoned", abandoned)
    return proportion(gave_up + abandoned, n, confidence=confidence)


def agreement(verdicts: Iterable[tuple[str | None, str | None, str | None]]) -> Agreement:
    """How often the rule's verdict and the participant's word say the same.

    Parameters
    ----------
    verdicts : iterable of (rule, participant, moderator)
        An attempt that counts each: rule `success`, `failure` or None; participant `done`, `gave_up` or None;
        moderator an outcome or None.

    Returns
    -------
    Agreement
        `judged` counts the attempts with a moderator's word.

    Examples
    --------
    >>> agreement([("success", "done", None), (None, "done", None), ("success", None, "assisted")])
    Agreement(n=3, rule_and_participant=1, thinks_done_but_is_not=1, done_without_noticing=1, judged=1)
    """
    return agreement_of_cases(Counter(verdicts))


def agreement_of_cases(cases: Mapping[tuple[str | None, str | None, str | None], int]) -> Agreement:
    """How often the rule's verdict and the participant's word say the same, from counts.

    Parameters
    ----------
    cases : mapping of (rule, participant, moderator) to int
        How many attempts that count have these three, as in `agreement`.

    Returns
    -------
    Agreement

    Examples
    --------
    >>> agreement_of_cases({("success", "done", None): 5, (None, "done", None): 2})
    Agreement(n=7, rule_and_participant=5, thinks_done_but_is_not=2, done_without_noticing=0, judged=0)
    """
    n = sum(cases.values())
    mistaken = sum(count for (rule, said, _), count in cases.items() if said == "done" and rule != "success")
    unnoticed = sum(count for (rule, said, _), count in cases.items() if rule == "success" and said != "done")
    return Agreement(
        n=n,
        rule_and_participant=n - mistaken - unnoticed,
        thinks_done_but_is_not=mistaken,
        done_without_noticing=unnoticed,
        judged=sum(count for (_, _, moderator), count in cases.items() if moderator is not None),
    )


def _best_rule(successes: int, n: int) -> PointMethod:
    # Whole numbers, for 0.9 has no exact double.
    if 2 * successes < n:
        return "wilson"
    return "mle" if 10 * successes <= 9 * n else "laplace"
