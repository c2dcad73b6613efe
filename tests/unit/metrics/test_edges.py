"""The edge-case table of the metric reference: no data, one value, all alike, none, gaps."""

import math

import pytest

from usabtest.metrics import (
    Flag,
    Outcome,
    abandonment_rate,
    attempts_with_errors,
    cohen_d,
    compare_means,
    compare_nps,
    compare_rates,
    compare_values,
    completion_benchmark,
    completion_by_outcome,
    completion_estimate,
    completion_rate,
    count_outcomes,
    csat,
    error_rate,
    errors_per_attempt,
    expert_relative_efficiency,
    first_click_success,
    geometric_mean,
    kaplan_meier_median,
    lostness,
    mcnemar,
    mean,
    mean_lostness,
    median,
    nps,
    overall_relative_efficiency,
    page_speed,
    paired_proportion_difference,
    poisson_rate,
    problem_discovery,
    proportion_difference,
    score_benchmark,
    search_to_navigation,
    seq_summary,
    success_levels_score,
    sum_task,
    sus_alpha,
    sus_score,
    sus_summary,
    time_based_efficiency,
    time_benchmark,
    time_on_task,
    two_proportions_test,
    umux_lite_summary,
)

METHODS = ["adjusted_wald", "clopper_pearson", "wilson", "jeffreys"]


# No observations: nothing is known, and the figure says why.


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (completion_rate(0, 0), "no attempts"),
        (completion_by_outcome({"invalid": 3, "skipped": 1}), "no attempts"),
        (completion_estimate(0, 0), "no attempts"),
        (success_levels_score(0, 0, 0), "no attempts"),
        (success_levels_score(0, 0, 0, method="bca_bootstrap"), "no attempts"),
        (abandonment_rate(0, 0, 0), "no attempts"),
        (errors_per_attempt([]), "no attempts"),
        (error_rate(0, 4, 0), "no attempts"),
        (error_rate(0, 0, 4), "no opportunities"),
        (error_rate(0, 0, 4, at_most_once=True), "no opportunities"),
        (attempts_with_errors([]), "no attempts"),
        (poisson_rate(0, 0), "no attempts"),
        (geometric_mean([]), "no success"),
        (time_on_task([]).headline, "no success"),
        (time_on_task([]).median, "no success"),
        (kaplan_meier_median([], []), "no attempts"),
        (mean([]), "no values"),
        (median([]), "no values"),
        (mean_lostness([]), "no success"),
        (time_based_efficiency([]), "no attempts"),
        (overall_relative_efficiency([]), "no attempts"),
        (expert_relative_efficiency([], 40), "no attempts"),
        (search_to_navigation([]), "no attempt with an action"),
        (search_to_navigation([None]), "no attempt with an action"),
        (first_click_success([]), "no attempt with a click"),
        (sus_summary([]), "no answers"),
        (seq_summary([]), "no answers"),
        (umux_lite_summary([]).score, "no answers"),
        (nps([]), "no answers"),
        (csat([]), "no answers"),
        (sus_alpha([]), "fewer than 3 forms"),
        (paired_proportion_difference(0, 0, 0, 0), "no participants"),
        (proportion_difference(0, 0, 3, 4), "no attempts in a group"),
        (compare_means([], [1.0, 2.0]), "no values in a group"),
        (compare_means([], [], design="within"), "no pairs"),
        (compare_values({}, {}), "no pairs"),
        (compare_nps(nps([]), nps([9])), "no answers in a group"),
        (cohen_d([], [1, 2]), "fewer than 2 values in a group"),
        (problem_discovery([], 0), "no participants"),
        (problem_discovery([], 5), "no problems"),
    ],
)
def test_nothing_gives_null_and_a_reason(figure, reason):
    assert figure.value is None
    assert getattr(figure, "interval", None) is None
    assert figure.reason == reason


@pytest.mark.parametrize(
    "test",
    [
        completion_benchmark(0, 0, 0.8),
        mcnemar(0, 0, 0, 0),
        two_proportions_test(0, 0, 3, 4),
        two_proportions_test(3, 4, 0, 0, method="fisher"),
        time_benchmark([], 60),
        score_benchmark(0, None, 0, 68),
        compare_means([], [], design="within"),
        compare_means([], []),
        compare_rates({}, {}).test,
    ],
)
def test_a_test_without_data_is_null(test):
    assert test.p_value is None
    assert test.reason


