import pytest

from usabtest.metrics import (
    Flag,
    cohen_d,
    cohen_h,
    compare_means,
    compare_means_summary,
    compare_nps,
    compare_rates,
    compare_values,
    completion_benchmark,
    holm,
    mcnemar,
    nps_from_counts,
    paired_proportion_difference,
    proportion_difference,
    score_benchmark,
    time_benchmark,
    two_proportions_test,
)


def people(*values):
    return dict(zip(("ann", "ben", "cem", "dia", "eve", "fay"), values, strict=False))


# Which method a comparison takes


def test_the_same_participants_are_compared_in_pairs():
    change = compare_rates(people(True, True, False), people(False, True, False))

    assert change.design == "within"
    assert (change.rate_a, change.rate_b) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert change.test == mcnemar(1, 1, 0, 1)
    assert change.difference == paired_proportion_difference(1, 1, 0, 1)
    assert change.flags == ()


def test_different_participants_are_compared_as_groups():
    change = compare_rates(people(True, True, False), {"gus": False, "hal": True, "ida": None})

    assert change.design == "between"
    assert change.test == two_proportions_test(2, 3, 1, 2)
    assert change.difference == proportion_difference(2, 3, 1, 2)
    assert (change.left_out, change.flags) == (1, ())


@pytest.mark.parametrize("compare", [compare_rates, compare_values])
def test_mixed_participants_count_as_different_and_it_is_said(compare):
    change = compare(people(True, False, True), {"ann": True, "gus": False, "hal": True})

    assert change.design == "between"
    assert Flag.MIXED_PARTICIPANTS in change.flags


def test_pairs_are_matched_by_participant_not_by_order():
    before = {"ann": 60.0, "ben": 80.0, "cem": 70.0}
    after = {"cem": 75.0, "ann": 66.0, "ben": 84.0}

    change = compare_values(after, before)

    assert (change.design, change.value, change.n) == ("within", 5.0, 3)
    assert change.method == "paired_t"


def test_times_of_different_participants_give_a_ratio():
    change = compare_values(people(40, 50, 60), {"gus": 80, "hal": 100, "ida": 120}, scale="log")

    assert change.value == pytest.approx(0.5)
    assert change.method == "welch_t"
    assert change.interval.low < 0.5 < change.interval.high


def test_impossible_times_are_left_out_of_pairs_and_groups():
    assert compare_means([10, 0, 30, 40], [20, 20, 70, 60], design="within", scale="log").left_out == 1
    assert compare_means([10, 0, 30], [20, -1, 70], scale="log").left_out == 2


def test_each_effect_says_in_which_sd_it_is_measured():
    within = compare_means([1.0, 2.0, 4.0], [2.0, 4.0, 5.0], design="within")
    between = compare_means([1.0, 2.0, 4.0], [2.0, 4.0, 5.0])

    assert (within.effect_sd, within.effect_size) == ("differences", pytest.approx(-(4 / 3) / (1 / 3) ** 0.5))
    assert (between.effect_sd, between.effect_size) == ("pooled", cohen_d([1, 2, 4], [2, 4, 5]).value)


# Single tests


@pytest.mark.parametrize(
    ("only_a", "only_b", "p"), [(6, 1, 0.0703125), (1, 6, 0.0703125), (3, 3, 0.84375), (1, 0, 0.5)]
)
def test_mid_p_mcnemar(only_a, only_b, p):
    assert mcnemar(5, only_a, only_b, 2).p_value == pytest.approx(p)


def test_two_sided_mid_p_is_at_most_1():
    assert completion_benchmark(5, 10, 0.5, alternative="two_sided").p_value <= 1


@pytest.mark.parametrize(("successes", "benchmark", "p"), [(0, 0.5, 1), (5, 0, 0), (5, 1, 1), (3, 1, 1)])
def test_benchmarks_at_the_ends(successes, benchmark, p):
    assert completion_benchmark(successes, 5, benchmark, method="exact").p_value == pytest.approx(p)


def test_too_small_expected_counts_are_left_to_fisher():
    test = two_proportions_test(1, 40, 0, 5)

    assert test.method == "fisher"
    assert Flag.EXACT_INSTEAD in test.flags
    assert test.p_value == two_proportions_test(1, 40, 0, 5, method="fisher").p_value


