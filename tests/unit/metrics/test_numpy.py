"""Numbers from numpy go in; plain numbers come out, fit for JSON and for comparing with `is`."""

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest

from usabtest import metrics

INT, FLOAT = np.int64, np.float64
TIMES = np.array([55, 65, 75, 62, 45, 135])
FORM = np.array([5, 1, 4, 2, 5, 1, 4, 2, 5, 1])

CALLS = {
    "completion_rate": lambda: metrics.completion_rate(INT(4), INT(5)),
    "wilson": lambda: metrics.completion_rate(INT(4), INT(5), method="wilson"),
    "clopper_pearson": lambda: metrics.completion_rate(INT(4), INT(5), method="clopper_pearson"),
    "completion_by_outcome": lambda: metrics.completion_by_outcome({"success": INT(4), "failure": INT(1)}),
    "completion_estimate": lambda: metrics.completion_estimate(INT(4), INT(5)),
    "success_levels_score": lambda: metrics.success_levels_score(INT(4), INT(1), INT(6)),
    "abandonment_rate": lambda: metrics.abandonment_rate(INT(1), INT(1), INT(6)),
    "time_on_task": lambda: metrics.time_on_task(TIMES),
    "kaplan_meier_median": lambda: metrics.kaplan_meier_median(TIMES, TIMES < 100),
    "click_summary": lambda: metrics.click_summary(TIMES),
    "idle_gaps": lambda: metrics.idle_gaps(np.sort(TIMES), over_s=5),
    "errors_per_attempt": lambda: metrics.errors_per_attempt(np.array([0, 1, 2])),
    "overdispersed": lambda: metrics.errors_per_attempt(np.array([0, 0, 9])),
    "error_rate": lambda: metrics.error_rate(INT(3), INT(4), INT(5)),
    "error_totals": lambda: metrics.error_totals({"form": INT(2)}, {"rage_click": INT(1)}, ["form"]),
    "lostness": lambda: metrics.lostness(INT(8), INT(6), INT(3)),
    "path_deviation": lambda: metrics.path_deviation(INT(8), INT(3)),
    "median_path_deviation": lambda: metrics.median_path_deviation(TIMES, INT(40)),
    "task_efficiency": lambda: metrics.task_efficiency(TIMES < 100, TIMES, expert_time_s=FLOAT(30)),
    "first_click_success": lambda: metrics.first_click_success(np.array([True, False])),
    "search_to_navigation": lambda: metrics.search_to_navigation(np.array([True, False])),
    "page_speed": lambda: metrics.page_speed("LCP", TIMES),
    "sus_score": lambda: metrics.sus_score(FORM),
    "sus_subscales": lambda: metrics.sus_subscales(FORM),
    "sus_summary": lambda: metrics.sus_summary(TIMES / 2),
    "sus_bootstrap": lambda: metrics.sus_summary(TIMES / 2, method="bca_bootstrap"),
    "sus_alpha": lambda: metrics.sus_alpha([FORM, 6 - FORM, np.full(10, 3)]),
    "nps": lambda: metrics.nps(np.array([9, 7, 3])),
    "nps_from_counts": lambda: metrics.nps_from_counts(INT(4), INT(4), INT(2)),
    "csat": lambda: metrics.csat(np.array([5, 3])),
    "ces": lambda: metrics.ces(np.array([5, 3])),
    "umux_lite_summary": lambda: metrics.umux_lite_summary(TIMES / 2),
    "sum_task": lambda: metrics.sum_task(INT(6), INT(7), TIMES, TIMES / 20, time_spec_s=FLOAT(90)),
    "sum_with_errors": lambda: metrics.sum_task(
        INT(6), INT(7), TIMES, TIMES / 20, time_spec_s=90, errors=INT(2), error_opportunities=INT(4)
    ),
    "problem_discovery": lambda: metrics.problem_discovery(np.array([1, 2]), INT(5)),
    "proportion_sample_size": lambda: metrics.proportion_sample_size(FLOAT(0.1)),
    "mean_sample_size": lambda: metrics.mean_sample_size(FLOAT(10), FLOAT(20)),
    "completion_benchmark": lambda: metrics.completion_benchmark(INT(4), INT(5), FLOAT(0.8)),
    "mcnemar": lambda: metrics.mcnemar(INT(7), INT(6), INT(1), INT(1)),
    "paired_difference": lambda: metrics.paired_proportion_difference(INT(7), INT(6), INT(1), INT(1)),
    "two_proportions_test": lambda: metrics.two_proportions_test(INT(10), INT(12), INT(4), INT(13)),
    "proportion_difference": lambda: metrics.proportion_difference(INT(10), INT(12), INT(4), INT(13)),
    "newcombe": lambda: metrics.proportion_difference(INT(10), INT(12), INT(4), INT(13), method="newcombe"),
    "compare_means": lambda: metrics.compare_means(TIMES, TIMES * 2),
    "compare_ratio": lambda: metrics.compare_means(TIMES, TIMES**1.1, design="within", scale="log"),
    "compare_means_summary": lambda: metrics.compare_means_summary(
        FLOAT(51.6), FLOAT(4.07), INT(11), FLOAT(49.6), FLOAT(4.63), INT(12)
    ),
    "compare_nps": lambda: metrics.compare_nps(metrics.nps(np.array([9, 7])), metrics.nps(np.array([3, 7]))),
    "time_benchmark": lambda: metrics.time_benchmark(TIMES, FLOAT(60)),
    "score_benchmark": lambda: metrics.score_benchmark(FLOAT(80), FLOAT(23), INT(172), FLOAT(67)),
    "holm": lambda: metrics.holm(np.array([0.01, 0.04])),
    "cohen_d": lambda: metrics.cohen_d(TIMES, TIMES * 2),
    "cohen_h": lambda: metrics.cohen_h(FLOAT(0.5), FLOAT(0.4)),
    "rage_clicks": lambda: metrics.rage_clicks(np.array([(0, 1, 1), (5, 1, 1), (9, 1, 1)])),
    "error_clicks": lambda: metrics.error_clicks(np.array([0, 9]), np.array([4])),
    "percentile": lambda: metrics.percentile(TIMES, 75),
    "poisson_rate": lambda: metrics.poisson_rate(INT(4), FLOAT(6)),
    "sus_grade": lambda: metrics.sus_percentile(FLOAT(73.5), method="normal"),
    "sus_to_ltr": lambda: metrics.sus_to_ltr(FLOAT(73.5)),
    "z_to_percent": lambda: metrics.z_to_percent(FLOAT(630), FLOAT(469), FLOAT(119)),
}


def leaves(found: object) -> Iterator[object]:
    if dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            yield from leaves(getattr(found, field.name))
    elif isinstance(found, tuple):
        for part in found:
            yield from leaves(part)
    else:
        yield found


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_plain_numbers_come_out(call):
    assert not [type(leaf) for leaf in leaves(call()) if isinstance(leaf, np.generic)]