def test_sum_without_attempts_is_null():
    task = sum_task(0, 0, [], [], time_spec_s=90)

    assert (task.value, task.interval, task.completion) == (None, None, None)
    assert (
        task.reason
        == "completion: no attempts; satisfaction: fewer than 2 ratings; time: fewer than 2 successful times"
    )


def test_page_speed_without_loads_is_null():
    assert page_speed("LCP", []).reason == "no page loads"


# One observation: a value; an interval only where the method has one.


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("successes", [0, 1])
def test_one_attempt_has_the_interval_of_the_method(method, successes):
    rate = completion_rate(successes, 1, method=method)

    assert rate.value == successes
    assert rate.interval.low <= rate.value <= rate.interval.high
    assert rate.interval.high - rate.interval.low < 1


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (geometric_mean([42.0]), 42.0),
        (time_on_task([42.0]).headline, 42.0),
        (time_on_task([42.0]).median, 42.0),
        (mean([5]), 5.0),
        (median([5]), 5.0),
        (sus_summary([72.5]), 72.5),
        (seq_summary([6]), 6.0),
        (mean_lostness([0.3]), 0.3),
    ],
)
def test_one_value_has_no_spread_and_no_interval(figure, value):
    assert figure.value == value
    assert figure.sd is None if hasattr(figure, "sd") else True
    assert figure.interval is None
    assert figure.reason == "one value, no spread"
    assert Flag.FEW in figure.flags


@pytest.mark.parametrize(
    "test",
    [
        time_benchmark([42], 60),
        score_benchmark(70, None, 1, 68),
        compare_means([1.0], [2.0, 3.0]),
        compare_means([1.0], [2.0], design="within"),
    ],
)
def test_one_value_is_too_little_for_a_test(test):
    assert test.p_value is None
    assert "one value" in test.reason


# All passed, all equal.


@pytest.mark.parametrize("method", METHODS)
def test_all_pass_keeps_the_two_sided_interval(method):
    rate = completion_rate(10, 10, method=method)

    assert rate.interval.high == 1
    assert 0.65 < rate.interval.low < 0.85


@pytest.mark.parametrize(
    "figure",
    [
        geometric_mean([0.1] * 5),
        time_on_task([0.1] * 5).headline,
        median([0.1] * 3),
        median([0.1] * 30),
        mean([0.1] * 5),
        mean([0.1] * 5, method="bca_bootstrap"),
        sus_summary([77.5] * 4),
        seq_summary([7, 7, 7]),
    ],
)
def test_equal_values_have_an_interval_without_width_and_say_so(figure):
    assert figure.interval.limits == (figure.value, figure.value)
    assert Flag.ZERO_SPREAD in figure.flags


def test_both_groups_alike_give_p_1():
    assert two_proportions_test(5, 5, 6, 6).p_value == 1
    assert two_proportions_test(0, 5, 0, 6).statistic == 0
    assert mcnemar(10, 0, 0, 4).p_value == 1


@pytest.mark.parametrize("design", ["between", "within"])
@pytest.mark.parametrize("scale", ["raw", "log"])
def test_identical_groups_without_spread_give_p_1(design, scale):
    compared = compare_means([3.0, 3.0], [3.0, 3.0], design=design, scale=scale)

    assert compared.p_value == 1
    assert Flag.IDENTICAL in compared.flags


@pytest.mark.parametrize("design", ["between", "within"])
@pytest.mark.parametrize("scale", ["raw", "log"])
def test_t_is_undefined_without_spread(design, scale):
    compared = compare_means([3.0, 3.0], [4.0, 4.0], design=design, scale=scale)

    assert (compared.t, compared.df, compared.p_value) == (None, None, None)
    assert compared.value is not None
    assert compared.interval.low == compared.interval.high
    assert compared.reason == "no spread, t is undefined"


def test_times_that_all_have_one_ratio_have_no_spread_on_the_log_scale():
    compared = compare_means([10, 20, 30, 70], [20, 40, 60, 140], design="within", scale="log")

    assert compared.value == pytest.approx(0.5)
    assert compared.p_value is None


