import math

import numpy as np
import pytest

from usabtest.metrics import (
    Flag,
    click_summary,
    geometric_mean,
    idle_gaps,
    kaplan_meier_median,
    median,
    time_on_task,
    time_outliers,
)

TWENTY_FIVE = [float(seconds) for seconds in range(20, 45)]


def test_it_works():
    times = time_on_task([55, 65, 75, 62, 45, 135])

    assert (times.n, times.minimum, times.maximum) == (6, 45, 135)
    assert times.mean == pytest.approx(72.833333, abs=1e-5)
    assert times.sd == pytest.approx(32.065038, abs=1e-5)


def test_the_headline_is_the_geometric_mean_below_25_and_the_median_from_there():
    assert time_on_task(TWENTY_FIVE[:-1]).headline.method == "log_t"
    assert time_on_task(TWENTY_FIVE).headline.method == "order_statistics"
    assert time_on_task(TWENTY_FIVE).headline.value == 32.0


def test_the_median_has_no_interval_below_six_at_95_percent():
    assert median(range(1, 6)).reason == "too few values for an interval of the median (5)"
    assert median(range(1, 7)).interval.limits == (1, 6)


@pytest.mark.parametrize(
    ("n", "confidence", "ranks"),
    [
        (6, 0.95, (1, 6)),
        (8, 0.95, (1, 8)),
        (9, 0.95, (2, 8)),
        (13, 0.95, (3, 11)),
        (100, 0.95, (40, 61)),
        (2, 0.5, (1, 2)),
    ],
)
def test_the_median_lies_between_exact_order_statistics(n, confidence, ranks):
    assert median(range(1, n + 1), confidence=confidence).interval.limits == ranks


def test_a_level_that_a_binomial_sum_hits_exactly_counts_as_reached():
    # Five values: P(X <= 0) is exactly 1/32, which is what 93.75 % leaves on each side.
    assert median(range(1, 6), confidence=0.9375).interval.limits == (1, 5)


@pytest.mark.parametrize(
    ("times", "options", "found"),
    [
        ([], {}, ()),
        ([40], {}, ()),
        ([40, 40, 40], {}, ()),
        ([54, 82, 46, 59, 80, 71, 32, 3190], {}, (7,)),
        ([0.05, 54, 82, 46, 59, 80, 71, 32], {}, (0,)),
        ([20, 40, 50], {"fastest_plausible_s": 21}, (0,)),
        ([20, 40, 50], {"fastest_plausible_s": 20}, ()),
        ([20, 40, 50], {"expert_time_s": 63}, (0,)),
        ([20, 40, 50], {"expert_time_s": 63, "fastest_plausible_s": 5}, ()),
        ([None, 0, 54, 82, 46, 59, 80, 71, 32, 3190], {}, (9,)),
    ],
)
def test_outliers_are_named_by_position(times, options, found):
    assert time_outliers(times, **options) == found


def test_nothing_is_deleted_for_being_an_outlier():
    times = time_on_task([54, 82, 46, 59, 80, 71, 32, 3190])

    assert times.n == 8
    assert times.outliers == (7,)
    assert times.without_outliers.value == geometric_mean([54, 82, 46, 59, 80, 71, 32]).value


def test_without_outliers_there_is_nothing_to_compare():
    assert time_on_task([54, 82, 46]).without_outliers is None


@pytest.mark.parametrize(
    ("durations", "completed", "found"),
    [
        ([10, 20, 30, 40], [1, 1, 1, 1], 20),
        ([10, 20, 30, 40], [1, 0, 1, 1], 30),
        ([10, 20, 20, 40], [1, 1, 0, 0], 20),  # at equal times success comes first
        ([10, 20, 30, 40], [1, 0, 0, 0], None),
        ([10], [1], 10),
    ],
)
def test_the_kaplan_meier_median_is_the_first_time_at_or_below_one_half(durations, completed, found):
    assert kaplan_meier_median(durations, completed).value == found


def test_impossible_durations_are_left_out_and_counted():
    times = kaplan_meier_median([0, 10, 20, -5, None], [1, 1, 1, 0, 1])

    assert (times.n, times.censored, times.left_out, times.value) == (2, 0, 3, 10)
    assert Flag.FAULTY_TIME in times.flags


@pytest.mark.parametrize(("censored", "warn"), [(0, False), (2, False), (3, True)])
def test_more_than_a_fifth_censored_is_a_warning(censored, warn):
    times = kaplan_meier_median(range(1, 11), [0] * censored + [1] * (10 - censored))

    assert (times.censored, times.share, times.warn) == (censored, censored / 10, warn)
    assert (Flag.CENSORED in times.flags) is warn


def test_clicks_may_be_none_at_all():
    clicks = click_summary([0, 3, None, 5])

    assert (clicks.total, clicks.n, clicks.mean, clicks.median.value) == (8, 3, pytest.approx(8 / 3), 3)


def test_idle_is_more_than_a_minute_without_input():
    assert idle_gaps([0, 60, 121, 122]) == ((60.0, 121.0),)
    assert idle_gaps([0, 5], over_s=4) == ((0, 5),)
    assert idle_gaps([]) == ()


def test_numpy_columns_are_welcome():
    assert time_on_task(np.array([54.0, np.nan, 46.0])).missing == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: geometric_mean([math.inf]), "times_s must hold finite numbers"),
        (lambda: geometric_mean([[1.0]]), "times_s must be one row of numbers, got 2 dimensions"),
        (lambda: geometric_mean([1.0], confidence=0), "confidence must be between 0 and 1"),
        (lambda: time_outliers([1.0], expert_time_s=0), "expert_time_s must be a number above 0"),
        (lambda: time_outliers([1.0], fastest_plausible_s=-1), "fastest_plausible_s must be a number above 0"),
        (lambda: kaplan_meier_median([1.0], [1, 1]), r"completed must be as long as durations_s \(1\), got 2"),
        (lambda: click_summary([-1]), "clicks must be 0 or more"),
        (lambda: idle_gaps([5, 0]), "input_times_s must ascend"),
        (lambda: idle_gaps([], over_s=0), "over_s must be a number above 0"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
