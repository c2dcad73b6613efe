import pytest

from usabtest.metrics import (
    Flag,
    TimedAttempt,
    expert_relative_efficiency,
    first_click_success,
    lostness,
    mean_lostness,
    median_path_deviation,
    overall_relative_efficiency,
    page_speed,
    path_deviation,
    search_to_navigation,
    task_efficiency,
    time_based_efficiency,
    web_vital_rating,
)

MIFSUD = [TimedAttempt(user, "a", user < 4, seconds) for user, seconds in ((1, 1), (2, 2), (3, 3), (4, 6))]


@pytest.mark.parametrize(
    ("visit", "value", "reading"),
    [
        ((4, 4, 4), 0, "not lost"),
        ((8, 6, 3), 0.559, "lost"),
        ((5, 4, 3), 0.320, "not lost"),
        ((6, 5, 3), 0.433, "unclear"),
        ((100, 10, 1), 1.273, "lost"),
    ],
)
def test_lostness_is_read_by_its_limits(visit, value, reading):
    found = lostness(*visit)

    assert found.value == pytest.approx(value, abs=0.001)
    assert found.reading == reading


def test_fewer_pages_than_the_minimum_mean_that_the_minimum_is_wrong():
    assert lostness(2, 2, 4).flags == (Flag.MINIMUM_TOO_HIGH,)


def test_mean_lostness_is_not_cut_at_1():
    found = mean_lostness([0.9, 1.3, 1.2])

    assert found.interval.high > 1


def test_a_deviation_is_the_steps_beyond_and_the_multiple():
    deviation = path_deviation(6, 3)

    assert (deviation.extra, deviation.ratio) == (3, 2)
    assert median_path_deviation([3, None, 6, 12], 3).value == 2
    assert median_path_deviation([3, None, 6, 12], 3).left_out == 1


def test_efficiency_counts_all_attempts():
    assert time_based_efficiency(MIFSUD).value == pytest.approx(11 / 24)
    assert overall_relative_efficiency(MIFSUD).value == 0.5
    assert expert_relative_efficiency(MIFSUD, 1).value == pytest.approx(11 / 24)


def test_efficiency_divides_by_the_whole_design():
    assert time_based_efficiency(MIFSUD, n_participants=8).value == pytest.approx(11 / 48)


@pytest.mark.parametrize(
    "efficiency",
    [time_based_efficiency, overall_relative_efficiency, lambda attempts: expert_relative_efficiency(attempts, 1)],
)
def test_impossible_times_are_left_out_and_counted(efficiency):
    found = efficiency([*MIFSUD, TimedAttempt(5, "a", True, 0)])

    assert found.value == efficiency(MIFSUD).value
    assert (found.n, found.left_out) == (4, 1)
    assert Flag.FAULTY_TIME in found.flags
    assert efficiency([TimedAttempt(5, "a", True, 0)]).reason == "no attempts"


def test_the_columns_of_a_task_give_the_same_efficiencies():
    columns = task_efficiency([True, True, True, False], [1, 2, 3, 6], expert_time_s=1)

    assert columns.time_based == pytest.approx(time_based_efficiency(MIFSUD).value)
    assert columns.overall_relative == pytest.approx(overall_relative_efficiency(MIFSUD).value)
    assert columns.expert_relative == pytest.approx(expert_relative_efficiency(MIFSUD, 1).value)


def test_attempts_without_a_time_leave_the_efficiency_of_a_task():
    columns = task_efficiency([True, True, True, None], [2, None, 0, 5])

    assert (columns.n, columns.left_out, columns.time_based, columns.reason) == (1, 3, 0.5, "no expert time")
    assert task_efficiency([True], [0]).reason == "no attempts"


def test_failing_all_the_time_is_no_efficiency_not_no_value():
    failed = [TimedAttempt(1, "a", False, 10)]

    assert time_based_efficiency(failed).value == 0
    assert overall_relative_efficiency(failed).value == 0


def test_searches_are_counted_against_those_who_did_something():
    firsts = search_to_navigation([True, False, None, True])

    assert (firsts.searched, firsts.navigated, firsts.n, firsts.value) == (2, 1, 3, pytest.approx(2 / 3))


def test_the_first_click_is_right_or_wrong():
    assert first_click_success([True, False, None]).value == 0.5


@pytest.mark.parametrize(
    ("name", "good", "poor"),
    [("LCP", 2500, 4000), ("INP", 200, 500), ("CLS", 0.1, 0.25), ("FCP", 1800, 3000), ("TTFB", 800, 1800)],
)
def test_vitals_are_good_up_to_the_first_limit_and_poor_above_the_second(name, good, poor):
    assert web_vital_rating(name, good) == "good"
    assert web_vital_rating(name, good * 1.001) == "needs_improvement"
    assert web_vital_rating(name, poor) == "needs_improvement"
    assert web_vital_rating(name, poor * 1.001) == "poor"


def test_a_timing_that_is_no_vital_has_no_rating():
    speed = page_speed("loadEventEnd", [0.2, 0.4, None])

    assert (speed.n, speed.median, speed.p75, speed.rating) == (2, pytest.approx(0.3), pytest.approx(0.35), None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lostness(3, 4, 2), "pages_unique must be at most 3, got 4"),
        (lambda: lostness(3, 3, 0), "pages_minimum must be a whole number, 1 or more"),
        (lambda: mean_lostness([-0.1]), "values must be 0 or more"),
        (lambda: path_deviation(3, 0), "steps_minimum must be a whole number, 1 or more"),
        (lambda: median_path_deviation([-1], 3), "steps must be 0 or more"),
        (lambda: expert_relative_efficiency(MIFSUD, 0), "expert_time_s must be a number above 0"),
        (lambda: time_based_efficiency(MIFSUD, n_participants=3), "attempts must be at most .* \\(3\\), got 4"),
        (lambda: task_efficiency([True], [1, 2]), r"times_s must be as long as success \(1\), got 2"),
        (lambda: task_efficiency([True], [1], expert_time_s=0), "expert_time_s must be a number above 0"),
        (lambda: web_vital_rating("FID", 1), "name must be one of LCP, .*, got 'FID'"),
        (lambda: web_vital_rating("LCP", -1), "value must be a number from 0"),
        (lambda: page_speed("LCP", [-1]), "values must be 0 or more"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
