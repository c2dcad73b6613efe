"""The verdict of a comparison, and its words: every branch of both."""

from __future__ import annotations

from typing import Any

import pytest

from usabtest.reports.comparison.measures import KINDS, Measure
from usabtest.reports.comparison.values import Change, Compared, Evidence, Figure
from usabtest.reports.comparison.verdict import Verdict, verdict
from usabtest.reports.comparison.wording import said


@pytest.mark.parametrize(
    ("ci", "p_adjusted", "found"),
    [
        ((5, 23), 0.041, Verdict.REAL),
        ((-23, -5), 0.041, Verdict.REAL),
        ((5, 23), 0.05, Verdict.PERHAPS),
        ((-23, -5), 0.3, Verdict.PERHAPS),
        ((-4, 5), 0.8, Verdict.ALIKE),
        ((-5, 5), 0.8, Verdict.ALIKE),
        ((0, 5), 0.04, Verdict.ALIKE),
        ((-5.1, 5), 0.8, Verdict.TOO_FEW),
        ((-4, 5.1), 0.8, Verdict.TOO_FEW),
        ((0, 30), 0.04, Verdict.TOO_FEW),
        (None, 0.01, Verdict.UNTESTED),
        ((5, 23), None, Verdict.UNTESTED),
        ((0, 0), 1, Verdict.UNTESTED),
        ((5, 5), None, Verdict.UNTESTED),
    ],
)
def test_differences(ci: Any, p_adjusted: float | None, found: Verdict) -> None:
    assert verdict(ci, p_adjusted, confidence=0.95, same=0, limits=(-5, 5)) is found


@pytest.mark.parametrize(
    ("ci", "p_adjusted", "found"),
    [
        ((0.5, 0.9), 0.01, Verdict.REAL),
        ((1.1, 3), 0.01, Verdict.REAL),
        ((0.5, 0.9), 0.2, Verdict.PERHAPS),
        ((0.8, 1.25), 0.9, Verdict.ALIKE),
        ((0.79, 1.25), 0.9, Verdict.TOO_FEW),
        ((0.8, 1.26), 0.9, Verdict.TOO_FEW),
        ((1, 1), 1, Verdict.UNTESTED),
    ],
)
def test_ratios(ci: Any, p_adjusted: float | None, found: Verdict) -> None:
    assert verdict(ci, p_adjusted, confidence=0.95, same=1, limits=(0.8, 1.25)) is found


def test_more_confidence_asks_for_a_smaller_p() -> None:
    assert verdict((5, 23), 0.041, confidence=0.99, same=0, limits=(-5, 5)) is Verdict.PERHAPS


