"""The numbers behind a comparison as a file has them: unrounded, a column each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from usabtest.reports.comparison.measures import KINDS, Measure, Unit
from usabtest.reports.comparison.methods import METHODS
from usabtest.reports.comparison.values import Compared, Comparison, Evidence
from usabtest.reports.comparison.wording import said
from usabtest.reports.figures import Limits
from usabtest.reports.tables import Table, Value

_UNITS: Mapping[Measure, str] = {
    Measure.TIME: "s, its change a ratio",
    Measure.EASE: "1 to 7",
    Measure.CLICKS: "clicks",
    Measure.LOSTNESS: "0 to 1.41",
    Measure.SUS: "0 to 100",
    Measure.UMUX_LITE: "0 to 100",
    Measure.NPS: "−100 to 100",
    Measure.CES: "1 to 7",
}


def figures_table(name: str, caption: str, rows: Sequence[Compared], comparison: Comparison) -> Table:
    """All numbers of some rows: shares and their changes in hundredths, times in seconds, their change as a ratio.

    What so few people came to that they are not shown apart is in no file either.
    """
    effects = list(dict.fromkeys(one.name for row in rows if row.change for one in row.change.effects))
    sides = [comparison.after.name] if comparison.before is None else [comparison.before.name, comparison.after.name]
    of_sides = [f"{side}: {what}" for side in sides for what in ("n", "seen", "likely from", "likely to")]
    benchmark = ["Benchmark"] if comparison.before is None else []
    change = ("Change", "Change likely from", "Change likely to", "Test", "Statistic", "df", "p", "p after Holm")
    last = ("p of beating it", "exact") if comparison.before is None else (*effects, "Pairs lost")
    columns = ("What", "Measure", "Unit", *of_sides, *benchmark, *change, *last, "In words")
    return Table(name, caption, columns, tuple(tuple(_values(one, effects, comparison)) for one in rows))


def _values(one: Compared, effects: Sequence[str], comparison: Comparison) -> Iterator[Value]:
    kind = KINDS[one.measure]
    times = 100 if kind.unit is Unit.SHARE else 1
    yield from (one.title, kind.heading, _UNITS.get(one.measure, "%"))
    for figure in (one.before, one.after) if comparison.before else (one.after,):
        if figure is None or figure.suppressed:
            yield from (None,) * 4
        else:
            yield from (figure.n, *_scaled(figure.value, figure.ci, times))
    if comparison.before is None:
        yield None if one.benchmark is None else times * one.benchmark
    change = one.change
    yield from _scaled(change.value, change.ci, times) if change else (None,) * 3
    test = change.test if change else Evidence(method="", statistic=None, df=None, p=None)
    method = METHODS[test.method].word if test.p is not None else None
    yield from (method, test.statistic, test.df, test.p, test.p_adjusted)
    if comparison.before is None:
        yield from (test.beaten, test.beaten_exact)
    else:
        found = {effect.name: effect.value for effect in change.effects} if change else {}
        yield from (*map(found.get, effects), change.pairs_lost if change else None)
    yield said(one, family=comparison.family).sentence


def _scaled(value: float | None, ci: Limits, times: int) -> Iterator[Value]:
    for each in (value, *(ci or (None, None))):
        yield None if each is None else times * each
