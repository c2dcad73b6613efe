"""The figures of one task, from its attempts and the answers after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from usabtest import metrics
from usabtest.instruments.seq import SEQ
from usabtest.measurement.fold import AttemptMeasures
from usabtest.measurement.queries import AttemptRow
from usabtest.metrics import ErrorKind, ErrorsPerAttempt, Outcome, Proportion, Signal, TimedAttempt
from usabtest.reports.answers import ByQuestion, ratings_of
from usabtest.reports.figures import (
    AbandonmentFigures,
    AgreementFigures,
    AttemptView,
    ClickFigures,
    ClicksToCompletion,
    EfficiencyFigures,
    ErrorFamily,
    ErrorFigures,
    FirstClickFigures,
    MeanFigures,
    PageLoadFigures,
    PageViewFigures,
    PathFigures,
    SearchFigures,
    ShareFigures,
    SuccessFigures,
    SumFigures,
    SumParts,
    TaskReport,
    TimeFigures,
)
from usabtest.reports.questions import question_figures
from usabtest.reports.why import NOT_ASKED, limits, why
from usabtest.studyfile.types import TaskSpec

PAGE_LOAD = "loadEventEnd"

_NO_OPTIMAL = "no optimal number of pages is set"
_NO_SEARCH = "nothing is set that counts as searching"
_NO_AREA = "no area is set for the first click"
_NO_OPPORTUNITIES = "no error opportunities are set"
_NO_EXPERT = "no expert time is set"
_LITTLE_CENSORED = "fewer than 20 % censored"
_NO_ATTEMPTS = "no attempts"


def task_report(
    task: TaskSpec,
    rows: Sequence[AttemptRow],
    answers: ByQuestion,
    *,
    codes: Mapping[int, str],
    count_errors: Iterable[str],
    confidence: float,
) -> TaskReport:
    """Make all figures of a task; `rows` are its attempts of the people who count, running ones included."""
    seen = _Seen(task, rows, answers, codes, tuple(map(str, count_errors)), confidence)
    lostness, deviation = _lostness(seen), _path_deviation(seen)
    search, first_click, seq = _search(seen), _first_click(seen), _seq(seen)
    return TaskReport(
        key=task.key,
        title=task.title,
        attempts=sum(seen.outcomes.values()),
        in_progress=sum(1 for row in rows if row.outcome is None),
        n=seen.n,
        outcomes=seen.outcomes,
        agreement=_agreement(seen),
        success=_success(seen),
        time_on_task=_time(seen),
        errors=_errors(seen),
        abandonment=_abandonment(seen),
        clicks=_clicks(seen),
        page_views=_page_views(seen),
        page_load=_page_load(seen),
        lostness=lostness,
        path_deviation=deviation,
        efficiency=_efficiency(seen),
        search_to_navigation=search,
        first_click=first_click,
        seq=seq,
        sum=_sum(seen),
        questions=question_figures(task.questions, answers, confidence, scored_apart=frozenset({"seq"})),
        reasons=why(
            lostness=(lostness, _NO_OPTIMAL),
            path_deviation=(deviation, _NO_OPTIMAL),
            search_to_navigation=(search, _NO_SEARCH),
            first_click=(first_click, _NO_AREA),
            seq=(seq, NOT_ASKED),
        ),
        task=task,
        ended=seen.ended,
    )


@dataclass(frozen=True)
class _Seen:
    """What was seen of one task, sorted into the groups that figures are made of."""

    task: TaskSpec
    rows: Sequence[AttemptRow]
    answers: ByQuestion
    codes: Mapping[int, str]
    count_errors: tuple[str, ...]
    confidence: float

    @cached_property
    def ended(self) -> tuple[AttemptView, ...]:
        return tuple(self._view(row) for row in self.rows if row.outcome is not None)

    @cached_property
    def outcomes(self) -> dict[str, int]:
        counts = metrics.count_outcomes(one.row.outcome for one in self.ended if one.row.outcome)
        return {str(outcome): count for outcome, count in counts.items()}

    @cached_property
    def n(self) -> int:
        return metrics.counted_attempts(self.outcomes)

    @cached_property
    def counted(self) -> tuple[AttemptView, ...]:
        """The attempts in the denominator."""
        return tuple(one for one in self.ended if one.row.outcome not in {Outcome.SKIPPED, Outcome.INVALID})

    @cached_property
    def measures(self) -> list[AttemptMeasures]:
        return [one.row.measures for one in self.counted if one.row.measures is not None]

    @cached_property
    def of_successes(self) -> list[AttemptMeasures]:
        return [
            one.row.measures
            for one in self.counted
            if one.row.outcome == Outcome.SUCCESS and one.row.measures is not None
        ]

    @cached_property
    def ease(self) -> Mapping[int, int]:
        """The Single Ease Question, by participant."""
        return ratings_of(SEQ.items[0], self.answers)

    def _view(self, row: AttemptRow) -> AttemptView:
        errors = (
            metrics.error_totals(row.measures.errors_by_kind, row.measures.signals_by_kind, self.count_errors)
            if row.measures
            else metrics.ErrorTotals(0, 0)
        )
        return AttemptView(
            row=row,
            code=self.codes[row.participant_id],
            ease=self.ease.get(row.participant_id),
            user_errors=errors.user,
            system_errors=errors.system,
        )


def _agreement(seen: _Seen) -> AgreementFigures:
    found = metrics.agreement((one.row.rule, one.row.said, one.row.judged) for one in seen.counted)
    return AgreementFigures(
        rule_and_participant=found.rule_and_participant,
        thinks_done_but_is_not=found.thinks_done_but_is_not,
        done_without_noticing=found.done_without_noticing,
        judged=found.judged,
    )


def _success(seen: _Seen) -> SuccessFigures:
    rate = metrics.completion_by_outcome(seen.outcomes, confidence=seen.confidence)
    ci = limits(rate.interval)
    return SuccessFigures(
        successes=rate.count,
        n=rate.n,
        rate=rate.value,
        ci=ci,
        method=rate.method,
        reasons=why(rate=(rate.value, rate.reason), ci=(ci, rate.reason)),
    )


def _time(seen: _Seen) -> TimeFigures:
    times = metrics.time_on_task(
        [one.time_on_task_s for one in seen.of_successes],
        confidence=seen.confidence,
        expert_time_s=seen.task.expert_time_s,
    )
    timed = [
        one for one in seen.counted if one.row.outcome in {Outcome.SUCCESS, Outcome.TIMED_OUT} and (one.time_s or 0) > 0
    ]
    survival = metrics.kaplan_meier_median(
        [one.time_s or 0 for one in timed], [one.row.outcome == Outcome.SUCCESS for one in timed]
    )
    censored_median = survival.value if survival.warn else None
    ci = limits(times.headline.interval)
    geometric_mean, median = times.geometric_mean.value, times.median.value
    none = times.geometric_mean.reason
    return TimeFigures(
        basis="successful",
        n=times.n,
        geometric_mean=geometric_mean,
        median=median,
        mean=times.mean,
        min=times.minimum,
        max=times.maximum,
        ci=ci,
        method=times.headline.method,
        censored=survival.censored,
        kaplan_meier_median=censored_median,
        outliers=len(times.outliers),
        reasons=why(
            geometric_mean=(geometric_mean, none),
            median=(median, none),
            mean=(times.mean, none),
            min=(times.minimum, none),
            max=(times.maximum, none),
            ci=(ci, times.headline.reason),
            kaplan_meier_median=(censored_median, survival.reason if survival.warn else _LITTLE_CENSORED),
        ),
    )


def _errors(seen: _Seen) -> ErrorFigures:
    measured = [one for one in seen.counted if one.row.measures is not None]
    user = metrics.errors_per_attempt([one.user_errors for one in measured], confidence=seen.confidence)
    system = metrics.errors_per_attempt([one.system_errors for one in measured], confidence=seen.confidence)
    share = metrics.attempts_with_errors(
        [one.user_errors + one.system_errors for one in measured], confidence=seen.confidence
    )
    opportunities = seen.task.error_opportunities
    rate = metrics.error_rate(user.total, opportunities, len(measured)) if opportunities is not None else None
    per_opportunity = rate.value if rate else None
    return ErrorFigures(
        user=_family(user),
        system=_family(system),
        attempts_with_errors=_share(share),
        per_opportunity=per_opportunity,
        by_kind=_added_up(ErrorKind, (one.errors_by_kind for one in seen.measures)),
        signals=_added_up(Signal, (one.signals_by_kind for one in seen.measures)),
        reasons=why(per_opportunity=(per_opportunity, rate.reason if rate else _NO_OPPORTUNITIES)),
    )


def _family(errors: ErrorsPerAttempt) -> ErrorFamily:
    ci = limits(errors.interval)
    return ErrorFamily(
        total=errors.total,
        per_attempt=errors.value,
        ci=ci,
        reasons=why(per_attempt=(errors.value, errors.reason), ci=(ci, errors.reason)),
    )


def _share(share: Proportion) -> ShareFigures:
    ci = limits(share.interval)
    return ShareFigures(
        count=share.count,
        n=share.n,
        rate=share.value,
        ci=ci,
        reasons=why(rate=(share.value, share.reason), ci=(ci, share.reason)),
    )


def _added_up(kinds: Iterable[str], counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return {str(kind): total[kind] for kind in kinds}


def _abandonment(seen: _Seen) -> AbandonmentFigures:
    rate = metrics.abandonment_rate(
        seen.outcomes[Outcome.GAVE_UP], seen.outcomes[Outcome.ABANDONED], seen.n, confidence=seen.confidence
    )
    ci = limits(rate.interval)
    return AbandonmentFigures(
        count=rate.count,
        n=rate.n,
        rate=rate.value,
        ci=ci,
        timed_out=seen.outcomes[Outcome.TIMED_OUT],
        reasons=why(rate=(rate.value, rate.reason), ci=(ci, rate.reason)),
    )


def _clicks(seen: _Seen) -> ClickFigures:
    clicks = metrics.click_summary([one.clicks for one in seen.measures], confidence=seen.confidence)
    done = metrics.click_summary(
        [one.clicks for one in seen.of_successes], confidence=seen.confidence, none="no success"
    )
    ci = limits(done.median.interval)
    return ClickFigures(
        total=clicks.total,
        mean=clicks.mean,
        median=clicks.median.value,
        to_completion=ClicksToCompletion(
            n=done.n,
            mean=done.mean,
            median=done.median.value,
            ci=ci,
            reasons=why(
                mean=(done.mean, done.median.reason),
                median=(done.median.value, done.median.reason),
                ci=(ci, done.median.reason),
            ),
        ),
        reasons=why(mean=(clicks.mean, clicks.median.reason), median=(clicks.median.value, clicks.median.reason)),
    )


def _page_views(seen: _Seen) -> PageViewFigures:
    views = metrics.click_summary([one.page_views for one in seen.measures], confidence=seen.confidence)
    return PageViewFigures(
        total=views.total,
        median=views.median.value,
        reasons=why(median=(views.median.value, views.median.reason)),
    )


def _page_load(seen: _Seen) -> PageLoadFigures:
    speed = metrics.page_speed(
        PAGE_LOAD, [load.load_s for one in seen.measures for load in one.page_loads if load.load_s is not None]
    )
    return PageLoadFigures(
        metric=speed.metric,
        n=speed.n,
        median=speed.median,
        p75=speed.p75,
        reasons=why(median=(speed.median, speed.reason), p75=(speed.p75, speed.reason)),
    )


def _lostness(seen: _Seen) -> MeanFigures | None:
    if seen.task.optimal is None or seen.task.optimal.pages is None:
        return None
    return _mean(metrics.mean_lostness([one.lostness for one in seen.of_successes], confidence=seen.confidence))


def _path_deviation(seen: _Seen) -> PathFigures | None:
    if seen.task.optimal is None or seen.task.optimal.pages is None:
        return None
    steps = [one.steps for one in seen.of_successes]
    ratio = metrics.median_path_deviation(steps, seen.task.optimal.pages, confidence=seen.confidence)
    return PathFigures(n=ratio.n, median=ratio.value, reasons=why(median=(ratio.value, ratio.reason)))


def _efficiency(seen: _Seen) -> EfficiencyFigures:
    timed = [
        TimedAttempt(one.row.participant_id, seen.task.key, one.row.outcome == Outcome.SUCCESS, one.time_s)
        for one in seen.counted
        if one.time_s is not None and one.time_s > 0
    ]
    goals = metrics.time_based_efficiency(timed)
    overall = metrics.overall_relative_efficiency(timed)
    expert_s = seen.task.expert_time_s
    expert = metrics.expert_relative_efficiency(timed, expert_s) if expert_s is not None else None
    by_expert = expert.value if expert else None
    return EfficiencyFigures(
        time_based=goals.value,
        overall_relative=overall.value,
        expert_relative=by_expert,
        reasons=why(
            time_based=(goals.value, goals.reason),
            overall_relative=(overall.value, overall.reason),
            expert_relative=(by_expert, expert.reason if expert else _NO_EXPERT),
        ),
    )


def _search(seen: _Seen) -> SearchFigures | None:
    if not seen.task.search:
        return None
    share = metrics.search_to_navigation([one.searched for one in seen.measures], confidence=seen.confidence)
    return SearchFigures(
        n=share.n,
        searched=share.searched,
        navigated=share.navigated,
        ratio=share.value,
        reasons=why(ratio=(share.value, share.reason)),
    )


def _first_click(seen: _Seen) -> FirstClickFigures | None:
    if not seen.task.first_click:
        return None
    share = metrics.first_click_success([one.first_click for one in seen.measures], confidence=seen.confidence)
    ci = limits(share.interval)
    return FirstClickFigures(
        n=share.n,
        correct=share.count,
        rate=share.value,
        ci=ci,
        reasons=why(rate=(share.value, share.reason), ci=(ci, share.reason)),
    )


def _seq(seen: _Seen) -> MeanFigures | None:
    if "seq" not in seen.task.questions:
        return None
    return _mean(metrics.seq_summary(_ease_of(seen.counted), confidence=seen.confidence))


def _mean(estimate: metrics.Estimate) -> MeanFigures:
    ci = limits(estimate.interval)
    return MeanFigures(
        n=estimate.n,
        mean=estimate.value,
        ci=ci,
        reasons=why(mean=(estimate.value, estimate.reason), ci=(ci, estimate.reason)),
    )


def _ease_of(attempts: Iterable[AttemptView]) -> list[int]:
    return [one.ease for one in attempts if one.ease is not None]


def _sum(seen: _Seen) -> SumFigures:
    successes = [one for one in seen.counted if one.row.outcome == Outcome.SUCCESS and (one.time_s or 0) > 0]
    times = [one.time_s for one in successes]
    spec_s = seen.task.max_time_s or metrics.sum_time_spec(times, [one.ease for one in successes])
    opportunities = seen.task.error_opportunities
    found = metrics.sum_task(
        seen.outcomes[Outcome.SUCCESS],
        seen.n,
        times,
        _ease_of(seen.counted),
        time_spec_s=spec_s,
        errors=None if opportunities is None else sum(one.user_errors for one in seen.counted),
        error_opportunities=opportunities,
        confidence=seen.confidence,
    )
    parts = SumParts(completion=found.completion, satisfaction=found.satisfaction, time=found.time, errors=found.errors)
    return SumFigures(
        value=found.value,
        form=found.form,
        parts=parts,
        reasons=why(value=(found.value, found.reason)) | _parts_missing(parts, found),
    )


def _parts_missing(parts: SumParts, found: metrics.SumTask) -> dict[str, str]:
    said = dict(one.split(": ", 1) for one in (found.reason or "").split("; ") if ": " in one)
    return {
        f"parts.{name}": reason
        for name, reason in why(
            completion=(parts.completion, said.get("completion", _NO_ATTEMPTS)),
            satisfaction=(parts.satisfaction, said.get("satisfaction")),
            time=(parts.time, said.get("time")),
            errors=(parts.errors, said.get("errors", _NO_OPPORTUNITIES)),
        ).items()
    }
