"""A report held against benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from usabtest import metrics
from usabtest.conclusions.benchmarks import Benchmarks
from usabtest.metrics import Significance
from usabtest.reports.comparison.changes import net_points, satisfied
from usabtest.reports.comparison.compare import judged, side
from usabtest.reports.comparison.figures import score_figure, task_figure
from usabtest.reports.comparison.measures import KINDS, SCORES, Measure, Unit
from usabtest.reports.comparison.people import names_in, task_values
from usabtest.reports.comparison.values import Among, Change, Compared, Comparison, Evidence, Figure, People
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.figures import StudyReport, TaskReport


def hold_against(report: StudyReport, benchmarks: Benchmarks, *, name: str = "This study") -> Comparison:
    """Compare a report with values that were set for it.

    Whether a benchmark differs is tested in both directions, so that falling short shows as clearly as beating it; the
    one-sided test of having beaten it stands beside.
    """
    scores, tasks = judged(
        tuple(_scores(report, benchmarks)), tuple(_tasks(report, benchmarks)), confidence=report.confidence
    )
    return Comparison(
        generated_at=report.generated_at,
        among=Among.BENCHMARKS,
        before=None,
        after=side(report, name, names_in(report, "after", one_study=True)),
        people=People.DIFFERENT,
        common=0,
        differing=None,
        exploratory=False,
        confidence=report.confidence,
        scores=scores,
        tasks=tasks,
    )


def _tasks(report: StudyReport, benchmarks: Benchmarks) -> Iterator[Compared]:
    for task in report.tasks:
        for measure, benchmark in (
            (Measure.SUCCESS, benchmarks.success),
            (Measure.TIME, benchmarks.times_s.get(task.key)),
            (Measure.EASE, benchmarks.seq if task.seq is not None else None),
        ):
            if benchmark is not None:
                yield _task(report, task, measure, benchmark)


def _task(report: StudyReport, task: TaskReport, measure: Measure, benchmark: float) -> Compared:
    values = [value for value in task_values(task, measure).values() if value is not None]
    figure = task_figure(task, measure, values, report.confidence)
    return Compared(
        measure=measure,
        task_key=task.key,
        title=task.title,
        before=None,
        after=figure,
        benchmark=benchmark,
        change=_change(measure, figure, values, benchmark),
    )


def _scores(report: StudyReport, benchmarks: Benchmarks) -> Iterator[Compared]:
    for measure in SCORES:
        benchmark, figure = getattr(benchmarks, measure), score_figure(report, measure)
        if benchmark is not None and figure is not None:
            values = list(report.scores(measure).values())
            yield Compared(
                measure=measure,
                task_key=None,
                title=KINDS[measure].heading,
                before=None,
                after=figure,
                benchmark=benchmark,
                change=_change(measure, figure, values, benchmark),
            )


def _change(measure: Measure, figure: Figure, values: list[float], benchmark: float) -> Change:
    """How far a figure is from its benchmark: its own interval, moved there."""
    ratio = KINDS[measure].unit is Unit.RATIO

    def away(value: float) -> float:
        return value / benchmark if ratio else value - benchmark

    test = _test(measure, values, benchmark)
    return Change(
        value=None if figure.value is None else away(figure.value),
        ci=None if figure.ci is None else (away(figure.ci[0]), away(figure.ci[1])),
        test=test,
        effects=(),
        pairs_lost=0,
        verdict=Verdict.UNTESTED,
        reason=figure.reason,
    )


def _test(measure: Measure, values: list[float], benchmark: float) -> Evidence:
    match measure:
        case Measure.SUCCESS:
            return _of_share(values, benchmark)
        case Measure.CSAT:
            return _of_share(satisfied(dict(enumerate(values))).values(), benchmark)
        case Measure.TIME:
            below = metrics.time_benchmark(values, benchmark)
            p = below.p_value
            return Evidence(
                method="one_sample_t_log",
                statistic=below.statistic,
                df=below.df,
                p=None if p is None else 2 * min(p, 1 - p),
                beaten=p,
            )
        case Measure.NPS:
            return _of_mean(net_points(dict(enumerate(values))).values(), benchmark)
        case _:
            return _of_mean(values, benchmark)


def _of_share(shares: Iterable[float | None], benchmark: float) -> Evidence:
    known = [share for share in shares if share is not None]
    count, n = sum(map(bool, known)), len(known)
    return Evidence(
        method="binomial_mid_p",
        statistic=None,
        df=None,
        p=metrics.completion_benchmark(count, n, benchmark, alternative="two_sided").p_value,
        beaten=metrics.completion_benchmark(count, n, benchmark).p_value,
        beaten_exact=metrics.completion_benchmark(count, n, benchmark, method="exact").p_value,
    )


def _of_mean(values: Iterable[float | None], benchmark: float) -> Evidence:
    summary = metrics.mean(list(values))
    tested = metrics.score_benchmark(summary.value, summary.sd, summary.n, benchmark)
    return Evidence(
        method=tested.method, statistic=tested.statistic, df=tested.df, p=tested.p_value, beaten=_one_sided(tested)
    )


def _one_sided(tested: Significance) -> float | None:
    if tested.p_value is None or tested.statistic is None:
        return None
    return tested.p_value / 2 if tested.statistic > 0 else 1 - tested.p_value / 2
