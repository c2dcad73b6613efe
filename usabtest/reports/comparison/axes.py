"""Where the marks of a comparison stand: both sides on one axis, and the change beside a rule at "same".

Places are fractions, 0 to 1, of the axis' length, as in all charts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from usabtest.reports.charts import Bar, Tick, time_axis
from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.values import Compared, Comparison, Figure
from usabtest.reports.comparison.verdict import Verdict

_ROUND = (1, 2, 3, 5, 10, 15, 20, 30, 50, 100, 150, 200)
# How wide the column of an axis is at least.
_NARROWEST_PX = 130.0
# A ratio that goes further than this leaves the axis: the words say how far.
_WIDEST_RATIO = 10.0


@dataclass(frozen=True, slots=True)
class Axis:
    """What both sides of a measure are drawn on."""

    place: Callable[[float], float]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides on one axis, the earlier hollow and the later filled; `rule` is a benchmark."""

    before: Bar | None
    after: Bar | None
    ticks: tuple[float, ...]
    rule: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A change with its interval beside the rule at "same"; `off`: the interval does not hold it."""

    value: float
    low: float
    high: float
    off: bool


@dataclass(frozen=True, slots=True)
class DifferenceAxis:
    """The change that none is stands in the middle; `half` is the change (of ratios its logarithm) at either end."""

    measure: Measure
    half: float

    def place(self, value: float) -> float:
        distance = _distance(self.measure, value)
        return min(1.0, max(0.0, 0.5 + distance / self.half / 2))

    def drawn(self, one: Compared) -> Difference | None:
        change = one.change
        if change is None or change.value is None or change.ci is None:
            return None
        off = change.verdict in {Verdict.REAL, Verdict.PERHAPS}
        return Difference(self.place(change.value), self.place(change.ci[0]), self.place(change.ci[1]), off)


def axis_of(measure: Measure, rows: Sequence[Compared]) -> Axis:
    """The axis that all rows of a measure share."""
    match measure:
        case Measure.TIME:
            times = time_axis([*_values(rows), *(one.benchmark for one in rows if one.benchmark)])
            return Axis(times.place, times.ticks_within(_NARROWEST_PX))
        case Measure.SUCCESS | Measure.ERRORS | Measure.FIRST_CLICK | Measure.ABANDONMENT | Measure.CSAT:
            return _linear(0, 1, (0, 0.5, 1), lambda value: f"{100 * value:g}{' %' if value == 1 else ''}")
        case Measure.EASE | Measure.CES:
            return _linear(1, 7, range(1, 8), lambda value: f"{value:g}")
        case Measure.NPS:
            return _linear(
                -100, 100, (-100, 0, 100), lambda value: f"{'+' if value > 0 else ''}{value:g}".replace("-", "−")
            )
        case Measure.LOSTNESS:
            return _linear(0, max(1.0, *_values(rows), 0), (0, 0.5, 1), lambda value: f"{value:g}")
        case Measure.CLICKS:
            last = _round_up(max(_values(rows), default=1))
            return _linear(0, last, (0, last / 2, last), lambda value: f"{value:g}")
    return _linear(0, 100, (0, 50, 100), lambda value: f"{value:g}")


def pair(one: Compared, axis: Axis) -> Pair:
    return Pair(
        before=_bar(one.before, axis),
        after=_bar(one.after, axis),
        ticks=tuple(tick.place for tick in axis.ticks),
        rule=None if one.benchmark is None else axis.place(one.benchmark),
    )


def difference_axis(measure: Measure, rows: Iterable[Compared]) -> DifferenceAxis:
    """An axis that all changes of a measure fit on, with "same" in its middle."""
    changes = [one.change for one in rows if one.change is not None and one.change.ci is not None]
    far = max(
        (abs(_distance(measure, limit)) for change in changes for limit in change.ci or ()),
        default=0.0,
    )
    kind = KINDS[measure]
    if kind.unit is Unit.RATIO:
        return DifferenceAxis(measure, min(math.log(_WIDEST_RATIO), max(far * 1.05, math.log(kind.limits[1]))))
    scale = 100 if kind.widest < 2 else 1
    return DifferenceAxis(measure, _round_up(max(far, kind.limits[1]) * scale) / scale)


def difference_words(measure: Measure, comparison: Comparison) -> tuple[Tick, Tick, Tick]:
    """What the ends of a change's axis mean, from left to right."""
    if comparison.before is None:
        return (Tick(0, "‹ below"), Tick(0.5, "benchmark"), Tick(1, "above ›"))
    if measure is Measure.TIME:
        return (Tick(0, "‹ quicker"), Tick(0.5, "same"), Tick(1, "slower ›"))
    worse, better = "‹ worse", "better ›"
    if not KINDS[measure].more_is_better:
        worse, better = "‹ better", "worse ›"
    return (Tick(0, worse), Tick(0.5, "same"), Tick(1, better))


def _bar(figure: Figure | None, axis: Axis) -> Bar | None:
    if figure is None or figure.value is None:
        return None
    low, high = (axis.place(figure.ci[0]), axis.place(figure.ci[1])) if figure.ci else (None, None)
    return Bar(axis.place(figure.value), low, high, ())


def _values(rows: Iterable[Compared]) -> list[float]:
    figures = [figure for one in rows for figure in (one.before, one.after) if figure is not None]
    limits = [limit for figure in figures for limit in figure.ci or ()]
    return [*limits, *(figure.value for figure in figures if figure.value is not None)]


def _linear(first: float, last: float, ticks: Iterable[float], words: Callable[[float], str]) -> Axis:
    def place(value: float) -> float:
        return min(1.0, max(0.0, (value - first) / (last - first)))

    return Axis(place, tuple(Tick(place(one), words(one)) for one in ticks))


def _distance(measure: Measure, value: float) -> float:
    if KINDS[measure].unit is Unit.RATIO:
        return math.log(min(max(value, 1e-9), 1e9))
    return value


def _round_up(value: float) -> float:
    return next((float(one) for one in _ROUND if one >= value), float(math.ceil(value)))
