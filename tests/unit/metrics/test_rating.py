import pytest

from usabtest.metrics import (
    Flag,
    asq_score,
    ces,
    csat,
    nasa_tlx,
    nps,
    nps_from_counts,
    rating_mean,
    smeq_summary,
    sus_acceptability,
    sus_adjective,
    sus_alpha,
    sus_band,
    sus_grade,
    sus_percentile,
    sus_score,
    sus_subscales,
    sus_summary,
    sus_to_ltr,
    umux_lite_score,
    umux_lite_summary,
    umux_score,
    ux_lite_score,
    z_to_percent,
)

BEST = [5, 1, 5, 1, 5, 1, 5, 1, 5, 1]
CENTRE = [3] * 10
REPORTED = [57.5, 62.5, 65.0, 67.5, 72.5, 75.0, 77.5, 80.0, 85.0, 92.5]


def gapped(form, *items):
    return [None if item in items else answer for item, answer in enumerate(form, start=1)]


# SUS, one form


@pytest.mark.parametrize(
    ("form", "score"),
    [
        (BEST, 100),
        ([6 - answer for answer in BEST], 0),
        (CENTRE, 50),
        (gapped(BEST, 1), 95),
        (gapped(BEST, 1, 2), 90),
        (gapped(BEST, 1, 2, 3), None),
        (gapped(BEST, *range(1, 11)), None),
        ([5.0, 1.0] * 5, 100),
    ],
)
def test_sus_scores_ten_items(form, score):
    assert sus_score(form).value == score


def test_all_positive_sus_counts_every_item_the_same_way():
    assert sus_score([5] * 10, version="positive").value == 100
    assert sus_score([5] * 10).value == 50


def test_a_dropped_item_is_not_a_missing_answer():
    assert sus_score(BEST, dropped=4).value == pytest.approx(100)
    assert sus_score(gapped(BEST, 4), dropped=4).value == pytest.approx(100)
    assert sus_score(gapped(BEST, 4, 5), dropped=4).value == pytest.approx(34 * 100 / 36)
    assert sus_score(gapped(BEST, 4, 5, 6), dropped=4).value is not None
    assert sus_score(gapped(BEST, 4, 5, 6, 7), dropped=4).value is None


@pytest.mark.parametrize(
    ("form", "flags"),
    [
        (BEST, ()),
        (CENTRE, (Flag.SAME_ANSWER,)),
        ([5] * 10, (Flag.SAME_ANSWER, Flag.CONTRADICTION)),
        ([4, 4, 5, 4, 4, 5, 5, 1, 5, 1], (Flag.CONTRADICTION,)),
        ([4, 4, 5, 4, 4, 2, 5, 1, 5, 1], ()),
        (gapped([5] * 10, 1), (Flag.CONTRADICTION,)),
    ],
)
def test_careless_forms_are_flagged_not_excluded(form, flags):
    assert sus_score(form).flags == flags
    assert sus_score(form).value is not None


def test_subscales_are_the_two_parts():
    scales = sus_subscales([4, 1, 5, 1, 5, 1, 5, 1, 5, 1])

    assert (scales.usability, scales.learnability) == (96.875, 100)
    assert sus_subscales([None] * 10).reason == "empty form"


# SUS, a group


def test_a_group_gets_mean_interval_and_readings():
    group = sus_summary(REPORTED)

    assert (group.n, group.value, group.median) == (10, 73.5, 73.75)
    assert group.sd == pytest.approx(10.7, abs=0.05)
    assert group.interval.limits == pytest.approx((65.8, 81.2), abs=0.05)
    assert (group.grade, group.grade_interval) == ("B-", ("C", "A"))
    assert (group.percentile, group.adjective, group.acceptability) == (68.5, "Good", "acceptable")


def test_the_interval_is_clipped_and_the_raw_limit_kept():
    group = sus_summary([100, 97.5, 80])

    assert group.interval.high == 100
    assert group.interval.raw[1] > 100


def test_the_bootstrap_is_an_option_for_skewed_samples():
    group = sus_summary([100, 100, 97.5, 97.5, 60], method="bca_bootstrap")

    assert group.method == "bca_bootstrap"
    assert 60 <= group.interval.low < group.value < group.interval.high <= 100
    assert group == sus_summary([100, 100, 97.5, 97.5, 60], method="bca_bootstrap")


# SUS, what a mean is worth


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "A+"), (84.1, "A+"), (84.05, "A+"), (84.04, "A"), (80.8, "A"), (80.75, "A"), (80.74, "A-"), (78.9, "A-"),
        (78.8, "B+"), (77.2, "B+"), (77.1, "B"), (74.1, "B"), (74.0, "B-"), (72.6, "B-"), (72.5, "C+"), (71.1, "C+"),
        (71.0, "C"), (65.0, "C"), (64.95, "C"), (64.9, "C-"), (62.7, "C-"), (62.6, "D"), (51.7, "D"), (51.65, "D"),
        (51.6, "F"), (0, "F"),
    ],
)  # fmt: skip
def test_grades_round_half_up_to_one_decimal_first(score, grade):
    assert sus_grade(score) == grade


