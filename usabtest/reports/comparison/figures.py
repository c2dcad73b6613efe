"""What one side came to in each measure: the figures of its report, each in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from usabtest import metrics
from usabtest.metrics import Estimate
from usabtest.reports.comparison.measures import Measure
from usabtest.reports.comparison.values import Figure
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.why import limits

SUPPRESSED = f"fewer than {metrics.SEGMENT_MINIMUM} people"


def task_figure(task: TaskReport, measure: Measure, values: Iterable[float | None], confidence: float) -> Figure:
    """The figure of a task; `values` are those of its people.

    Times are compared by their geometric mean, however many there are, and clicks by their mean.
    """
    match measure:
        case Measure.SUCCESS:
            success = task.success
            return Figure(
                n=success.n,
                value=success.rate,
                ci=success.ci,
                count=success.successes,
                reason=success.reasons.get("rate"),
            )
        case Measure.ERRORS:
            share = task.errors.attempts_with_errors
            return Figure(n=share.n, value=share.rate, ci=share.ci, count=share.count, reason=share.reasons.get("rate"))
        case Measure.FIRST_CLICK if task.first_click is not None:
            first = task.first_click
            return Figure(
                n=first.n, value=first.rate, ci=first.ci, count=first.correct, reason=first.reasons.get("rate")
            )
        case Measure.ABANDONMENT:
            left = task.abandonment
            return Figure(n=left.n, value=left.rate, ci=left.ci, count=left.count, reason=left.reasons.get("rate"))
        case Measure.LOSTNESS:
            return _estimated(metrics.mean_lostness(list(values), confidence=confidence))
        case Measure.TIME:
            return _estimated(metrics.geometric_mean(list(values), confidence=confidence, none="no success"))
        case Measure.CLICKS:
            return _estimated(metrics.mean(list(values), confidence=confidence, none="no success"))
        case _:
            return _estimated(metrics.seq_summary(list(values), confidence=confidence))


def score_figure(report: StudyReport, measure: Measure) -> Figure | None:
    """The figure of a questionnaire after the test; None if it was not asked."""
    match measure:
        case Measure.SUS if report.sus is not None:
            sus = report.sus
            return Figure(n=sus.n, value=sus.mean, ci=sus.ci, reason=sus.reasons.get("mean") or sus.reasons.get("ci"))
        case Measure.UMUX_LITE if report.umux_lite is not None:
            umux = report.umux_lite
            return Figure(
                n=umux.n, value=umux.mean, ci=umux.ci, reason=umux.reasons.get("mean") or umux.reasons.get("ci")
            )
        case Measure.NPS if report.nps is not None:
            nps = report.nps
            return Figure(n=nps.n, value=nps.score, ci=nps.ci, reason=nps.reasons.get("score"))
        case Measure.CSAT if report.csat is not None:
            csat = report.csat
            return Figure(n=csat.n, value=csat.rate, ci=csat.ci, count=csat.satisfied, reason=csat.reasons.get("rate"))
        case Measure.CES if report.ces is not None:
            ces = report.ces
            return Figure(n=ces.n, value=ces.mean, ci=ces.ci, reason=ces.reasons.get("mean") or ces.reasons.get("ci"))
    return None


def suppressed(figure: Figure) -> Figure:
    """Hide what so few people came to, if they are so few; that nobody is there may be said."""
    if not 0 < figure.n < metrics.SEGMENT_MINIMUM:
        return figure
    return replace(figure, value=None, ci=None, count=None, reason=SUPPRESSED, suppressed=True)


def _estimated(estimate: Estimate) -> Figure:
    return Figure(n=estimate.n, value=estimate.value, ci=limits(estimate.interval), reason=estimate.reason)
