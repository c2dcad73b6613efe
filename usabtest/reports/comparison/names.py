"""What things are called in sentences about a comparison: sides, measures, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.values import Among, Compared, Comparison, Figure
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.comparison.wording import said
from usabtest.reports.words import duration, named, number, of, signed


def where(comparison: Comparison) -> str:
    """What the later side is compared with, as in "than in round 1"."""
    if comparison.before is None:
        return "the benchmark"
    name = comparison.before.name
    match comparison.among:
        case Among.ROUNDS:
            return f"in {name[0].lower()}{name[1:]}"
        case Among.STUDIES:
            return f"in {named(name)}"
    return f"among {named(name)}"


def figure_words(measure: Measure, figure: Figure) -> str:
    """What one side came to."""
    if figure.suppressed:
        return "fewer than 3"
    if figure.value is None:
        return "–"
    return _WRITTEN.get(measure, _plain)(figure)


def benchmark_words(measure: Measure, value: float) -> str:
    """A value to beat, in the unit of its measure."""
    if KINDS[measure].unit is Unit.SHARE:
        return f"{number(100 * value, 0)} %"
    return duration(value) if measure is Measure.TIME else number(value, 1).removesuffix(".0")


def of_what(one: Compared) -> str:
    heading = KINDS[one.measure].heading
    heading = heading[0].lower() + heading[1:] if one.measure is not Measure.UMUX_LITE else heading
    return heading if one.task_key is None else f"{named(one.title)}, {heading}"


def has_verdict(one: Compared, found: Verdict) -> bool:
    return one.change is not None and one.change.verdict is found


def perhaps_words(one: Compared, comparison: Comparison) -> str:
    return said(one, family=comparison.family).verdict.removeprefix("Perhaps ").partition(";")[0]


def at_once(comparison: Comparison) -> str:
    return f"{comparison.family} comparisons at once" if comparison.family > 1 else "one comparison"


def _plain(figure: Figure) -> str:
    return number(figure.value or 0)


def _count(figure: Figure) -> str:
    return of(figure.count or 0, figure.n)


_WRITTEN: Mapping[Measure, Callable[[Figure], str]] = {
    Measure.SUCCESS: _count,
    Measure.ERRORS: _count,
    Measure.FIRST_CLICK: _count,
    Measure.ABANDONMENT: _count,
    Measure.LOSTNESS: lambda figure: number(figure.value or 0, KINDS[Measure.LOSTNESS].digits),
    Measure.CSAT: _count,
    Measure.TIME: lambda figure: duration(figure.value or 0),
    Measure.NPS: lambda figure: signed(figure.value or 0),
}