def test_a_benchmark_without_spread_has_no_t():
    assert time_benchmark([40, 40, 40], 60).reason == "no spread, t is undefined"
    assert time_benchmark([60, 60, 60], 60).p_value is None
    assert score_benchmark(70, 0, 5, 68).p_value is None
    assert score_benchmark(68, 0, 5, 68).p_value == 1


def test_sum_without_spread_is_decided_by_sign():
    def satisfaction(rating):
        return sum_task(3, 3, [10, 20, 30], [rating] * 3, time_spec_s=60, rating_spec=5).satisfaction

    assert [satisfaction(rating) for rating in (6, 5, 4)] == [1, 0.5, 0]


# All failed.


@pytest.mark.parametrize("method", METHODS)
def test_all_fail_has_a_lower_limit_of_0(method):
    rate = completion_rate(0, 7, method=method)

    assert rate.value == 0
    assert rate.interval.low == 0
    assert 0 < rate.interval.high < 1


def test_all_fail_has_no_time():
    assert time_on_task([]).headline.reason == "no success"
    assert kaplan_meier_median([60, 60, 60], [0, 0, 0]).reason == "median not reached"


def test_a_failed_task_has_no_sum():
    task = sum_task(0, 5, [], [2, 3, 2, 1, 2], time_spec_s=60)

    assert (task.value, task.time) == (None, None)
    assert task.completion == 0
    assert task.reason == "time: fewer than 2 successful times"


# Missing.


def test_missing_answers_leave_n():
    ease = seq_summary([6, None, 5, math.nan])

    assert (ease.n, ease.value, ease.left_out) == (2, 5.5, 2)


def test_missing_and_impossible_times_are_left_out_and_counted():
    times = time_on_task([30, None, 0, -2, 50])

    assert (times.n, times.missing, times.faulty) == (2, 1, 2)
    assert times.headline.left_out == 3
    assert Flag.FAULTY_TIME in times.headline.flags
    assert Flag.FAULTY_TIME in times.median.flags


def test_missing_sus_items_follow_brooke_until_there_are_too_many():
    assert sus_score([4, 2, 4, 2, None, 2, 4, 2, 4, None]).answered == 8
    assert sus_score([4, 2, 4, 2, None, None, 4, 2, 4, None]).reason == "more than 2 items unanswered"
    assert sus_score([None] * 10).reason == "empty form"


def test_forms_that_cannot_be_scored_are_listed_not_guessed():
    group = sus_summary([80.0, None, 60.0])

    assert (group.n, group.value, group.left_out) == (2, 70.0, 1)
    assert Flag.NOT_SCORED in group.flags


def test_pairs_with_a_gap_are_dropped_and_counted():
    compared = compare_means([1.0, 2.0, None, 4.0], [2.0, None, 3.0, 7.0], design="within")

    assert (compared.n, compared.left_out, compared.value) == (2, 2, -2.0)
    assert Flag.PAIRS_LOST in compared.flags


def test_pairs_of_successes_with_a_gap_are_dropped_and_counted():
    compared = compare_rates({"ann": True, "ben": None, "cem": False}, {"ann": False, "ben": True, "cem": False})

    assert (compared.difference.n, compared.left_out) == (2, 1)
    assert compared.difference.value == 0.5
    assert Flag.PAIRS_LOST in compared.flags


def test_attempts_without_a_click_or_an_action_are_counted_apart():
    assert first_click_success([True, None]).left_out == 1
    assert search_to_navigation([True, None]).without_action == 1


# Sample sizes that a reader must be told about.


@pytest.mark.parametrize(
    ("n", "flags"),
    [(0, ()), (1, (Flag.FEW, Flag.SHOW_COUNTS)), (4, (Flag.FEW, Flag.SHOW_COUNTS)), (5, (Flag.SHOW_COUNTS,)), (8, ())],
)
def test_small_samples_are_flagged(n, flags):
    assert completion_rate(0, n).flags == flags


def test_invalid_and_skipped_leave_the_denominator():
    counts = count_outcomes([*Outcome])

    assert completion_by_outcome(counts).n == 7
    assert completion_by_outcome(counts).count == 1
    assert completion_by_outcome(counts, count_assisted=True).count == 2


def test_lostness_without_pages_is_null():
    assert lostness(0, 0, 3).reason == "no page visited"