def compared(
    measure: Measure,
    value: float | None,
    ci: Any,
    *,
    p: float | None = 0.5,
    n: tuple[int, int] = (14, 12),
    benchmark: float | None = None,
    reason: str | None = None,
) -> Compared:
    kind = KINDS[measure]
    before, after = (Figure(n=count, value=None, ci=None) for count in n)
    change = Change(
        value=value,
        ci=ci,
        test=Evidence(method="n_minus_1", statistic=None, df=None, p=p, p_adjusted=p),
        effects=(),
        pairs_lost=0,
        verdict=verdict(ci, p, confidence=0.95, same=kind.same, limits=kind.limits),
        reason=reason,
    )
    return Compared(
        measure=measure,
        task_key="a",
        title="A",
        before=None if benchmark else before,
        after=after,
        benchmark=benchmark,
        change=change,
    )


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (compared(Measure.SUS, 14, (5, 23), p=0.041), "14 points higher, a real rise (5 to 23)"),
        (compared(Measure.SUS, -14, (-23, -5), p=0.041), "14 points lower, a real fall (5 to 23)"),
        (compared(Measure.SUS, 1, (0.6, 1.4), p=0.01), "1 point higher, a real rise (1 to 1)"),
        (compared(Measure.EASE, 0.84, (0.2, 1.5), p=0.01), "0.8 points higher, a real rise (0.2 to 1.5)"),
        (compared(Measure.ERRORS, -0.3, (-0.5, -0.1), p=0.01), "30 points fewer, a real fall (10 to 50)"),
        (compared(Measure.TIME, 0.71, (0.55, 0.9), p=0.01), "29 % quicker, a real speed-up (10 to 45 %)"),
        (compared(Measure.TIME, 1.4, (1.1, 1.7), p=0.01), "40 % slower, a real slowdown (10 to 70 %)"),
        (compared(Measure.TIME, 8, (2, 12), p=0.01), "700 % slower, a real slowdown (100 % to 12 times)"),
        (compared(Measure.CLICKS, 4.2, (1.2, 7), p=0.01), "4.2 clicks more, a real rise (1.2 to 7.0)"),
        (
            compared(Measure.TIME, 0.71, (0.5, 0.99), p=0.3),
            "Perhaps quicker; with 11 comparisons at once, chance alone could do this",
        ),
        (
            compared(Measure.SUCCESS, 0.3, (0.1, 0.5), p=0.3),
            "Perhaps higher; with 11 comparisons at once, chance alone could do this",
        ),
        (
            compared(Measure.SUCCESS, 0.13, (-0.23, 0.46)),
            "Too few people to tell (23 points worse to 46 better)",
        ),
        (compared(Measure.ERRORS, 0.13, (-0.23, 0.46)), "Too few people to tell (23 points better to 46 worse)"),
        (compared(Measure.SUCCESS, 0.2, (0.0, 0.46)), "Too few people to tell (the same to 46 points better)"),
        (compared(Measure.SUCCESS, -0.2, (-0.46, 0.0)), "Too few people to tell (46 points worse to the same)"),
        (compared(Measure.TIME, 0.92, (0.49, 1.72)), "Too few people to tell (51 % quicker to 72 % slower)"),
        (compared(Measure.SUCCESS, 0.01, (-0.08, 0.09)), "No difference of more than 10 points"),
        (compared(Measure.SUS, 0.01, (-4, 4)), "No difference of more than 5 points"),
        (compared(Measure.TIME, 1.01, (0.9, 1.1)), "No difference of more than 20 % quicker or 25 % slower"),
        (
            compared(Measure.SUCCESS, 0.05, (0.01, 0.09), p=0.01, benchmark=0.78),
            "5 points above the benchmark, a real lead (1 to 9)",
        ),
        (
            compared(Measure.SUCCESS, -0.05, (-0.09, -0.01), p=0.01, benchmark=0.78),
            "5 points below the benchmark, a real gap (1 to 9)",
        ),
        (
            compared(Measure.TIME, 0.8, (0.7, 0.9), p=0.01, benchmark=60),
            "20 % below the benchmark, a real lead (10 to 30 %)",
        ),
        (
            compared(Measure.SUS, 5, (1, 9), p=0.4, benchmark=68),
            "Perhaps above the benchmark; with 11 comparisons at once, chance alone could do this",
        ),
        (compared(Measure.SUS, 5, (-1, 9), benchmark=68), "Too few people to tell (1 point below to 9 above)"),
        (compared(Measure.SUS, 0, (-1, 1), benchmark=68), "No difference of more than 5 points from the benchmark"),
        (
            compared(Measure.TIME, 1, (0.9, 1.1), benchmark=60),
            "Not more than 20 % below or 25 % above the benchmark",
        ),
        # Of fewer than five people no share is told in numbers.
        (compared(Measure.SUCCESS, 1, (0.2, 1), p=0.03, n=(4, 4)), "A real rise"),
        (compared(Measure.SUCCESS, 0.2, (-0.5, 0.8), n=(4, 40)), "Too few people to tell"),
        (
            compared(Measure.SUCCESS, None, None, p=None, reason="no attempts in a group"),
            "Nobody tried it on one side, so there is nothing to compare",
        ),
        (
            compared(Measure.TIME, None, None, p=None, reason="no values in a group"),
            "Nobody finished it on one side, so there is no time to compare",
        ),
        (
            compared(Measure.SUS, 5, None, p=None, reason="one value, no spread in a group"),
            "One person on a side: no interval from one",
        ),
        (compared(Measure.SUS, 0, (0, 0), p=1), "All alike on a side, so a test says nothing of other people"),
        (
            compared(Measure.TIME, 2, None, p=None, reason="values too far apart for an interval"),
            "Values too far apart for an interval",
        ),
    ],
)
def test_every_verdict_has_its_sentence(one: Compared, sentence: str) -> None:
    assert said(one, family=11).sentence.replace("\xa0", " ") == sentence


def test_one_comparison_alone_speaks_of_no_others() -> None:
    one = compared(Measure.SUCCESS, 0.3, (0.1, 0.5), p=0.3)

    assert said(one, family=1).verdict == "Perhaps higher; chance alone could do this"


@pytest.mark.parametrize(
    ("one", "amount", "interval"),
    [
        (compared(Measure.SUCCESS, 0.13, (-0.231, 0.46)), "+13 points", "−23 to +46"),
        (compared(Measure.SUCCESS, -0.01, (-0.26, 0.23)), "−1 point", "−26 to +23"),
        (compared(Measure.SUCCESS, 0.0, (-0.26, 0.23)), "0 points", "−26 to +23"),
        (compared(Measure.TIME, 0.92, (0.49, 1.72)), "−8 %", "−51 to +72 %"),
        (compared(Measure.TIME, 1.0001, (0.001, 20)), "0 %", "−99 % to 20 times"),
        (compared(Measure.SUCCESS, 0.2, (-0.5, 0.8), n=(4, 40)), "", ""),
        (compared(Measure.SUS, 5, None, p=None, reason="one value, no spread in a group"), "+5 points", ""),
    ],
)
def test_amounts_and_intervals_carry_their_signs(one: Compared, amount: str, interval: str) -> None:
    found = said(one, family=11)

    assert (found.amount.replace("\xa0", " "), found.interval.replace("\xa0", " ")) == (amount, interval)
