from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import api_headers, make_participant, make_study
from tests.measured import errors, first_click, make_answers, make_measured, make_sus
from tests.web.reports.study import FULL
from usabtest.accounts.models import User
from usabtest.studies.models import Study

EXAMPLE = json.loads((Path(__file__).parent / "example.json").read_text())
REPORT = "/api/v1/studies/shop-checkout/report"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, **FULL)


def report(client: FlaskClient, user: User, query: str = "") -> Any:
    answer = client.get(f"{REPORT}{query}", headers=api_headers(user))
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def keys(value: Any) -> Any:
    """The tree of keys; reasons stand only where something is missing."""
    if isinstance(value, dict):
        return {key: keys(below) for key, below in value.items() if key != "reasons"}
    return None


def make_the_example(study: Study) -> None:
    """Twelve people at the first task: nine succeed, one each fails, gives up, runs out of time."""
    outcomes = ["success"] * 9 + ["failure", "gave_up", "timed_out"]
    times = [20.1, 28, 31, 35, 39, 44, 55, 60, 120, 80, 90, 300]
    for number, (outcome, time_s) in enumerate(zip(outcomes, times, strict=True)):
        person = make_participant(study, status="completed")
        make_measured(
            person,
            outcome=outcome,
            time_s=time_s,
            ease=[7, 6, 5, 6, 4, 7, 5, 6, 3, 2, 4, 1][number],
            clicks=number + 1,
            errors=errors(form=1, javascript=1) if number < 2 else (),
            signals=errors(dead_click=1) if number == 3 else (),
            first_click=number != 11,
            first_click_at=first_click(),
            lostness=0.1 * (number % 3),
            searched=number < 3,
        )
        make_answers(person, {"why": "price" if number < 7 else "speed"}, attempt=0, task_key="find-book")
        make_answers(person, {"nps": [10, 9, 9, 10, 8, 7, 7, 8, 0, 6, 5, 3][number]})
        make_sus(person, [4, 2] * 5 if number % 2 else [5, 1] * 5)


def test_it_has_the_keys_of_the_interface(client: FlaskClient, study: Study, alice: User) -> None:
    make_the_example(study)

    found = report(client, alice)

    assert keys({**found, "tasks": []}) == keys({**EXAMPLE, "tasks": []})
    task, promised = dict(found["tasks"][0]), dict(EXAMPLE["tasks"][0])
    assert [keys(one) for one in task.pop("questions")] == [keys(one) for one in promised.pop("questions")]
    assert keys(task) == keys(promised)


def test_its_figures_are_those_computed_by_hand(client: FlaskClient, study: Study, alice: User) -> None:
    make_the_example(study)

    found = report(client, alice)
    task = found["tasks"][0]

    assert task["attempts"] == task["n"] == 12
    assert task["outcomes"] == {
        **dict.fromkeys(("assisted", "partial", "abandoned", "skipped", "invalid"), 0),
        "success": 9,
        "failure": 1,
        "gave_up": 1,
        "timed_out": 1,
    }
    assert task["success"] == {
        "successes": 9,
        "n": 12,
        "rate": 0.75,
        "ci": pytest.approx([0.4618, 0.9172], abs=1e-3),
        "method": "adjusted_wald",
    }
    time = task["time_on_task"]
    assert (time["n"], time["median"], time["min"], time["max"], time["censored"]) == (9, 39, 20.1, 120, 1)
    assert time["mean"] == pytest.approx(48.0111, abs=1e-3)
    assert time["geometric_mean"] == pytest.approx(42.094, abs=0.001)
    assert time["kaplan_meier_median"] is None
    assert time["reasons"] == {"kaplan_meier_median": "fewer than 20 % censored"}
    assert task["errors"]["user"]["total"] == task["errors"]["system"]["total"] == 2
    assert task["errors"]["attempts_with_errors"]["count"] == 2
    assert task["errors"]["per_opportunity"] == pytest.approx(2 / 48)
    assert task["errors"]["by_kind"] == {"javascript": 2, "network": 0, "form": 2, "wrong_path": 0, "marked": 0}
    assert task["errors"]["signals"] == {"dead_click": 1, "rage_click": 0, "error_click": 0, "quick_back": 0}
    assert (task["abandonment"]["count"], task["abandonment"]["timed_out"]) == (1, 1)
    assert (task["clicks"]["total"], task["clicks"]["to_completion"]["median"]) == (78, 5)
    assert task["search_to_navigation"] == {"n": 12, "searched": 3, "navigated": 9, "ratio": 0.25}
    assert (task["first_click"]["correct"], task["first_click"]["n"]) == (11, 12)
    assert task["seq"]["mean"] == pytest.approx(56 / 12)
    assert task["sum"]["form"] == 4
    assert task["questions"] == [{"key": "why", "type": "choice", "n": 12, "counts": {"price": 7, "speed": 5}}]
    assert (found["sus"]["n"], found["sus"]["mean"], found["sus"]["adjective"]) == (12, 87.5, "Best Imaginable")
    assert found["nps"]["score"] == pytest.approx(0)
    assert found["reasons"] == dict.fromkeys(("csat", "ces", "umux_lite"), "not asked")


