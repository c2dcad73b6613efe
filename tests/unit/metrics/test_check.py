import json
from pathlib import Path

import pytest

from usabtest.metrics.__main__ import main
from usabtest.metrics.check import RUNNERS, agrees, check_case, check_cases

PUBLISHED = Path(__file__).with_name("metrics_public.json")
CASES = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def make_case(**changes):
    case = {
        "id": "T1",
        "metric": "completion_rate_ci",
        "input": {"successes": 4, "n": 5, "confidence": 0.95, "method": "adjusted_wald"},
        "expected": {"lower": 0.3596, "upper": 0.9796},
        "tolerance": 0.0002,
        "source": "measuringux.com",
    }
    return case | changes


def write(path, cases):
    path.write_text(json.dumps(cases), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']}-{case['metric']}" for case in CASES])
def test_it_agrees_with_the_published_cases(case):
    assert check_case(case) is None


def test_every_metric_of_the_vocabulary_has_a_published_case():
    assert {case["metric"] for case in CASES} >= RUNNERS.keys()


def test_the_runner_passes_the_published_cases(capsys):
    assert main(["check", str(PUBLISHED)]) == 0

    assert capsys.readouterr().out == f"{len(CASES)} of {len(CASES)} cases agree\n"


def test_the_runner_prints_each_miss_and_a_closing_count(tmp_path, capsys):
    path = write(tmp_path / "cases.json", [make_case(), make_case(id="T2", expected={"lower": 0.5})])

    assert main(["check", path]) == 1

    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("T2 completion_rate_ci: lower: expected 0.5, found 0.359")
    assert last == "1 of 2 cases agree"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"metric": "happiness"}, "unknown metric"),
        ({"expected": {"middle": 0.5}}, "middle: expected 0.5, found None"),
        ({"input": {"successes": 6, "n": 5}}, "ValueError: count must be at most 5, got 6"),
        ({"input": {"successes": 4, "people": 5}}, "TypeError"),
        ({"expected": {"lower": None}}, "lower: expected None"),
        ({"input": {"successes": 0, "n": 0}}, "lower: expected 0.3596, found None"),
    ],
)
def test_it_says_what_is_wrong_with_a_case(changes, problem):
    miss = check_case(make_case(**changes))

    assert miss is not None
    assert problem in miss.problem


def test_a_sum_without_an_acceptable_time_takes_it_from_the_satisfied():
    attempts = {"successes": 3, "n": 3, "times_success": [30, 40, 200], "ratings": [5, 4, 2], "rating_spec": 4}
    given = make_case(metric="sum_task", input=attempts | {"time_spec": 39.5}, expected={})
    found = RUNNERS["sum_task"](**given["input"])

    assert (
        check_case(given | {"input": attempts | {"time_spec": None}, "expected": dict(found), "tolerance": 0}) is None
    )


def test_misses_come_in_the_order_of_the_file():
    cases = [make_case(id=name, metric="happiness") for name in ("b", "a", "c")]

    assert [miss.case_id for miss in check_cases(cases)] == ["b", "a", "c"]


def test_an_unknown_metric_is_exit_1(tmp_path):
    assert main(["check", write(tmp_path / "cases.json", [make_case(metric="happiness")])]) == 1


@pytest.mark.parametrize("text", ["{", '{"id": "T1"}', "[1]"])
def test_a_file_that_holds_no_cases_is_exit_1_with_one_line(tmp_path, capsys, text):
    path = tmp_path / "cases.json"
    path.write_text(text, encoding="utf-8")

    assert main(["check", str(path)]) == 1

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_missing_file_is_exit_1_with_one_line(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere.json")]) == 1

    assert "nowhere.json" in capsys.readouterr().err


def test_bad_usage_is_exit_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["measure"])

    assert stopped.value.code == 2
    assert "measure" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        (None, None, True),
        (None, 0.0, False),
        (0.0, None, False),
        (1, 1.0, True),
        (1, 1.2, True),
        (1, 1.4, False),
        (1.0, float("nan"), False),
        ("A+", "A+", True),
        ("A+", "A", False),
        (1.0, "1.0", False),
        ([0.1, None], (0.2, None), True),
        ([0.1, 0.2], (0.1,), False),
        (True, 1, False),
    ],
)
def test_values_agree_within_the_tolerance_and_null_meets_null(wanted, found, same):
    assert agrees(wanted, found, 0.3) is same
