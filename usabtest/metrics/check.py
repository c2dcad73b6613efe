"""Puts a file of golden cases through the metrics: `python -m usabtest.metrics check FILE.json`.

A file is a list of cases: `id`, `metric`, `input`, `expected`, `tolerance` (absolute, for every listed key), `source`.
Only the keys of `expected` are compared, and null must meet null.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from usabtest.metrics import comparison, discovery, errors, intervals, navigation, rating, success, time
from usabtest.metrics import sum as sum_metric
from usabtest.metrics.intervals import Interval

Found: TypeAlias = Mapping[str, object]
Runner: TypeAlias = Callable[..., Found]


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that did not come out as expected."""

    case_id: str
    metric: str
    problem: str

    def __str__(self) -> str:
        return f"{self.case_id} {self.metric}: {self.problem}"


def check_cases(cases: Iterable[Mapping[str, Any]]) -> list[Miss]:
    """Every case that does not come out within its tolerance, in the order of the file."""
    return [miss for case in cases if (miss := check_case(case)) is not None]


def check_case(case: Mapping[str, Any]) -> Miss | None:
    """What is wrong with one case, or None."""
    case_id, metric = str(case.get("id", "?")), str(case.get("metric"))
    if metric not in RUNNERS:
        return Miss(case_id, metric, "unknown metric")
    try:
        found = RUNNERS[metric](**case["input"])
    except (KeyError, TypeError, ValueError) as error:
        return Miss(case_id, metric, f"{type(error).__name__}: {error}")
    wrong = [
        f"{key}: expected {wanted!r}, found {found.get(key)!r}"
        for key, wanted in case["expected"].items()
        if key not in found or not agrees(wanted, found[key], case.get("tolerance", 0))
    ]
    return Miss(case_id, metric, "; ".join(wrong)) if wrong else None


def agrees(wanted: object, found: object, tolerance: float) -> bool:
    """Whether two values agree: numbers within the tolerance, lists place by place, everything else exactly."""
    if wanted is None or found is None:
        return wanted is None and found is None
    if isinstance(wanted, list | tuple):
        return (
            isinstance(found, list | tuple)
            and len(found) == len(wanted)
            and all(agrees(one, other, tolerance) for one, other in zip(wanted, found, strict=True))
        )
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        # The case's own decimals carry rounding: 1e-12 of the number is granted on top.
        return math.isfinite(found) and abs(wanted - found) <= tolerance + 1e-12 * max(1.0, abs(wanted))
    return wanted == found


def _limits(interval: Interval | None) -> dict[str, object]:
    return {"lower": interval and interval.low, "upper": interval and interval.high}


def _completion_rate_ci(successes: int, n: int, **options: Any) -> Found:
    return _limits(success.completion_rate(successes, n, **options).interval)


def _completion_rate_point(successes: int, n: int, **options: Any) -> Found:
    return {"estimate": success.completion_estimate(successes, n, **options).value}


def _success_levels_score(counts: Mapping[str, int], **options: Any) -> Found:
    full, partial = counts.get("complete", 0), counts.get("partial", 0)
    n = full + partial + counts.get("fail", 0)
    return {"score": success.success_levels_score(full, partial, n, **options).value}


def _completion_benchmark(successes: int, n: int, benchmark: float, **options: Any) -> Found:
    return {"p_value": comparison.completion_benchmark(successes, n, benchmark, **options).p_value}


def _mcnemar(both_pass: int, only_a: int, only_b: int, both_fail: int, **options: Any) -> Found:
    return {"p_value": comparison.mcnemar(both_pass, only_a, only_b, both_fail, **options).p_value}


def _paired_proportion_diff_ci(
    both_pass: int, only_a: int, only_b: int, both_fail: int, *, method: str = "adjusted_wald", **options: Any
) -> Found:
    intervals.check_choice("method", method, ("adjusted_wald",))
    change = comparison.paired_proportion_difference(both_pass, only_a, only_b, both_fail, **options)
    return {"difference": change.value, **_limits(change.interval)}


def _two_proportions_test(successes_a: int, n_a: int, successes_b: int, n_b: int, **options: Any) -> Found:
    test = comparison.two_proportions_test(successes_a, n_a, successes_b, n_b, **options)
    return {"z": test.statistic, "p_value": test.p_value}


def _proportion_diff_ci(successes_a: int, n_a: int, successes_b: int, n_b: int, **options: Any) -> Found:
    change = comparison.proportion_difference(successes_a, n_a, successes_b, n_b, **options)
    return {"difference": change.value, **_limits(change.interval)}


def _time_geometric_mean_ci(times: list[float], **options: Any) -> Found:
    typical = time.geometric_mean(times, **options)
    return {"geometric_mean": typical.value, **_limits(typical.interval)}


def _time_summary(times: list[float]) -> Found:
    summary = time.time_on_task(times)
    return {"mean": summary.mean, "median": summary.median.value, "sd": summary.sd}