def test_nobody_has_taken_part(client: FlaskClient, study: Study, alice: User) -> None:
    found = report(client, alice)

    task = found["tasks"][0]
    assert found["participants"]["sent"] == task["n"] == found["sus"]["n"] == 0
    assert task["success"]["rate"] is None
    assert task["success"]["reasons"] == {"rate": "no attempts", "ci": "no attempts"}
    assert task["time_on_task"]["reasons"]["geometric_mean"] == "no success"
    assert found["tasks"][1]["reasons"].keys() == {"lostness", "path_deviation", "search_to_navigation", "first_click"}


def test_every_null_has_a_reason(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study), outcome="failure")

    assert list(_unexplained(report(client, alice))) == []


def test_the_parts_of_the_single_score_say_themselves_what_they_lack(
    client: FlaskClient, study: Study, alice: User
) -> None:
    make_measured(make_participant(study), outcome="failure")

    found = report(client, alice)["tasks"][1]["sum"]

    assert found["reasons"].keys() == {"value"}
    assert [name for name, value in found["parts"].items() if value is None] == list(found["parts"]["reasons"])
    assert found["parts"]["reasons"]["errors"] == "no error opportunities are set"


def _unexplained(value: Any, path: str = "") -> Any:
    """The nulls that the object which holds them gives no reason for."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _unexplained(one, f"{path}[{place}]")
    if isinstance(value, dict):
        for key, below in value.items():
            if below is None and key not in value.get("reasons", {}):
                yield f"{path}.{key}"
            yield from _unexplained(below, f"{path}.{key}")


def test_running_attempts_are_only_in_progress(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study))
    make_measured(make_participant(study), outcome=None)

    task = report(client, alice)["tasks"][0]

    assert (task["attempts"], task["n"], task["in_progress"]) == (1, 1, 1)


def test_skipped_and_invalid_leave_the_denominator(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study))
    make_measured(make_participant(study), outcome="skipped")
    make_measured(make_participant(study), judged=("invalid", "The site was down"))

    task = report(client, alice)["tasks"][0]

    assert (task["attempts"], task["n"], task["success"]["successes"]) == (3, 1, 1)
    assert (task["outcomes"]["skipped"], task["outcomes"]["invalid"]) == (1, 1)


def test_pilots_and_those_left_out_count_nowhere_else(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study))
    make_measured(make_participant(study, pilot=True))
    left_out = make_participant(study)
    make_measured(left_out)
    client.patch(
        f"/api/v1/studies/shop-checkout/participants/{left_out.id:016x}",
        json={"excluded": True, "reason": "Worked on the shop"},
        headers=api_headers(alice),
    )

    found = report(client, alice)

    assert found["tasks"][0]["n"] == found["participants"]["sent"] == 1
    assert (found["participants"]["pilot"], found["participants"]["excluded"]) == (1, 1)


def test_the_moderator_outranks_the_rule(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study), outcome="failure", rule="failure", judged=("assisted", "I helped"))

    task = report(client, alice)["tasks"][0]

    assert (task["outcomes"]["assisted"], task["outcomes"]["failure"]) == (1, 0)
    assert task["agreement"]["judged"] == 1


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("?device=phone", 1),
        ("?device=phone&device=desktop", 2),
        ("?browser=Firefox", 1),
        ("?browser=Firefox+131", 1),
        ("?language=en", 1),
        ("?status=completed", 2),
        ("?attr.plan=free", 1),
        ("?attr.plan=", 2),
        ("?from=2020-01-01&to=2020-01-02", 0),
        ("?from=2020-01-01T00:00:00Z", 2),
        ("?group=colleagues", 0),
    ],
)
def test_filters_shape_everything(client: FlaskClient, study: Study, alice: User, query: str, n: int) -> None:
    first = make_participant(
        study, status="completed", device="phone", browser="Firefox 131", language="en-GB", attributes={"plan": "free"}
    )
    second = make_participant(study, status="completed", device="desktop", browser="Chrome 140", language="de")
    for person in (first, second):
        make_measured(person)
        make_answers(person, {"nps": 9})

    found = report(client, alice, query)

    assert found["tasks"][0]["n"] == found["nps"]["n"] == found["participants"]["sent"] == n


def test_filters_are_echoed_and_hide_what_they_cannot_reach(client: FlaskClient, study: Study, alice: User) -> None:
    found = report(client, alice, "?device=phone&attr.plan=free&attr.plan=pro")

    assert found["filters"] == {"attr.plan": ["free", "pro"], "device": "phone"}
    assert found["participants"]["declined"] is None
    assert "declined" in found["participants"]["reasons"]


def test_an_unknown_filter_is_refused(client: FlaskClient, study: Study, alice: User) -> None:
    answer = client.get(f"{REPORT}?devise=phone&to=soon", headers=api_headers(alice))

    assert answer.status_code == 422
    assert [fault["path"] for fault in answer.get_json()["errors"]] == ["devise", "to"]


def test_strangers_find_nothing(client: FlaskClient, study: Study, charlie: User) -> None:
    assert client.get(REPORT, headers=api_headers(charlie)).status_code == 404


def test_it_requires_a_token(client: FlaskClient, study: Study) -> None:
    assert client.get(REPORT).status_code == 401
