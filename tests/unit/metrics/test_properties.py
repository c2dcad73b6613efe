import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from usabtest.metrics import (
    compare_means,
    compare_means_summary,
    completion_benchmark,
    dead_clicks,
    discovery_probability,
    discovery_sample_size,
    geometric_mean,
    holm,
    kaplan_meier_median,
    lostness,
    mcnemar,
    mean,
    mean_from_summary,
    mean_sample_size,
    median,
    nps_from_counts,
    paired_proportion_difference,
    poisson_rate,
    problem_discovery,
    proportion_difference,
    proportion_interval,
    quick_backs,
    rage_clicks,
    sum_task,
    sus_band,
    sus_grade,
    sus_percentile,
    sus_score,
    sus_summary,
    time_outliers,
    two_proportions_test,
    umux_lite_score,
    umux_score,
)

METHODS = ["adjusted_wald", "clopper_pearson", "wilson", "jeffreys"]
ROUNDING = 1e-9

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.floats(0.5, 0.999)
times = st.lists(st.floats(0.05, 7200), min_size=2, max_size=60)
scores = st.lists(st.integers(0, 40).map(lambda steps: steps * 2.5), min_size=2, max_size=40)
likert = st.lists(st.integers(1, 5), min_size=10, max_size=10)
clicks = st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 60), st.floats(0, 60)), max_size=30).map(sorted)
cells = st.tuples(*[st.integers(0, 60)] * 4).filter(any)
classes = st.tuples(*[st.integers(0, 200)] * 3).filter(any)


def inside(limits, low, high):
    return low <= limits[0] <= limits[1] <= high


# Proportions


@pytest.mark.parametrize("method", METHODS)
@given(counts, confidences)
def test_a_proportion_lies_in_its_interval_and_the_interval_in_0_to_1(method, count, confidence):
    successes, n = count

    interval = proportion_interval(successes, n, confidence=confidence, method=method)

    assert inside(interval.limits, 0, 1)
    assert interval.low <= successes / n + ROUNDING
    assert interval.high >= successes / n - ROUNDING


@pytest.mark.parametrize("method", METHODS)
@given(counts, confidences, confidences)
def test_more_confidence_never_narrows_a_proportion(method, count, one, other):
    assume(one != other)
    loose = proportion_interval(*count, confidence=min(one, other), method=method)
    strict = proportion_interval(*count, confidence=max(one, other), method=method)

    assert strict.low <= loose.low + ROUNDING
    assert strict.high >= loose.high - ROUNDING


@pytest.mark.parametrize("method", METHODS)
@given(counts, confidences)
def test_failures_mirror_successes(method, count, confidence):
    successes, n = count
    of_successes = proportion_interval(successes, n, confidence=confidence, method=method)
    of_failures = proportion_interval(n - successes, n, confidence=confidence, method=method)

    assert of_failures.low == pytest.approx(1 - of_successes.high, abs=ROUNDING)
    assert of_failures.high == pytest.approx(1 - of_successes.low, abs=ROUNDING)


@given(counts, confidences)
def test_the_adjusted_wald_interval_holds_the_wilson_interval(count, confidence):
    wilson = proportion_interval(*count, confidence=confidence, method="wilson")
    wald = proportion_interval(*count, confidence=confidence)

    assert wald.low <= wilson.low + ROUNDING
    assert wald.high >= wilson.high - ROUNDING


@pytest.mark.parametrize("method", ["adjusted_wald", "agresti_caffo", "newcombe"])
@given(counts, counts, confidences)
def test_a_difference_turns_round_with_its_groups(method, a, b, confidence):
    forth = proportion_difference(*a, *b, confidence=confidence, method=method)
    back = proportion_difference(*b, *a, confidence=confidence, method=method)

    assert inside(forth.interval.limits, -1, 1)
    assert forth.value == pytest.approx(-back.value)
    assert forth.interval.low == pytest.approx(-back.interval.high, abs=ROUNDING)


@given(counts, counts)
def test_newcombe_holds_the_difference(a, b):
    change = proportion_difference(*a, *b, method="newcombe")

    assert change.interval.low - ROUNDING <= change.value <= change.interval.high + ROUNDING