@pytest.mark.parametrize(
    ("score", "percentile"),
    [(0, 0), (5, 0.3), (2.5, 0.15), (52, 15.4), (68, 50), (80.5, 88.9), (95, 99.999), (97.5, 99.9995), (100, 100)],
)
def test_percentiles_are_linear_between_the_points_of_the_table(score, percentile):
    assert sus_percentile(score) == pytest.approx(percentile)


def test_the_normal_percentile_is_another_one():
    assert sus_percentile(80.5, method="normal") == pytest.approx(84.13, abs=0.01)


@pytest.mark.parametrize(
    ("score", "adjective"),
    [
        (84.1, "Best Imaginable"), (84.0, "Excellent"), (80.7, "Good"), (71.1, "Good"), (71.0, "OK"), (51.7, "OK"),
        (51.6, "Poor"), (25.1, "Poor"), (25.04, "Worst Imaginable"), (25.0, "Worst Imaginable"),
        (0, "Worst Imaginable"),
    ],
)  # fmt: skip
def test_adjectives_by_range(score, adjective):
    assert sus_adjective(score) == adjective


@pytest.mark.parametrize(
    ("score", "adjective"),
    [
        (0, "Worst Imaginable"), (16.4, "Worst Imaginable"), (16.41, "Awful"), (28.0, "Awful"), (28.1, "Poor"),
        (43.3, "Poor"), (43.31, "OK"), (61.15, "OK"), (61.16, "Good"), (78.45, "Good"), (78.46, "Excellent"),
        (88.2, "Excellent"), (88.21, "Best Imaginable"), (100, "Best Imaginable"),
    ],
)  # fmt: skip
def test_the_nearest_adjective_wins_and_a_tie_goes_down(score, adjective):
    assert sus_adjective(score, method="bangor_nearest_mean") == adjective


@pytest.mark.parametrize(
    ("score", "acceptable"), [(71.1, "acceptable"), (71.0, "marginal"), (51.7, "marginal"), (51.6, "not_acceptable")]
)
def test_acceptability_by_range(score, acceptable):
    assert sus_acceptability(score) == acceptable


@pytest.mark.parametrize(
    ("score", "acceptable"),
    [
        (49.9, "not_acceptable"), (50, "marginal_low"), (62.5, "marginal_low"), (62.6, "marginal_high"),
        (70, "marginal_high"), (70.1, "acceptable"),
    ],
)  # fmt: skip
def test_acceptability_after_bangor_has_two_margins(score, acceptable):
    assert sus_acceptability(score, method="bangor_2008") == acceptable


def test_bands_touch_each_other_and_say_who_recommends():
    assert sus_band(78.9).nps_class == "promoter"
    assert sus_band(62.7).nps_class == "passive"
    assert sus_band(62.6).nps_class == "detractor"


def test_sus_predicts_recommendation_by_two_formulas():
    assert sus_to_ltr(70) == pytest.approx(6.93)
    assert sus_to_ltr(70, method="sauro_2010") == pytest.approx(6.82)


def test_alpha_leaves_out_forms_that_cannot_be_scored():
    forms = [BEST, CENTRE, [2, 3, 4, 2, 3, 3, 3, 2, 4, 3], [None] * 10]

    alpha = sus_alpha(forms)

    assert (alpha.n, alpha.left_out) == (3, 1)
    assert 0.8 < alpha.value <= 1
    assert Flag.FEW_PARTICIPANTS in alpha.flags


def test_alpha_needs_people_who_differ():
    assert sus_alpha([BEST] * 5).reason == "all scores are equal"


# Others


def test_asq_wants_two_of_three_items():
    assert asq_score([1, 2, 3]).value == 2
    assert asq_score([1, None, None]).reason == "fewer than 2 items answered"


def test_smeq_runs_to_150():
    assert smeq_summary([150, 0, 30]).value == 60


def test_skewed_effort_has_a_geometric_mean():
    skewed = smeq_summary([10, 40, None, 160 - 20], centre="geometric_mean")

    assert skewed.value == pytest.approx((10 * 40 * 140) ** (1 / 3))
    assert (skewed.method, skewed.interval.high, skewed.left_out) == ("log_t", 150, 1)
    assert smeq_summary([0, 40], centre="geometric_mean").reason == "an answer of 0 has no logarithm"


