import pytest

from usabtest.metrics import (
    ErrorKind,
    ErrorTotals,
    Flag,
    Signal,
    attempts_with_errors,
    error_free_rate,
    error_rate,
    error_totals,
    errors_per_attempt,
    poisson_rate,
)

ALL = [*ErrorKind]
ONE_OF_EACH = dict.fromkeys(ErrorKind, 1)


@pytest.mark.parametrize(
    ("kinds", "signals", "count_errors", "totals"),
    [
        (ONE_OF_EACH, {}, ALL, ErrorTotals(user=3, system=2)),
        (ONE_OF_EACH, {}, [], ErrorTotals(user=0, system=0)),
        (ONE_OF_EACH, {}, ["network", "marked"], ErrorTotals(user=1, system=1)),
        (ONE_OF_EACH, dict.fromkeys(Signal, 2), ALL, ErrorTotals(user=3, system=2)),
        (ONE_OF_EACH, dict.fromkeys(Signal, 2), [*ALL, "rage_click"], ErrorTotals(user=5, system=2)),
        ({}, {}, ALL, ErrorTotals(user=0, system=0)),
    ],
)
def test_totals_hold_what_the_study_counts(kinds, signals, count_errors, totals):
    assert error_totals(kinds, signals, count_errors) == totals


def test_errors_by_chance_have_poisson_limits():
    rate = errors_per_attempt([1, 0, 2, 0, 1, 0])

    assert (rate.total, rate.method) == (4, "exact_poisson")
    assert rate.interval == poisson_rate(4, 6).interval


def test_overdispersed_errors_have_the_t_interval_and_say_so():
    rate = errors_per_attempt([0, 0, 0, 0, 0, 12])

    assert rate.dispersion == 12
    assert rate.method == "t"
    assert Flag.OVERDISPERSED in rate.flags
    assert rate.interval.low == 0
    assert rate.interval.raw[0] < 0
    assert rate.interval.high > poisson_rate(12, 6).interval.high


def test_a_dispersion_of_one_and_a_half_is_not_yet_too_much():
    at_the_limit, above = errors_per_attempt([0, 3, 1, 0, 1]), errors_per_attempt([0, 0, 3, 1])

    assert (at_the_limit.dispersion, at_the_limit.method) == (1.5, "exact_poisson")
    assert (above.dispersion, above.method) == (2, "t")


@pytest.mark.parametrize(("counts", "dispersion"), [([0, 0], None), ([3], None), ([2, 2], 0.0)])
def test_without_errors_or_spread_poisson_stays(counts, dispersion):
    rate = errors_per_attempt(counts)

    assert rate.dispersion == dispersion
    assert rate.method == "exact_poisson"


def test_an_opportunity_that_fails_once_at_most_is_a_share():
    share = error_rate(5, 4, 5, at_most_once=True)
    rate = error_rate(5, 4, 5)

    assert (share.value, share.n, share.method) == (0.25, 20, "adjusted_wald")
    assert (rate.value, rate.n, rate.method) == (0.25, 20, "exact_poisson")
    assert rate.interval.high > share.interval.high


def test_attempts_are_free_of_errors_or_not():
    counts = [0, 2, None, 0, 1]

    assert attempts_with_errors(counts).count == 2
    assert error_free_rate(counts).count == 2
    assert error_free_rate(counts).left_out == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: errors_per_attempt([1, -1]), "counts must be whole numbers, 0 or more"),
        (lambda: errors_per_attempt([0.5]), "counts must be whole numbers, 0 or more"),
        (lambda: error_rate(-1, 4, 5), "events must be a whole number"),
        (lambda: error_rate(30, 4, 5, at_most_once=True), "count must be at most 20, got 30"),
        (lambda: error_rate(1, 4, -5), "attempts must be a whole number"),
        (lambda: error_totals({"rage_click": 1}, {}, []), "kind must be one of form, .*, got 'rage_click'"),
        (lambda: error_totals({"form": -1}, {}, []), "form must be a whole number"),
        (lambda: error_totals({}, {}, ["typo"]), "count_errors must be one of form, .*, got 'typo'"),
        (lambda: poisson_rate(1, -1), "exposure must be a number from 0"),
        (lambda: poisson_rate(1, float("inf")), "exposure must be a number from 0"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
