"""Participants and attempts through the API: what may be changed about them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.factories import api_headers, make_attempt, make_participant, make_study
from usabtest.accounts.models import User
from usabtest.db import db
from usabtest.participation.models import Participant
from usabtest.studies.models import Study


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


def test_it_works(client: FlaskClient, study: Study, alice: User) -> None:
    participant = make_participant(study)
    address, headers = f"/api/v1/studies/{study.key}/participants/{participant.id:016x}", api_headers(alice)

    out = client.patch(address, json={"excluded": True, "reason": "Lost the connection"}, headers=headers)
    back = client.patch(address, json={"excluded": False}, headers=headers)

    assert out.json["excluded"] is True
    assert out.json["reason"] == "Lost the connection"
    assert back.json["excluded"] is False
    assert back.json["reason"] is None


@pytest.mark.parametrize(
    ("body", "path"),
    [({"excluded": True}, "reason"), ({"excluded": 1, "reason": "x"}, "excluded"), ({"out": True}, "out")],
)
def test_bad_changes_are_refused(client: FlaskClient, study: Study, alice: User, body: object, path: str) -> None:
    participant = make_participant(study)

    answer = client.patch(
        f"/api/v1/studies/{study.key}/participants/{participant.id:016x}", json=body, headers=api_headers(alice)
    )

    assert answer.status_code == 422
    assert answer.json["errors"][0]["path"] == path


def test_a_participant_is_deleted_with_everything(client: FlaskClient, study: Study, alice: User) -> None:
    attempt = make_attempt(make_participant(study))
    participant_id = attempt.participant_id

    answer = client.delete(
        f"/api/v1/studies/{study.key}/participants/{participant_id:016x}", headers=api_headers(alice)
    )

    assert answer.status_code == 204
    db.session.expire_all()
    assert db.session.get(Participant, participant_id) is None


def test_an_outcome_is_corrected_and_taken_back(client: FlaskClient, study: Study, alice: User) -> None:
    attempt = make_attempt(make_participant(study), outcome="failure")
    address = f"/api/v1/studies/{study.key}/attempts/{attempt.session_id:016x}-{attempt.number}"
    headers = api_headers(alice)

    judged = client.patch(address, json={"outcome": "assisted", "reason": "I helped"}, headers=headers)
    back = client.patch(address, json={"outcome": None}, headers=headers)

    assert judged.json["outcome"] == "assisted"
    assert judged.json["verdicts"]["moderator"] == "assisted"
    assert back.json["outcome"] == "failure"
    assert back.json["verdicts"]["moderator"] is None


@pytest.mark.parametrize("attempt_id", ["0", "0000000000000001-0", "zz-1", "0000000000000001-99999999"])
def test_an_unknown_attempt_is_not_found(client: FlaskClient, study: Study, alice: User, attempt_id: str) -> None:
    answer = client.patch(
        f"/api/v1/studies/{study.key}/attempts/{attempt_id}", json={"outcome": None}, headers=api_headers(alice)
    )

    assert answer.status_code == 404


def test_another_study_does_not_lend_its_participants(client: FlaskClient, study: Study, alice: User) -> None:
    other = make_participant(make_study(alice))

    answer = client.delete(f"/api/v1/studies/{study.key}/participants/{other.id:016x}", headers=api_headers(alice))

    assert answer.status_code == 404


def test_a_stranger_meets_nothing(client: FlaskClient, study: Study, charlie: User) -> None:
    participant = make_participant(study)

    answer = client.delete(
        f"/api/v1/studies/{study.key}/participants/{participant.id:016x}", headers=api_headers(charlie)
    )

    assert answer.status_code == 404
