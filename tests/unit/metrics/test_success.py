import pytest

from usabtest.metrics import (
    Agreement,
    Outcome,
    abandonment_rate,
    agreement,
    completion_by_outcome,
    completion_estimate,
    completion_rate,
    count_outcomes,
    success_levels_score,
)


def test_it_counts_outcomes_and_names_those_that_did_not_occur():
    counts = count_outcomes(["success", "success", "gave_up"])

    assert counts == dict.fromkeys(Outcome, 0) | {Outcome.SUCCESS: 2, Outcome.GAVE_UP: 1}


@pytest.mark.parametrize(
    ("outcomes", "successes", "n"),
    [
        ({"success": 9, "failure": 1, "gave_up": 1, "timed_out": 1}, 9, 12),
        ({"success": 9, "invalid": 4, "skipped": 2}, 9, 9),
        ({"assisted": 3, "partial": 2}, 0, 5),
        ({"abandoned": 1}, 0, 1),
    ],
)
def test_the_denominator_holds_all_but_invalid_and_skipped(outcomes, successes, n):
    rate = completion_by_outcome(outcomes)

    assert (rate.count, rate.n) == (successes, n)


@pytest.mark.parametrize(
    ("successes", "n", "rule"),
    [(4, 10, "wilson"), (5, 10, "mle"), (9, 10, "mle"), (10, 10, "laplace"), (91, 100, "laplace"), (0, 3, "wilson")],
)
def test_the_best_estimate_names_the_rule_it_chose(successes, n, rule):
    best = completion_estimate(successes, n)

    assert best.method == rule
    assert best.value == completion_estimate(successes, n, method=rule).value


@pytest.mark.parametrize(("credit", "score"), [(0, 0.5), (0.5, 0.75), (1, 1)])
def test_partial_success_is_worth_its_credit(credit, score):
    assert success_levels_score(2, 2, 4, partial_credit=credit).value == score


def test_a_bootstrap_interval_of_the_levels_is_labelled_so():
    score = success_levels_score(9, 4, 24, method="bca_bootstrap")

    assert score.method == "bca_bootstrap"
    assert score.value == pytest.approx(11 / 24)
    assert 0.2 < score.interval.low < score.value < score.interval.high < 0.7


def test_time_outs_are_no_abandonment():
    rate = abandonment_rate(2, 1, 12)

    assert (rate.count, rate.value) == (3, 0.25)


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (("success", "done", None), "rule_and_participant"),
        (("failure", "done", None), "thinks_done_but_is_not"),
        ((None, "done", None), "thinks_done_but_is_not"),
        (("success", "gave_up", None), "done_without_noticing"),
        (("success", None, None), "done_without_noticing"),
        (("failure", "gave_up", None), "rule_and_participant"),
        ((None, None, None), "rule_and_participant"),
    ],
)
def test_rule_and_participant_agree_or_one_is_mistaken(verdict, word):
    found = agreement([verdict])

    assert getattr(found, word) == found.n == 1
    assert found.rule_and_participant + found.thinks_done_but_is_not + found.done_without_noticing == 1


def test_the_moderators_word_is_counted_beside_the_others():
    assert agreement([("success", "done", "assisted"), (None, None, None)]) == Agreement(2, 2, 0, 0, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: completion_rate(-1, 5), "count must be a whole number, 0 or more, got -1"),
        (lambda: completion_rate(2.5, 5), "count must be a whole number, 0 or more, got 2.5"),
        (lambda: completion_rate(6, 5), "count must be at most 5, got 6"),
        (lambda: completion_rate(1, -1), "n must be a whole number, 0 or more, got -1"),
        (lambda: completion_rate(float("nan"), 5), "count must be a whole number"),
        (lambda: completion_rate(1, 5, confidence=95), "confidence must be between 0 and 1 .*, got 95"),
        (lambda: completion_rate(1, 5, confidence=1), "confidence must be between 0 and 1 .*, got 1"),
        (lambda: completion_rate(1, 5, method="wald"), "method must be one of adjusted_wald, .*, got 'wald'"),
        (lambda: completion_estimate(1, 5, method="mode"), "method must be one of mle, .*, got 'mode'"),
        (lambda: success_levels_score(3, 3, 5), "partial must be at most 2, got 3"),
        (lambda: success_levels_score(3, 1, 5, partial_credit=2), "partial_credit must be a number from 0 to 1, got 2"),
        (lambda: success_levels_score(3, 1, 5, method="t"), "method must be one of levels, bca_bootstrap"),
        (lambda: count_outcomes(["won"]), "outcomes must be one of success, .*, got 'won'"),
        (lambda: completion_by_outcome({"won": 3}), "outcome must be one of success, .*, got 'won'"),
        (lambda: completion_by_outcome({"success": -3}), "success must be a whole number"),
        (lambda: abandonment_rate(3, 3, 5), "count must be at most 5, got 6"),
    ],
)
def test_bad_input_is_refused_by_name_value_and_what_is_allowed(call, message):
    with pytest.raises(ValueError, match=message):
        call()