@pytest.mark.parametrize("method", ["n_minus_1", "fisher"])
@given(counts, counts)
def test_a_test_of_two_rates_does_not_care_which_is_first(method, a, b):
    forth, back = two_proportions_test(*a, *b, method=method), two_proportions_test(*b, *a, method=method)

    assert 0 <= forth.p_value <= 1
    assert forth.p_value == pytest.approx(back.p_value)


@given(cells, confidences)
def test_a_paired_difference_turns_round_and_stays_in_range(cell, confidence):
    both, only_a, only_b, neither = cell
    forth = paired_proportion_difference(both, only_a, only_b, neither, confidence=confidence)
    back = paired_proportion_difference(both, only_b, only_a, neither, confidence=confidence)

    assert inside(forth.interval.limits, -1, 1)
    assert forth.interval.low == pytest.approx(-back.interval.high, abs=ROUNDING)


@given(cells)
def test_mcnemar_depends_on_the_discordant_pairs_only(cell):
    both, only_a, only_b, neither = cell
    exact = mcnemar(both, only_a, only_b, neither, method="exact").p_value
    mid_p = mcnemar(both, only_a, only_b, neither).p_value

    assert 0 <= mid_p <= exact <= 1
    assert mid_p == mcnemar(both + 5, only_b, only_a, neither + 1).p_value


@example((1, 338), 0.890625)  # next to 0
@given(counts, st.floats(0.01, 0.99))
def test_mid_p_is_the_milder_benchmark_test(count, benchmark):
    exact = completion_benchmark(*count, benchmark, method="exact").p_value
    mid_p = completion_benchmark(*count, benchmark).p_value
    two_sided = completion_benchmark(*count, benchmark, alternative="two_sided").p_value

    assert 0 <= mid_p <= exact + ROUNDING <= 1 + ROUNDING
    assert 0 <= two_sided <= 1


# Rates, means, medians, times


@given(st.integers(0, 5000), st.floats(0.01, 1e6), confidences)
def test_a_rate_lies_in_its_interval(events, exposure, confidence):
    rate = poisson_rate(events, exposure, confidence=confidence)

    assert 0 <= rate.interval.low <= rate.value <= rate.interval.high < math.inf


@given(st.integers(0, 500), confidences, confidences)
def test_more_confidence_never_narrows_a_rate(events, one, other):
    assume(one != other)
    loose = poisson_rate(events, 10, confidence=min(one, other)).interval
    strict = poisson_rate(events, 10, confidence=max(one, other)).interval

    assert strict.low <= loose.low + ROUNDING
    assert strict.high >= loose.high - ROUNDING


@pytest.mark.parametrize("figure", [mean, median, geometric_mean])
@given(times, confidences, confidences)
def test_a_centre_lies_in_its_interval_which_grows_with_confidence(figure, values, one, other):
    loose = figure(values, confidence=min(one, other))
    strict = figure(values, confidence=max(one, other))

    assert min(values) * (1 - ROUNDING) <= loose.value <= max(values) * (1 + ROUNDING)
    if strict.interval is None:
        assert strict.reason.startswith(("too few values", "values too far apart"))
    else:
        assert strict.interval.low <= loose.interval.low <= loose.value * (1 + ROUNDING)
        assert loose.value * (1 - ROUNDING) <= loose.interval.high <= strict.interval.high
        assert all(math.isfinite(limit) for limit in strict.interval.limits)


@given(times, st.floats(0.01, 100))
def test_the_geometric_mean_does_not_care_for_the_unit(values, factor):
    in_seconds = geometric_mean(values)
    in_other = geometric_mean([value * factor for value in values])

    assert in_other.value == pytest.approx(in_seconds.value * factor)
    assert in_other.interval.high == pytest.approx(in_seconds.interval.high * factor, rel=1e-6)


@given(times)
def test_the_geometric_mean_is_never_above_the_arithmetic(values):
    assert geometric_mean(values).value <= mean(values).value * (1 + ROUNDING)


@given(times, st.randoms())
def test_no_figure_depends_on_the_order_of_attempts(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)

    for figure in (mean, median, geometric_mean):
        assert figure(shuffled).value == pytest.approx(figure(values).value)


@given(times)
def test_lists_and_arrays_are_the_same(values):
    assert geometric_mean(np.array(values)) == geometric_mean(values)
    assert median(np.array(values)) == median(values)


@given(times)
def test_without_censoring_the_kaplan_meier_median_is_the_lower_median(values):
    found = kaplan_meier_median(values, [1] * len(values)).value

    assert found == sorted(values)[math.ceil(len(values) / 2) - 1]


