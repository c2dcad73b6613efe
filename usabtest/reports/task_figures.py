"""The figures of one task, from its attempts and the answers after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from usabtest import metrics
from usabtest.measurement.columns import NONE, AttemptColumns
from usabtest.metrics import ErrorKind, ErrorsPerAttempt, Outcome, Proportion, Signal
from usabtest.reports.answers import Answered
from usabtest.reports.figures import (
    AbandonmentFigures,
    AgreementFigures,
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
from usabtest.reports.rows import PersonRow, ReadWhole
from usabtest.reports.seen import Seen
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
    attempts: AttemptColumns,
    answers: Answered,
    *,
    count_errors: Iterable[str],
    confidence: float,
    people: Sequence[PersonRow],
    whole: ReadWhole,
) -> TaskReport:
    """Make all figures of a task; `attempts` are those of the people who count, running ones included.

    `whole` reads a task's attempts one by one, for a page that lists them.
    """
    seen = Seen(task, attempts, answers, tuple(map(str, count_errors)), confidence, people, whole)
    lostness, deviation = _lostness(seen), _path_deviation(seen)
    search, first_click, seq = _search(seen), _first_click(seen), _seq(seen)
    return TaskReport(
        key=task.key,
        title=task.title,
        attempts=sum(seen.outcomes.values()),
        in_progress=int(np.count_nonzero(attempts.outcome == NONE)),
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
        seen=seen,
    )


def _agreement(seen: Seen) -> AgreementFigures:
    found = metrics.agreement_of_cases(seen.verdicts())
    return AgreementFigures(
        rule_and_participant=found.rule_and_participant,
        thinks_done_but_is_not=found.thinks_done_but_is_not,
        done_without_noticing=found.done_without_noticing,
        judged=found.judged,
    )


def _success(seen: Seen) -> SuccessFigures:
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


def _time(seen: Seen) -> TimeFigures:
    times = metrics.time_on_task(
        seen.time_s[seen.successes & seen.measured],
        confidence=seen.confidence,
        expert_time_s=seen.task.expert_time_s,
    )
    timed = seen.timed & (seen.ended_with(Outcome.SUCCESS) | seen.ended_with(Outcome.TIMED_OUT))
    survival = metrics.kaplan_meier_median(seen.time_s[timed], seen.successes[timed])
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


def _errors(seen: Seen) -> ErrorFigures:
    user, system = (
        metrics.errors_per_attempt(errors[seen.measured], confidence=seen.confidence)
        for errors in (seen.user_errors, seen.system_errors)
    )
    share = metrics.attempts_with_errors(
        (seen.user_errors + seen.system_errors)[seen.measured], confidence=seen.confidence
    )
    opportunities = seen.task.error_opportunities
    rate = metrics.error_rate(user.total, opportunities, user.n) if opportunities is not None else None
    per_opportunity = rate.value if rate else None
    return ErrorFigures(
        user=_family(user),
        system=_family(system),
        attempts_with_errors=_share(share),
        per_opportunity=per_opportunity,
        by_kind=_added_up(ErrorKind, seen.numbers["errors"][seen.measured]),
        signals=_added_up(Signal, seen.numbers["signals"][seen.measured]),
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


def _added_up(kinds: Iterable[str], counts: NDArray[Any]) -> dict[str, int]:
    """How often each kind occurred over all attempts, a row each."""
    return dict(zip(map(str, kinds), counts.sum(axis=0, dtype=np.int64).tolist(), strict=True))


def _abandonment(seen: Seen) -> AbandonmentFigures:
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


def _clicks(seen: Seen) -> ClickFigures:
    clicks = metrics.click_summary(seen.value("clicks")[seen.measured], confidence=seen.confidence)
    done = metrics.click_summary(
        seen.value("clicks")[seen.successes & seen.measured], confidence=seen.confidence, none="no success"
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


def _page_views(seen: Seen) -> PageViewFigures:
    views = metrics.click_summary(seen.value("page_views")[seen.measured], confidence=seen.confidence)
    return PageViewFigures(
        total=views.total,
        median=views.median.value,
        reasons=why(median=(views.median.value, views.median.reason)),
    )


def _page_load(seen: Seen) -> PageLoadFigures:
    speed = metrics.page_speed(PAGE_LOAD, seen.attempts.measures.loads_of(seen.measured))
    return PageLoadFigures(
        metric=speed.metric,
        n=speed.n,
        median=speed.median,
        p75=speed.p75,
        reasons=why(median=(speed.median, speed.reason), p75=(speed.p75, speed.reason)),
    )


def _lostness(seen: Seen) -> MeanFigures | None:
    if seen.task.optimal is None or seen.task.optimal.pages is None:
        return None
    lostness = seen.value("lostness")[seen.successes & seen.measured]
    return _mean(metrics.mean_lostness(lostness, confidence=seen.confidence))


def _path_deviation(seen: Seen) -> PathFigures | None:
    if seen.task.optimal is None or seen.task.optimal.pages is None:
        return None
    steps = seen.value("steps")[seen.successes & seen.measured]
    ratio = metrics.median_path_deviation(steps, seen.task.optimal.pages, confidence=seen.confidence)
    return PathFigures(n=ratio.n, median=ratio.value, reasons=why(median=(ratio.value, ratio.reason)))


def _efficiency(seen: Seen) -> EfficiencyFigures:
    expert_s = seen.task.expert_time_s
    found = metrics.task_efficiency(seen.successes[seen.timed], seen.time_s[seen.timed], expert_time_s=expert_s)
    none = None if found.n else _NO_ATTEMPTS
    return EfficiencyFigures(
        time_based=found.time_based,
        overall_relative=found.overall_relative,
        expert_relative=found.expert_relative,
        reasons=why(
            time_based=(found.time_based, none),
            overall_relative=(found.overall_relative, none),
            expert_relative=(found.expert_relative, none if expert_s is not None else _NO_EXPERT),
        ),
    )


def _search(seen: Seen) -> SearchFigures | None:
    if not seen.task.search:
        return None
    share = metrics.search_to_navigation(seen.yes_or_no("searched")[seen.measured], confidence=seen.confidence)
    return SearchFigures(
        n=share.n,
        searched=share.searched,
        navigated=share.navigated,
        ratio=share.value,
        reasons=why(ratio=(share.value, share.reason)),
    )


def _first_click(seen: Seen) -> FirstClickFigures | None:
    if not seen.task.first_click:
        return None
    share = metrics.first_click_success(seen.yes_or_no("first_click")[seen.measured], confidence=seen.confidence)
    ci = limits(share.interval)
    return FirstClickFigures(
        n=share.n,
        correct=share.count,
        rate=share.value,
        ci=ci,
        reasons=why(rate=(share.value, share.reason), ci=(ci, share.reason)),
    )


def _seq(seen: Seen) -> MeanFigures | None:
    if "seq" not in seen.task.questions:
        return None
    return _mean(metrics.seq_summary(seen.ease_given, confidence=seen.confidence))


def _mean(estimate: metrics.Estimate) -> MeanFigures:
    ci = limits(estimate.interval)
    return MeanFigures(
        n=estimate.n,
        mean=estimate.value,
        ci=ci,
        reasons=why(mean=(estimate.value, estimate.reason), ci=(ci, estimate.reason)),
    )


def _sum(seen: Seen) -> SumFigures:
    timed = seen.timed & seen.successes
    times = seen.time_s[timed]
    spec_s = seen.task.max_time_s or metrics.sum_time_spec(times, seen.ease[timed])
    opportunities = seen.task.error_opportunities
    found = metrics.sum_task(
        seen.outcomes[Outcome.SUCCESS],
        seen.n,
        times,
        seen.ease_given,
        time_spec_s=spec_s,
        errors=None if opportunities is None else int(seen.user_errors[seen.counted].sum()),
        error_opportunities=opportunities,
        confidence=seen.confidence,
    )
    return SumFigures(
        value=found.value,
        form=found.form,
        parts=_sum_parts(found),
        reasons=why(value=(found.value, found.reason)),
    )


def _sum_parts(found: metrics.SumTask) -> SumParts:
    said = dict(one.split(": ", 1) for one in (found.reason or "").split("; ") if ": " in one)
    return SumParts(
        completion=found.completion,
        satisfaction=found.satisfaction,
        time=found.time,
        errors=found.errors,
        reasons=why(
            completion=(found.completion, said.get("completion", _NO_ATTEMPTS)),
            satisfaction=(found.satisfaction, said.get("satisfaction")),
            time=(found.time, said.get("time")),
            errors=(found.errors, said.get("errors", _NO_OPPORTUNITIES)),
        ),
    )