def test_an_expected_count_of_one_is_enough():
    assert two_proportions_test(2, 4, 0, 4).method == "n_minus_1"


def test_agresti_caffo_is_the_adjusted_wald_idea_with_whole_numbers():
    caffo = proportion_difference(10, 12, 4, 13, method="agresti_caffo").interval
    wald = proportion_difference(10, 12, 4, 13).interval

    assert caffo.limits == pytest.approx(wald.limits, abs=0.01)


def test_differences_are_clipped_to_what_is_possible():
    interval = proportion_difference(3, 3, 0, 3, method="agresti_caffo", confidence=0.99).interval

    assert interval.high == 1
    assert interval.raw[1] > 1


def test_a_time_benchmark_is_one_sided():
    below = time_benchmark([30, 35, 40], 60)
    above = time_benchmark([90, 95, 99], 60)

    assert below.statistic > 0
    assert below.p_value < 0.02
    assert above.p_value > 0.98


def test_a_score_benchmark_is_two_sided():
    assert score_benchmark(80, 20, 10, 68).p_value == pytest.approx(score_benchmark(56, 20, 10, 68).p_value)


def test_net_scores_are_compared_in_points():
    compared = compare_nps(nps_from_counts(50, 25, 25), nps_from_counts(50, 25, 25))

    assert (compared.value, compared.t, compared.p_value) == (0, 0, 1)
    assert compared.interval.low == pytest.approx(-compared.interval.high)


def test_holm_passes_over_tests_that_could_not_be_made():
    assert holm([0.02, None, 0.03]) == (0.04, None, 0.04)
    assert holm([]) == ()
    assert holm([0.9, 0.8]) == (1, 1)


def test_cohen_h_turns_round():
    assert cohen_h(0.5, 0.4) == -cohen_h(0.4, 0.5)
    assert cohen_h(1, 0) == pytest.approx(3.141592653589793)


def test_hedges_g_is_a_little_smaller():
    effect = cohen_d([1, 2, 3], [4, 5, 7])

    assert effect.g == pytest.approx(effect.value * (1 - 3 / 15))
    assert cohen_d([1, 1], [2, 2]).reason == "no spread"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: completion_benchmark(6, 5, 0.8), "successes must be at most 5, got 6"),
        (lambda: completion_benchmark(3, 5, 80), "benchmark must be a number from 0 to 1, got 80"),
        (lambda: completion_benchmark(3, 5, 0.8, alternative="less"), "alternative must be one of greater, two_sided"),
        (lambda: completion_benchmark(3, 5, 0.8, method="z"), "method must be one of exact, mid_p"),
        (lambda: mcnemar(-1, 0, 0, 0), "both_pass must be a whole number"),
        (lambda: mcnemar(1, 1, 1, 1, method="chi2"), "method must be one of exact, mid_p"),
        (lambda: paired_proportion_difference(1, 1, 1, 1, confidence=2), "confidence must be between 0 and 1"),
        (lambda: two_proportions_test(6, 5, 0, 4), "successes_a must be at most 5, got 6"),
        (lambda: two_proportions_test(1, 5, 0, 4, method="z"), "method must be one of n_minus_1, fisher"),
        (lambda: proportion_difference(1, 5, 0, 4, method="wald"), "method must be one of adjusted_wald"),
        (lambda: compare_means([1], [1, 2], design="within"), r"b must be as long as a \(1\)"),
        (lambda: compare_means([1], [1], design="mixed"), "design must be one of between, within"),
        (lambda: compare_means([1], [1], scale="square"), "scale must be one of raw, log"),
        (lambda: compare_means_summary(1, -1, 3, 1, 1, 3), "sd_a must be a number from 0"),
        (lambda: time_benchmark([1, 2], 0), "benchmark_s must be a number above 0"),
        (lambda: score_benchmark(1, -1, 3, 1), "sd must be a number from 0"),
        (lambda: holm([1.1]), "p_values must be a number from 0 to 1, got 1.1"),
        (lambda: cohen_h(1.1, 0), "p_a must be a number from 0 to 1"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