def test_nasa_tlx_wants_all_six_scales():
    scales = dict.fromkeys(["mental", "physical", "temporal", "performance", "effort", "frustration"], 50)

    assert nasa_tlx(**scales).value == 50
    assert nasa_tlx(**scales | {"effort": None}).reason == "a scale is unanswered"


def test_umux_turns_its_even_items():
    assert umux_score([7, 1, 7, 1]).value == 100
    assert umux_score([4, 4, 4, 4]).value == 50
    assert umux_score([4, None, 4, 4]).reason == "an item is unanswered"


def test_umux_lite_wants_both_items_and_estimates_sus():
    assert umux_lite_score(6, 5).value == 75
    assert umux_lite_score(6, 5).sus_estimate == pytest.approx(71.65)
    assert umux_lite_score(6, None).reason == "an item is unanswered"
    assert umux_lite_summary([75, None, 85]).score.value == 80


def test_ux_lite_has_five_points():
    assert ux_lite_score(5, 3).value == 75
    assert ux_lite_score(None, 3).answered == 1


@pytest.mark.parametrize(
    ("rating", "group"),
    [(0, "detractors"), (6, "detractors"), (7, "passives"), (8, "passives"), (9, "promoters"), (10, "promoters")],
)
def test_recommendation_has_three_classes(rating, group):
    assert getattr(nps([rating]), group) == 1


def test_a_net_score_reports_its_counts():
    score = nps([10, 9, 8, 7, 6, 0, None, 9, 10, 8])

    assert (score.n, score.promoters, score.passives, score.detractors, score.left_out) == (9, 4, 3, 2, 1)
    assert score.value == pytest.approx(200 / 9)
    assert score.interval == nps_from_counts(4, 3, 2).interval


def test_the_net_score_of_the_report_example():
    score = nps_from_counts(4, 4, 2)

    assert score.value == 20
    assert [round(limit) for limit in score.interval.limits] == [-25, 56]


def test_satisfaction_is_the_two_top_boxes():
    assert csat([5, 4, 3]).count == 2
    assert csat([7, 6, 5], scale_max=7).count == 2
    assert csat([5, None]).left_out == 1


def test_effort_is_a_mean_and_a_share():
    effort = ces([7, 5, 4, None])

    assert effort.score.value == pytest.approx(16 / 3)
    assert (effort.agreement.count, effort.agreement.n) == (2, 3)


def test_z_needs_spread():
    assert z_to_percent(5, 5, 2).percent == pytest.approx(50)
    assert z_to_percent(5, 5, 0).reason == "no spread"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sus_score([3] * 9), "responses must be 10 answers, got 9"),
        (lambda: sus_score([*[3] * 9, 6]), "responses must be whole numbers from 1 to 5, got 6"),
        (lambda: sus_score([*[3] * 9, 0]), "responses must be whole numbers from 1 to 5, got 0"),
        (lambda: sus_score([*[3] * 9, 2.5]), "responses must be whole numbers from 1 to 5, got 2.5"),
        (lambda: sus_score(BEST, version="negative"), "version must be one of alternating, positive"),
        (lambda: sus_score(BEST, dropped=11), "dropped must be at most 10, got 11"),
        (lambda: sus_summary([101]), "scores must be from 0 to 100, got 101"),
        (lambda: sus_grade(-1), "score must be a number from 0 to 100, got -1"),
        (lambda: sus_percentile(101), "score must be a number from 0 to 100, got 101"),
        (lambda: sus_percentile(50, method="rank"), "method must be one of table, normal"),
        (lambda: sus_adjective(50, method="bangor"), "method must be one of sauro_ranges, bangor_nearest_mean"),
        (lambda: sus_acceptability(50, method="bangor"), "method must be one of sauro_ranges, bangor_2008"),
        (lambda: sus_to_ltr(50, method="sauro"), "method must be one of lewis_2012, sauro_2010"),
        (lambda: rating_mean([8], 1, 7), "ratings must be from 1 to 7, got 8"),
        (lambda: asq_score([1, 2]), "responses must be 3 answers, got 2"),
        (lambda: umux_lite_score(8, 1), "items must be whole numbers from 1 to 7, got 8"),
        (lambda: nps([11]), "ratings must be from 0 to 10, got 11"),
        (lambda: nps([9.5]), "ratings must be whole numbers from 0 to 10"),
        (lambda: nps_from_counts(-1, 0, 3), "promoters must be a whole number"),
        (lambda: csat([5], scale_max=10), "scale_max must be 5 or 7, got 10"),
        (lambda: csat([6]), "ratings must be from 1 to 5, got 6"),
        (lambda: ces([0]), "ratings must be from 1 to 7, got 0"),
        (lambda: smeq_summary([151]), "ratings must be from 0 to 150, got 151"),
        (lambda: z_to_percent(1, 1, -1), "sd must be a number from 0"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