def _time_median_ci(times: list[float], **options: Any) -> Found:
    middle = time.time_on_task(times, **options).median
    return {"median": middle.value, **_limits(middle.interval)}


def _time_benchmark(times: list[float], benchmark: float) -> Found:
    test = comparison.time_benchmark(times, benchmark)
    return {"t": test.statistic, "df": test.df, "p_value": test.p_value}


def _time_censored_median(durations: list[float], completed: list[int]) -> Found:
    return {"median": time.kaplan_meier_median(durations, completed).value}


def _mean_compare(a: list[float], b: list[float], **options: Any) -> Found:
    return _comparison(comparison.compare_means(a, b, **options))


def _mean_compare_summary(**summaries: Any) -> Found:
    return _comparison(comparison.compare_means_summary(**summaries))


def _comparison(compared: comparison.MeanComparison) -> Found:
    name = "difference" if compared.scale == "raw" else "ratio"
    return {
        "t": compared.t,
        "df": compared.df,
        "p_value": compared.p_value,
        name: compared.value,
        **_limits(compared.interval),
    }


def _score_benchmark(mean: float, sd: float | None, n: int, benchmark: float) -> Found:
    test = comparison.score_benchmark(mean, sd, n, benchmark)
    return {"t": test.statistic, "df": test.df, "p_value": test.p_value}


def _error_rate(*, opportunities_per_attempt: int, attempts: int, **counted: int) -> Found:
    return {"rate": errors.error_rate(counted["errors"], opportunities_per_attempt, attempts).value}


def _poisson_rate_ci(events: int, exposure: float, *, method: str = "exact", **options: Any) -> Found:
    intervals.check_choice("method", method, ("exact",))
    rate = intervals.poisson_rate(events, exposure, **options)
    return {"rate": rate.value, **_limits(rate.interval)}


def _lostness(pages_total: int, pages_unique: int, pages_minimum: int) -> Found:
    return {"lostness": navigation.lostness(pages_total, pages_unique, pages_minimum).value}


def _timed(attempts: list[Mapping[str, Any]]) -> list[navigation.TimedAttempt]:
    return [
        navigation.TimedAttempt(one.get("user"), one.get("task"), bool(one["success"]), one["time"]) for one in attempts
    ]


def _time_based_efficiency(
    attempts: list[Mapping[str, Any]], n_users: int | None = None, n_tasks: int | None = None
) -> Found:
    efficiency = navigation.time_based_efficiency(_timed(attempts), n_participants=n_users, n_tasks=n_tasks)
    return {"value": efficiency.value}


def _overall_relative_efficiency(attempts: list[Mapping[str, Any]]) -> Found:
    return {"value": navigation.overall_relative_efficiency(_timed(attempts)).value}


def _web_vital_rating(name: str, value: float) -> Found:
    return {"rating": navigation.web_vital_rating(name, value)}


def _sus_score(responses: list[int | None], **options: Any) -> Found:
    return {"score": rating.sus_score(responses, **options).value}


def _sus_summary(
    responses: list[list[int | None]] | None = None, scores: list[float | None] | None = None, **options: Any
) -> Found:
    if scores is None:
        scores = [rating.sus_score(form).value for form in responses or []]
    summary = rating.sus_summary(scores, **options)
    return {"n": summary.n, "mean": summary.value, "sd": summary.sd, **_limits(summary.interval)}


def _sus_subscales(responses: list[int | None]) -> Found:
    scales = rating.sus_subscales(responses)
    return {"usability": scales.usability, "learnability": scales.learnability}


def _cronbach_alpha_sus(responses: list[list[int | None]]) -> Found:
    return {"alpha": rating.sus_alpha(responses).value}


def _sus_grade(score: float, method: str = "sauro_lewis_curved") -> Found:
    intervals.check_choice("method", method, ("sauro_lewis_curved",))
    return {"grade": rating.sus_grade(score)}


def _sus_percentile(score: float, **options: Any) -> Found:
    return {"percentile": rating.sus_percentile(score, **options)}


def _sus_adjective(score: float, **options: Any) -> Found:
    return {"adjective": rating.sus_adjective(score, **options)}


def _sus_acceptability(score: float, **options: Any) -> Found:
    return {"range": rating.sus_acceptability(score, **options)}


def _sus_to_ltr(sus: float, **options: Any) -> Found:
    return {"ltr": rating.sus_to_ltr(sus, **options)}


def _umux(responses: list[int | None]) -> Found:
    return {"score": rating.umux_score(responses).value}


def _umux_lite(item1: int | None, item2: int | None) -> Found:
    answer = rating.umux_lite_score(item1, item2)
    return {"score": answer.value, "sus_estimate": answer.sus_estimate}


def _nps(ratings: list[int | None] | None = None, **counts: int) -> Found:
    return {"nps": (rating.nps(ratings) if ratings is not None else rating.nps_from_counts(**counts)).value}


