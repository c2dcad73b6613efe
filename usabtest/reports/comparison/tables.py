"""The numbers behind a comparison: each side, the change, its test and its effect sizes, as a table of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.methods import HOLM, METHODS, P
from usabtest.reports.comparison.names import benchmark_words, figure_words
from usabtest.reports.comparison.values import Change, Compared, Comparison, Evidence, Figure
from usabtest.reports.comparison.wording import signed_amount, signed_interval
from usabtest.reports.direction import isolated
from usabtest.reports.terms import Term
from usabtest.reports.words import durations, number

NONE = "–"


@dataclass(frozen=True, slots=True)
class NumbersTable:
    """A table: its heads, and of each row its own head and its cells."""

    heads: tuple[Term, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def numbers_table(rows: Sequence[Compared], comparison: Comparison) -> NumbersTable:
    """All numbers of some rows, those of the sides first."""
    heads: tuple[Term, ...]
    if comparison.before is None:
        heads = (*_SEEN, Term("Benchmark"), *_TEST, _holm(comparison), *_BEATEN)
    else:
        names = (comparison.before.name, comparison.after.name)
        sides = [replace(what, word=f"{isolated(name)}: {what.word.lower()}") for name in names for what in _SEEN]
        heads = (*sides, *_TEST, _holm(comparison), *_APART)
    return NumbersTable(heads, tuple((one.title, _cells(one)) for one in rows))


_SEEN = (
    Term("n", "Of how many people the figure is."),
    Term("Seen"),
    Term("Likely", "Where the true value very likely lies: what would be seen if all people like these had tried it."),
)
_TEST = (
    Term(
        "Change",
        "The second side less the first, or the study less the benchmark; of times, how much longer or shorter.",
    ),
    Term("Likely", "Where the true change very likely lies. If “no change” lies in there, too, there may be none."),
    Term("Test", "By which rule it was judged how easily chance alone would make such a change."),
    Term("Statistic", "What the test comes to: how large the change is beside what chance would do."),
    Term("df", "Degrees of freedom: how much a t test knows of the spread. It grows with the number of people."),
    P,
)
_APART = (
    Term(
        "Effect size",
        "How large the change is beside the spread among people, however many took part. 0.2 is called small, 0.5 "
        "medium, 0.8 large.",
    ),
    Term("Pairs lost", "The same people were compared with themselves; these have no figure on one of the sides."),
)
_BEATEN = (
    Term(
        "p of beating it, one-sided",
        "How often chance alone would bring a figure at least this good if the true value were the benchmark itself.",
    ),
    Term("exact", "The same by the exact test, which claims less."),
)


def _holm(comparison: Comparison) -> Term:
    return replace(HOLM, word=f"p after Holm, of {comparison.family}")


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
    digits = max(1, KINDS[measure].digits)
    return f"{number(low, digits)} to {number(high, digits)}"


def _test_cells(one: Compared) -> tuple[str, ...]:
    change = one.change
    if change is None:
        return (f"not compared: {one.not_compared}", *(NONE,) * 6)
    test = change.test
    return (
        NONE if change.value is None else signed_amount(one.measure, change.value),
        NONE if change.ci is None else signed_interval(one.measure, change.ci),
        METHODS[test.method].word if test.p is not None else change.reason or NONE,
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
