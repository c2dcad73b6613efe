import pytest

from usabtest.metrics import (
    Flag,
    discovery_probability,
    discovery_sample_size,
    mean_sample_size,
    problem_discovery,
    proportion_interval,
    proportion_sample_size,
    two_means_sample_size,
    two_proportions_sample_size,
)


@pytest.mark.parametrize(
    ("p", "n", "probability"), [(0.31, 5, 0.844), (0, 5, 0), (1, 1, 1), (1, 0, 0), (0.5, 0, 0), (0.1, 22, 0.9015)]
)
def test_problems_show_sooner_or_later(p, n, probability):
    assert discovery_probability(p, n) == pytest.approx(probability, abs=0.0005)


@pytest.mark.parametrize(
    ("p", "goal", "n"), [(0.1, 0.9, 22), (0.25, 0.85, 7), (0.5, 0.75, 2), (1, 0.99, 1), (0.3, 0, 0), (1, 1, 1)]
)
def test_the_participants_for_a_goal(p, goal, n):
    assert discovery_sample_size(p, goal) == n


@pytest.mark.parametrize(("p", "goal"), [(0, 0.9), (0.5, 1), (0, 1)])
def test_no_number_of_participants_is_enough(p, goal):
    assert discovery_sample_size(p, goal) is None


def test_the_example_of_lewis():
    found = problem_discovery([1, 2, 3, 1, 1, 1, 1, 1, 1, 1, 5, 2], 6)

    assert found.p_estimated == pytest.approx(20 / 72)
    assert found.good_turing == pytest.approx(8 / 12)
    assert found.value == pytest.approx(0.12963, abs=1e-5)
    assert found.expected_total == pytest.approx(12 / (1 - (1 - 0.12963) ** 6), rel=1e-4)


def test_few_participants_are_flagged():
    assert problem_discovery([1, 2], 3).flags == (Flag.FEW_PARTICIPANTS,)
    assert problem_discovery([1, 2], 4).flags == ()


def test_one_participant_who_met_everything_says_little():
    found = problem_discovery([1, 1], 1)

    assert (found.p_estimated, found.value) == (1, 0.25)


@pytest.mark.parametrize(("margin", "confidence"), [(0.1, 0.95), (0.2, 0.9), (0.05, 0.8)])
def test_a_completion_rate_of_one_half_is_known_to_the_margin(margin, confidence):
    n = proportion_sample_size(margin, confidence=confidence)
    n += n % 2
    interval = proportion_interval(n // 2, n, confidence=confidence)

    assert (interval.high - interval.low) / 2 <= margin + 1e-12


def test_a_wide_margin_still_needs_one():
    assert proportion_sample_size(0.9) == 1


def test_known_sizes():
    assert proportion_sample_size(0.1) == 93
    assert mean_sample_size(10, 20) == 18
    assert mean_sample_size(10, 0) == 2
    assert two_means_sample_size(10, 20) == 63
    assert two_means_sample_size(-10, 20) == 63
    assert two_proportions_sample_size(0.5, 0.8) == two_proportions_sample_size(0.8, 0.5) == 39
    assert two_proportions_sample_size(0, 1) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: discovery_probability(1.1, 5), "p must be a number from 0 to 1"),
        (lambda: discovery_probability(0.5, -1), "n must be a whole number"),
        (lambda: discovery_sample_size(-0.1, 0.9), "p must be a number from 0 to 1"),
        (lambda: discovery_sample_size(0.5, 1.1), "goal must be a number from 0 to 1, got 1.1"),
        (lambda: problem_discovery([7], 6), "problem_counts must be at most 6, got 7"),
        (lambda: problem_discovery([0], 6), "problem_counts must be a whole number, 1 or more"),
        (lambda: proportion_sample_size(0), "margin must be a number above 0"),
        (lambda: proportion_sample_size(0.1, p=2), "p must be a number from 0 to 1"),
        (lambda: mean_sample_size(0, 20), "margin must be a number above 0"),
        (lambda: mean_sample_size(1, -20), "sd must be a number from 0"),
        (lambda: two_means_sample_size(0, 20), "difference must not be 0"),
        (lambda: two_means_sample_size(1, 20, power=1), "power must be between 0 and 1, got 1"),
        (lambda: two_proportions_sample_size(0.5, 0.5), "p_b must differ from p_a"),
    ],
)
def test_bad_input_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
