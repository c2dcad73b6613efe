"""The numbers behind a comparison: each side, the change, its test and its effect sizes, as a table of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.names import benchmark_words, figure_words
from usabtest.reports.comparison.values import Change, Compared, Comparison, Evidence, Figure
from usabtest.reports.comparison.wording import signed_amount, signed_interval
from usabtest.reports.words import durations, number

NONE = "–"

METHODS: Mapping[str, str] = {
    "n_minus_1": "N−1 two-proportion test",
    "fisher": "Fisher’s exact test",
    "mcnemar_mid_p": "McNemar’s test, mid-p",
    "welch_t": "Welch t",
    "welch_t_log": "Welch t on logarithms",
    "paired_t": "paired t",
    "paired_t_log": "paired t on logarithms",
    "adjusted_wald": "z of adjusted net scores",
    "binomial_mid_p": "binomial test, mid-p, two-sided",
    "one_sample_t": "one-sample t",
    "one_sample_t_log": "one-sample t on logarithms",
}
_INTERVALS: Mapping[str, str] = {
    "n_minus_1": "adjusted Wald for the difference",
    "fisher": "adjusted Wald for the difference",
    "mcnemar_mid_p": "adjusted Wald for paired shares",
    "adjusted_wald": "adjusted Wald for net scores",
}


@dataclass(frozen=True, slots=True)
class NumbersTable:
    """A table: its heads, and of each row its own head and its cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def numbers_table(rows: Sequence[Compared], comparison: Comparison) -> NumbersTable:
    """All numbers of some rows, those of the sides first."""
    test = ("Change", "Likely", "Test", "Statistic", "df", "p", f"p after Holm, of {comparison.family}")
    heads: tuple[str, ...]
    if comparison.before is None:
        heads = ("n", "Seen", "Likely", "Benchmark", *test, "p of beating it, one-sided", "exact")
    else:
        sides = [f"{name}: {what}" for name in (comparison.before.name, comparison.after.name) for what in _SIDE]
        heads = (*sides, *test, "Effect size", "Pairs lost")
    return NumbersTable(heads, tuple((one.title, _cells(one)) for one in rows))


def methods_in_words(comparison: Comparison) -> str:
    """Which tests and intervals were used for what."""
    said: dict[str, list[str]] = {}
    for one in comparison:
        if one.change is not None and one.change.test.p is not None:
            method = one.change.test.method
            words = METHODS[method] + (f", {_INTERVALS[method]}" if method in _INTERVALS else "")
            headings = said.setdefault(words, [])
            if KINDS[one.measure].heading not in headings:
                headings.append(KINDS[one.measure].heading)
    return " ".join(f"{', '.join(headings)}: {words}." for words, headings in said.items())


_SIDE = ("n", "seen", "likely")


def _cells(one: Compared) -> tuple[str, ...]:
    after = _side_cells(one.measure, one.after)
    if one.before is None:
        benchmark = NONE if one.benchmark is None else benchmark_words(one.measure, one.benchmark)
        return (*after, benchmark, *_test_cells(one), *_beaten_cells(one.change))
    return (*_side_cells(one.measure, one.before), *after, *_test_cells(one), *_effect_cells(one.change))


def _side_cells(measure: Measure, figure: Figure) -> tuple[str, str, str]:
    if figure.suppressed:
        return ("fewer than 3", NONE, NONE)
    return (str(figure.n), figure_words(measure, figure), _likely(measure, figure))


def _likely(measure: Measure, figure: Figure) -> str:
    if figure.ci is None:
        return NONE
    low, high = figure.ci
    if KINDS[measure].unit is Unit.SHARE:
        return f"{number(100 * low, 0)} to {number(100 * high, 0)} %"
    if measure is Measure.TIME:
        return durations(low, high)
    return f"{number(low)} to {number(high)}"


def _test_cells(one: Compared) -> tuple[str, ...]:
    change = one.change
    if change is None:
        return (f"not compared: {one.not_compared}", *(NONE,) * 6)
    test = change.test
    return (
        NONE if change.value is None else signed_amount(one.measure, change.value),
        NONE if change.ci is None else signed_interval(one.measure, change.ci),
        METHODS[test.method] if test.p is not None else change.reason or NONE,
        NONE if test.statistic is None else number(test.statistic, 2),
        NONE if test.df is None else number(test.df),
        p_words(test.p),
        p_words(test.p_adjusted),
    )


def _effect_cells(change: Change | None) -> tuple[str, str]:
    if change is None:
        return (NONE, NONE)
    effects = "; ".join(f"{effect.name} {number(effect.value, 2)}" for effect in change.effects)
    return (effects or NONE, str(change.pairs_lost) if change.pairs_lost else NONE)


def _beaten_cells(change: Change | None) -> tuple[str, str]:
    test: Evidence | None = change.test if change else None
    return (p_words(test.beaten if test else None), p_words(test.beaten_exact if test else None))


def p_words(p: float | None) -> str:
    """Write a p-value.

    >>> p_words(0.0414), p_words(0.00004), p_words(1.0), p_words(None)
    ('0.041', '< 0.001', '1.000', '–')
    """
    if p is None:
        return NONE
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