def _nps_ci(*, method: str = "adjusted_wald", **counts: Any) -> Found:
    intervals.check_choice("method", method, ("adjusted_wald",))
    return _limits(rating.nps_from_counts(**counts).interval)


def _csat_top2(ratings: list[int | None], **options: Any) -> Found:
    share = rating.csat(ratings, **options).value
    return {"csat": None if share is None else 100 * share}


def _nasa_tlx_raw(**scales: float | None) -> Found:
    return {"score": rating.nasa_tlx(**scales).value}


def _rating_mean_ci(ratings: list[float | None], **options: Any) -> Found:
    average = intervals.mean(ratings, **options)
    return {"mean": average.value, **_limits(average.interval)}


def _sum_task(
    *,
    successes: int,
    n: int,
    times_success: list[float],
    ratings: list[float | None],
    time_spec: float | None = None,
    rating_spec: float = sum_metric.SEQ_SPEC,
    **options: Any,
) -> Found:
    if time_spec is None and len(times_success) == len(ratings):
        satisfied_from = 4 if rating_spec == sum_metric.FIVE_POINT_SPEC else 5
        time_spec = sum_metric.sum_time_spec(times_success, ratings, satisfied_from=satisfied_from)
    task = sum_metric.sum_task(
        successes, n, times_success, ratings, time_spec_s=time_spec, rating_spec=rating_spec, **options
    )
    return {
        "completion": task.completion,
        "satisfaction": task.satisfaction,
        "time": task.time,
        "errors": task.errors,
        "sum": task.value,
    }


def _z_to_percent(value: float, mean: float, sd: float) -> Found:
    place = rating.z_to_percent(value, mean, sd)
    return {"z": place.z, "percent": place.percent}


def _problem_discovery(p: float, n: int) -> Found:
    return {"probability": discovery.discovery_probability(p, n)}


def _discovery_sample_size(p: float, goal: float) -> Found:
    return {"n": discovery.discovery_sample_size(p, goal)}


def _discovery_adjusted_p(problem_counts: list[int], n_participants: int) -> Found:
    found = discovery.problem_discovery(problem_counts, n_participants)
    return {"p_estimated": found.p_estimated, "p_adjusted": found.value}


def _proportion_sample_size(margin: float, **options: Any) -> Found:
    return {"n": discovery.proportion_sample_size(margin, **options)}


def _holm(p_values: list[float | None]) -> Found:
    return {"adjusted": comparison.holm(p_values)}


def _cohen_h(p1: float, p2: float) -> Found:
    return {"h": comparison.cohen_h(p1, p2)}


def _cohen_d(a: list[float], b: list[float]) -> Found:
    effect = comparison.cohen_d(a, b)
    return {"d": effect.value, "g": effect.g}


RUNNERS: Mapping[str, Runner] = {
    "completion_rate_ci": _completion_rate_ci,
    "completion_rate_point": _completion_rate_point,
    "success_levels_score": _success_levels_score,
    "completion_benchmark": _completion_benchmark,
    "mcnemar": _mcnemar,
    "paired_proportion_diff_ci": _paired_proportion_diff_ci,
    "two_proportions_test": _two_proportions_test,
    "proportion_diff_ci": _proportion_diff_ci,
    "time_geometric_mean_ci": _time_geometric_mean_ci,
    "time_summary": _time_summary,
    "time_median_ci": _time_median_ci,
    "time_benchmark": _time_benchmark,
    "time_censored_median": _time_censored_median,
    "mean_compare": _mean_compare,
    "mean_compare_summary": _mean_compare_summary,
    "score_benchmark": _score_benchmark,
    "error_rate": _error_rate,
    "poisson_rate_ci": _poisson_rate_ci,
    "lostness": _lostness,
    "time_based_efficiency": _time_based_efficiency,
    "overall_relative_efficiency": _overall_relative_efficiency,
    "web_vital_rating": _web_vital_rating,
    "sus_score": _sus_score,
    "sus_summary": _sus_summary,
    "sus_subscales": _sus_subscales,
    "cronbach_alpha_sus": _cronbach_alpha_sus,
    "sus_grade": _sus_grade,
    "sus_percentile": _sus_percentile,
    "sus_adjective": _sus_adjective,
    "sus_acceptability": _sus_acceptability,
    "sus_to_ltr": _sus_to_ltr,
    "umux": _umux,
    "umux_lite": _umux_lite,
    "nps": _nps,
    "nps_ci": _nps_ci,
    "csat_top2": _csat_top2,
    "nasa_tlx_raw": _nasa_tlx_raw,
    "rating_mean_ci": _rating_mean_ci,
    "sum_task": _sum_task,
    "z_to_percent": _z_to_percent,
    "problem_discovery": _problem_discovery,
    "discovery_sample_size": _discovery_sample_size,
    "discovery_adjusted_p": _discovery_adjusted_p,
    "proportion_sample_size": _proportion_sample_size,
    "holm": _holm,
    "cohen_h": _cohen_h,
    "cohen_d": _cohen_d,
}
