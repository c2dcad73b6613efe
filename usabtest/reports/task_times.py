"""How long a task took: every attempt over time, the figures, and what odd times do to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from usabtest import metrics
from usabtest.metrics import Outcome
from usabtest.reports import charts, words
from usabtest.reports.figures import TaskReport
from usabtest.reports.tables import Table, Value
from usabtest.reports.time_chart import TimeChart, time_chart
from usabtest.reports.why import limits
from usabtest.reports.words import duration, durations, plural


@dataclass(frozen=True, slots=True)
class Typical:
    """The typical time of some attempts, in words and on the axis that all of them share."""

    label: str
    figure: str
    words: str
    bar: charts.Bar | None


@dataclass(frozen=True, slots=True)
class OddTimes:
    """Times that look wrong, and the figures with and without them; `count_sentence` names nobody."""

    ids: frozenset[str]
    sentence: str
    count_sentence: str
    compared: tuple[Typical, Typical] | None


@dataclass(frozen=True, slots=True)
class TimesShown:
    chart: TimeChart | None
    note: str
    sentence: str
    odd: OddTimes | None
    table: Table


def times_shown(task: TaskReport, *, confidence: float) -> TimesShown:
    odd = _odd(task, confidence)
    flagged = odd.ids if odd else frozenset()
    chart = time_chart(task, flagged) if any(one.time_s for one in task.counted) else None
    return TimesShown(
        chart=chart,
        note=_note(chart),
        sentence=words.time_sentence(task),
        odd=odd,
        table=Table("times", "Times of those who finished", ("What", "Value", "Unit"), tuple(_rows(task, odd))),
    )


def _note(chart: TimeChart | None) -> str:
    """What the marks are."""
    stretched = "The scale is stretched for short times (logarithmic)."
    if chart is None or not (chart.columns or chart.lanes):
        return f"Each mark is one attempt. {stretched}"
    marks = "Columns" if chart.columns else "Each dot is one attempt; the columns"
    return f"{marks} say how many attempts took about so long. {stretched}"


def _odd(task: TaskReport, confidence: float) -> OddTimes | None:
    """Which of the times that the figures are made of look wrong; None if none does."""
    if not task.time_on_task.outliers:
        return None
    finished = [one for one in task.counted if one.row.outcome == Outcome.SUCCESS and one.time_s is not None]
    summary = metrics.time_on_task(
        [one.time_s for one in finished], confidence=confidence, expert_time_s=task.task.expert_time_s
    )
    flagged = [finished[place] for place in summary.outliers]
    axis = charts.time_axis([*(one.time_s or 0 for one in finished), *(task.time_on_task.ci or ())])
    named = ", ".join(f"{one.code} with {duration(one.time_s or 0)}" for one in flagged[:5])
    more = f" and {len(flagged) - 5} more" if len(flagged) > 5 else ""
    looks = "looks" if len(flagged) == 1 else "look"
    counted = "It counts all the same." if len(flagged) == 1 else "They count all the same."
    compared = None
    if summary.without_outliers is not None:
        compared = (
            _typical(f"With all {summary.n}", summary.headline, axis),
            _typical(f"Without {len(flagged)}", summary.without_outliers, axis),
        )
    return OddTimes(
        frozenset(one.row.id for one in flagged),
        f"{plural(len(flagged), 'time')} {looks} odd: {named}{more}. {counted}",
        f"{plural(len(flagged), 'time')} {looks} odd. {counted}",
        compared,
    )


def _typical(label: str, estimate: metrics.Estimate, axis: charts.TimeAxis) -> Typical:
    if estimate.value is None:
        return Typical(label, "–", words.reason(estimate.reason), None)
    ci = limits(estimate.interval)
    name = "median" if estimate.method == "order_statistics" else "geometric mean"
    likely = f", likely {durations(*ci)}" if ci else ", no interval"
    low, high = (axis.place(ci[0]), axis.place(ci[1])) if ci else (None, None)
    bar = charts.Bar(axis.place(estimate.value), low, high, tuple(tick.place for tick in axis.ticks))
    return Typical(label, duration(estimate.value), f"{name} of {estimate.n}{likely}", bar)


def _rows(task: TaskReport, odd: OddTimes | None) -> Iterator[tuple[Value, ...]]:
    time = task.time_on_task
    low, high = time.ci or (None, None)
    yield "Attempts", task.n, "attempts"
    yield "Finished", time.n, "attempts"
    yield "Geometric mean", time.geometric_mean, "s"
    yield "Median", time.median, "s"
    yield "Mean", time.mean, "s"
    yield f"Likely from ({words.centre_name(time)})", low, "s"
    yield f"Likely to ({words.centre_name(time)})", high, "s"
    yield "Quickest", time.min, "s"
    yield "Slowest", time.max, "s"
    yield "Ran out of time", time.censored, "attempts"
    if time.kaplan_meier_median is not None:
        yield "Median with those out of time", time.kaplan_meier_median, "s"
    yield "Times that look odd", time.outliers, "attempts"
    if odd is not None and odd.compared is not None:
        yield "Typical without these", odd.compared[1].figure, odd.compared[1].words