@given(times, st.data())
def test_censoring_never_lowers_the_median(values, data):
    completed = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    found = kaplan_meier_median(values, completed).value

    assert found is None or found >= kaplan_meier_median(values, [1] * len(values)).value


@given(times)
def test_outliers_are_positions_of_a_minority(values):
    found = time_outliers(values)

    assert list(found) == sorted(set(found))
    assert len(found) <= len(values) / 2


@given(times, times, confidences)
def test_a_comparison_turns_round_with_its_groups(a, b, confidence):
    forth = compare_means(a, b, scale="log", confidence=confidence)
    back = compare_means(b, a, scale="log", confidence=confidence)

    assert forth.value == pytest.approx(1 / back.value)
    if forth.p_value is not None:
        assert 0 <= forth.p_value <= 1
        assert forth.p_value == pytest.approx(back.p_value)
        assert forth.interval is None or forth.interval.low <= forth.value <= forth.interval.high


@given(scores, scores)
def test_a_summary_gives_what_the_values_give(a, b):
    assume(len(set(a)) > 1)
    whole = compare_means(a, b)
    of_summary = compare_means_summary(np.mean(a), np.std(a, ddof=1), len(a), np.mean(b), np.std(b, ddof=1), len(b))

    assert whole.t == pytest.approx(of_summary.t, abs=1e-6)
    assert whole.p_value == pytest.approx(of_summary.p_value, abs=1e-6)


# Scores


@given(likert)
def test_sus_runs_from_0_to_100_in_steps_of_two_and_a_half(form):
    score = sus_score(form).value

    assert 0 <= score <= 100
    assert score % 2.5 == 0


@given(likert)
def test_sus_of_the_opposite_opinion_is_the_opposite_score(form):
    assert sus_score([6 - answer for answer in form]).value == 100 - sus_score(form).value


@given(likert, st.integers(0, 9))
def test_an_unanswered_item_counts_as_the_centre(form, item):
    with_gap, with_centre = list(form), list(form)
    with_gap[item], with_centre[item] = None, 3

    assert sus_score(with_gap).value == sus_score(with_centre).value


@given(likert, st.integers(1, 10))
def test_a_dropped_item_moves_the_score_but_not_its_range(form, dropped):
    assert -ROUNDING <= sus_score(form, dropped=dropped).value <= 100 + ROUNDING


@given(likert)
def test_the_positive_version_rises_with_every_answer(form):
    score = sus_score(form, version="positive").value

    assert score == 2.5 * (sum(form) - 10)


@given(scores, confidences)
def test_a_group_of_scores_stays_in_range(values, confidence):
    group = sus_summary(values, confidence=confidence)

    assert inside(group.interval.limits, 0, 100)
    assert group.interval.low - ROUNDING <= group.value <= group.interval.high + ROUNDING
    assert group.scores == tuple(sorted(values))
    assert 0 <= group.percentile <= 100


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_sus_never_has_a_worse_reading(one, other):
    low, high = sorted((one, other))

    assert sus_band(low).low <= sus_band(high).low
    assert sus_percentile(low) <= sus_percentile(high)


@given(st.integers(0, 1000))
def test_every_tenth_of_a_point_has_a_grade(tenths):
    assert sus_grade(tenths / 10) == sus_grade(min(100, tenths / 10 + 0.04))


@given(st.tuples(st.integers(1, 7), st.integers(1, 7)))
def test_umux_lite_estimates_stay_in_their_published_range(items):
    answer = umux_lite_score(*items)

    assert 0 <= answer.value <= 100
    assert 22.9 <= answer.sus_estimate <= 87.9 + ROUNDING


@given(st.lists(st.integers(1, 7), min_size=4, max_size=4))
def test_umux_of_the_opposite_opinion_is_the_opposite_score(form):
    assert umux_score([8 - answer for answer in form]).value == pytest.approx(100 - umux_score(form).value)


@given(classes, confidences)
def test_net_scores_stay_in_range_and_turn_round(groups, confidence):
    promoters, passives, detractors = groups
    forth = nps_from_counts(promoters, passives, detractors, confidence=confidence)
    back = nps_from_counts(detractors, passives, promoters, confidence=confidence)

    assert -100 <= forth.value <= 100
    assert inside(forth.interval.limits, -100, 100)
    assert forth.interval.low == pytest.approx(-back.interval.high)


