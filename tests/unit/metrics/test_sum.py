import math
from statistics import NormalDist

import pytest

from usabtest.metrics import SumAttempt, sum_product, sum_task, sum_task_bootstrap, sum_time_spec

TIMES = [40, 55, 90, 61, 75]
RATINGS = [6, 7, 5, 3, 6, 4]


def make_sum(**changes):
    arguments = {"successes": 5, "n": 6, "times_success_s": TIMES, "ratings": RATINGS, "time_spec_s": 100}
    return sum_task(**arguments | changes)


def make_people():
    people = [SumAttempt(True, time_s, rating, 1) for time_s, rating in zip(TIMES, RATINGS, strict=False)]
    return [*people, SumAttempt(False, None, 4, 3)]


def test_it_works():
    task = make_sum()
    logs = [math.log(time_s) for time_s in TIMES]
    mean = sum(logs) / 5
    sd = math.sqrt(sum((log - mean) ** 2 for log in logs) / 4)

    assert task.form == 3
    assert task.completion == 5 / 6
    assert task.time == pytest.approx(NormalDist().cdf((math.log(100) - mean) / sd))
    assert task.value == pytest.approx((task.completion + task.satisfaction + task.time) / 3)
    assert task.reason is None


@pytest.mark.parametrize(
    ("errors", "opportunities", "form", "part"),
    [
        (6, 4, 4, 0.75),
        (0, 4, 4, 1),
        (99, 4, 4, 0),
        (6, None, 3, None),
        (None, 4, 3, None),
    ],
)
def test_errors_take_part_only_with_opportunities(errors, opportunities, form, part):
    task = make_sum(errors=errors, error_opportunities=opportunities)

    assert (task.form, task.errors) == (form, part)


def test_laplace_is_an_option_for_completion():
    assert make_sum(completion_method="laplace").completion == 6 / 8


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"times_success_s": [40]}, "time: fewer than 2 successful times"),
        ({"times_success_s": [40, 0]}, "time: fewer than 2 successful times"),
        ({"ratings": [6, None]}, "satisfaction: fewer than 2 ratings"),
        ({"time_spec_s": None}, "time: no acceptable time"),
    ],
)
def test_a_part_that_is_missing_leaves_no_sum(changes, reason):
    task = make_sum(**changes)

    assert (task.value, task.interval, task.reason) == (None, None, reason)
    assert task.completion == 5 / 6


def test_the_bootstrap_draws_all_parts_from_the_same_people():
    task = sum_task_bootstrap(make_people(), time_spec_s=100, error_opportunities=4)
    plain = make_sum(errors=8, error_opportunities=4)

    assert task.value == pytest.approx(plain.value)
    assert task.method == "bootstrap_log"
    assert task.interval.low < task.value < task.interval.high
    assert task == sum_task_bootstrap(make_people(), time_spec_s=100, error_opportunities=4)


def test_the_bootstrap_of_a_raw_time_scale_says_so():
    assert sum_task_bootstrap(make_people(), time_spec_s=100, time_scale="raw").method == "bootstrap_raw"


def test_the_bootstrap_has_nothing_to_draw_without_a_sum():
    task = sum_task_bootstrap(make_people()[:1], time_spec_s=100)

    assert (task.value, task.interval) == (None, None)


def test_a_product_is_the_mean_of_its_tasks():
    tasks = [make_sum(), make_sum(successes=4)]

    product = sum_product(tasks)

    assert product.value == pytest.approx((tasks[0].value + tasks[1].value) / 2)
    assert product.n == 2
    assert product.interval.low == pytest.approx((tasks[0].interval.low + tasks[1].interval.low) / 2)


def test_a_task_without_a_sum_is_left_out_and_counted():
    product = sum_product([make_sum(), make_sum(time_spec_s=None)])

    assert (product.n, product.left_out) == (1, 1)


def test_three_and_four_parts_are_not_mixed():
    with pytest.raises(ValueError, match="three parts or all four"):
        sum_product([make_sum(), make_sum(errors=1, error_opportunities=4)])


def test_an_acceptable_time_comes_from_those_who_were_satisfied():
    assert sum_time_spec([40, 60, 200, None], [7, 5, 3, 7], percent=100) == 60
    assert sum_time_spec([40, 60], [1, None]) is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make_sum(successes=7), "count must be at most 6, got 7"),
        (lambda: make_sum(time_spec_s=0), "time_spec_s must be a number above 0"),
        (lambda: make_sum(time_scale="square"), "time_scale must be one of log, raw"),
        (lambda: make_sum(rating_spec=0), "rating_spec must be a number above 0"),
        (lambda: make_sum(completion_method="wald"), "completion_method must be one of mle, laplace"),
        (lambda: make_sum(errors=-1, error_opportunities=4), "errors must be a whole number"),
        (lambda: make_sum(confidence=95), "confidence must be between 0 and 1"),
        (lambda: sum_time_spec([1], [1, 2]), r"ratings must be as long as times_s \(1\), got 2"),
        (lambda: sum_task_bootstrap([], time_spec_s=9, resamples=0), "resamples must be a whole number, 1 or more"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
