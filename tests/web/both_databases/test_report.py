"""What a report is read from, on either kind of database."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.factories import make_participant, make_study
from tests.measured import errors, make_answers, make_measured, make_sus
from tests.web.reports.study import FULL
from tests.web.reports.test_json import make_the_example, report
from usabtest.accounts.models import User
from usabtest.studies.models import Study


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, **FULL)


def test_it_works(client: FlaskClient, study: Study, alice: User) -> None:
    make_the_example(study)

    found = report(client, alice)
    task = found["tasks"][0]

    assert (found["participants"]["sent"], found["participants"]["completed"]) == (12, 12)
    assert task["success"]["successes"] == 9
    assert (task["time_on_task"]["median"], task["time_on_task"]["max"]) == (39, 120)
    assert task["errors"]["by_kind"] == {"javascript": 2, "network": 0, "form": 2, "wrong_path": 0, "marked": 0}
    assert task["clicks"]["total"] == 78
    assert task["page_load"] == {"metric": "loadEventEnd", "n": 12, "median": 0.4, "p75": 0.4}
    assert task["seq"]["mean"] == pytest.approx(56 / 12)
    assert task["questions"][0]["counts"] == {"price": 7, "speed": 5}
    assert found["sus"]["n"] == found["nps"]["n"] == 12


def test_some_of_the_people(client: FlaskClient, study: Study, alice: User) -> None:
    for device in ("desktop", "phone", "phone"):
        person = make_participant(study, status="completed", device=device, attributes={"plan": device[0]})
        make_measured(person, ease=4, errors=errors(form=1))
        make_sus(person, [4, 2] * 5)
    make_participant(study, device="phone", status="screened_out")

    for query in ("?device=phone", "?attr.plan=p"):
        found = report(client, alice, query)
        assert found["participants"]["completed"] == found["tasks"][0]["n"] == found["sus"]["n"] == 2
        assert found["tasks"][0]["seq"]["n"] == found["tasks"][0]["errors"]["user"]["total"] == 2


def test_who_is_left_out_is_counted_apart(client: FlaskClient, study: Study, alice: User) -> None:
    for values in ({}, {"pilot": True}, {"excluded_at": study.created_at, "excluded_reason": "a colleague"}):
        make_measured(make_participant(study, status="completed", **values))

    found = report(client, alice)

    assert [found["participants"][name] for name in ("completed", "excluded", "pilot")] == [1, 1, 1]
    assert found["tasks"][0]["n"] == 1


def test_answers_of_any_kind(client: FlaskClient, study: Study, alice: User) -> None:
    for value in (None, "price", ["price"], {"no": "sense"}, 3, True, 'a "comma", a \n line'):
        make_answers(make_participant(study), {"why": value}, attempt=0, task_key="find-book")

    found = report(client, alice)["tasks"][0]["questions"][0]

    assert found["n"] == 6
    assert found["counts"]["price"] == 2