@given(counts, times, st.lists(st.integers(1, 7), min_size=2, max_size=30), st.floats(1, 1000))
def test_sum_is_the_mean_of_its_parts_and_lies_in_its_interval(count, values, ratings, spec):
    task = sum_task(*count, values, ratings, time_spec_s=spec, errors=count[0], error_opportunities=3)

    parts = (task.completion, task.satisfaction, task.time, task.errors)
    assert all(0 <= part <= 1 for part in parts)
    assert task.value == pytest.approx(sum(parts) / 4)
    assert task.interval.low - ROUNDING <= task.value <= task.interval.high + ROUNDING


# Others


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0.0, 2.5, 50.0, 97.5, 100.0]), min_size=2, max_size=12), confidences)
def test_the_bootstrap_holds_the_mean_and_stays_in_range(values, confidence):
    group = sus_summary(values, confidence=confidence, method="bca_bootstrap")

    assert inside(group.interval.limits, 0, 100)
    assert group.interval.low - ROUNDING <= group.value <= group.interval.high + ROUNDING


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_keeps_the_order_and_never_lowers_a_p(values):
    adjusted = holm(values)

    assert all(before <= after <= 1 for before, after in zip(values, adjusted, strict=True))
    in_order = [after for _, after in sorted(zip(values, adjusted, strict=True))]
    assert all(one <= next_one for one, next_one in pairwise(in_order))


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_the_sample_size_for_a_goal_is_the_smallest_that_reaches_it(p, goal):
    n = discovery_sample_size(p, goal)

    assert discovery_probability(p, n) >= goal - ROUNDING
    assert discovery_probability(p, n - 1) < goal + ROUNDING


@given(st.floats(0.5, 20), st.floats(0.1, 20))
def test_the_sample_size_for_a_margin_is_the_smallest_that_keeps_it(margin, sd):
    n = mean_sample_size(margin, sd)

    def half_width(size):
        return mean_from_summary(0, sd, size).interval.high

    assert half_width(n) <= margin + ROUNDING
    assert n == 2 or half_width(n - 1) > margin


@given(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.lists(st.integers(1, n), min_size=1, max_size=40), st.just(n)))
)
def test_the_adjusted_probability_is_never_above_the_estimated(found):
    problem_counts, n = found
    problems = problem_discovery(problem_counts, n)

    assert 0 <= problems.value <= problems.p_estimated <= 1
    assert problems.expected_total is None or problems.expected_total >= problems.problems - ROUNDING


@given(st.integers(1, 60).flatmap(lambda s: st.tuples(st.just(s), st.integers(1, s), st.integers(1, 20))))
def test_lostness_is_never_negative_and_0_on_a_perfect_path(visit):
    total, unique, minimum = visit

    assert lostness(total, unique, minimum).value >= 0
    assert lostness(minimum, minimum, minimum).value == 0


@given(clicks, st.floats(0, 3000), st.floats(0, 90))
def test_wider_thresholds_never_calm_a_burst(spots, within_ms, px):
    narrow = rage_clicks(spots, within_ms=within_ms, px=px)
    wide = rage_clicks(spots, within_ms=within_ms + 500, px=px + 10)

    assert all(any(outer.first <= one.first and one.last <= outer.last for outer in wide) for one in narrow)


@given(st.lists(st.tuples(st.booleans(), st.none() | st.floats(0, 4000))), st.floats(1, 3000))
def test_more_patience_finds_fewer_dead_clicks(found, dead_click_ms):
    assert set(dead_clicks(found, dead_click_ms=dead_click_ms + 500)) <= set(
        dead_clicks(found, dead_click_ms=dead_click_ms)
    )


@given(st.lists(st.tuples(st.floats(0, 60_000), st.sampled_from("abc"))).map(sorted), st.floats(0, 10))
def test_a_longer_stay_finds_more_quick_backs(visits, within_s):
    assert set(quick_backs(visits, within_s=within_s)) <= set(quick_backs(visits, within_s=within_s + 1))


@given(clicks)
def test_bursts_do_not_overlap_and_hold_enough_clicks(spots):
    bursts = rage_clicks(spots)

    assert all(burst.clicks >= 3 for burst in bursts)
    assert all(one.last < other.first for one, other in pairwise(bursts))
