"""Everybody who takes part, in a page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.factories import make_attempt, make_participant, make_study, make_user, now, sign_in
from usabtest.accounts.models import Role, User
from usabtest.db import db, transaction
from usabtest.participation.models import Participant
from usabtest.studies import actions
from usabtest.studies.models import Study


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


def page_of(client: FlaskClient, study: Study, query: str = "") -> str:
    return re.sub(r"\s+", " ", client.get(f"/studies/{study.key}/participants{query}").text)


def test_it_works(client: FlaskClient, study: Study, alice: User) -> None:
    make_attempt(make_participant(study, status="completed"), outcome="gave_up")
    make_participant(study, status="started", problem="The page stayed white.")
    make_participant(study, pilot=True)
    sign_in(client, alice)

    page = page_of(client, study)

    assert "1 of 2</span> people who pressed Start has completed" in page
    assert "Find a book: Gave up" in page
    assert "The page stayed white." in page
    assert page.index("P-02") < page.index("Pilot runs") < page.index('<tr id="T-01"')


def test_nobody_yet(client: FlaskClient, study: Study, alice: User) -> None:
    sign_in(client, alice)

    assert "Nobody has taken part yet" in page_of(client, study)


def test_somebody_is_left_out_with_a_reason_and_taken_in_again(client: FlaskClient, study: Study, alice: User) -> None:
    participant = make_participant(study, status="completed")
    sign_in(client, alice)
    address = f"/studies/{study.key}/participants/P-01"

    client.post(f"{address}/exclude", data={"reason": "Lost the connection twice"})
    left_out = page_of(client, study)
    client.post(f"{address}/include")
    db.session.expire_all()

    assert "Left out: Lost the connection twice" in left_out
    assert "0 completed" in left_out
    assert participant.excluded_at is None


def test_a_reason_is_needed(client: FlaskClient, study: Study, alice: User) -> None:
    participant = make_participant(study)
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/participants/P-01/exclude", data={"reason": " "})

    assert answer.status_code == 422
    db.session.expire_all()
    assert participant.excluded_at is None


def test_somebody_is_deleted(client: FlaskClient, study: Study, alice: User) -> None:
    make_attempt(make_participant(study))
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/participants/P-01/delete")

    assert answer.status_code == 303
    assert db.session.query(Participant).count() == 0


def test_a_researcher_leaves_out_but_does_not_delete(client: FlaskClient, study: Study) -> None:
    make_participant(study)
    researcher = make_user(role=Role.RESEARCHER)
    with transaction():
        actions.add_member(study, researcher, now=now())
    sign_in(client, researcher)
    address = f"/studies/{study.key}/participants/P-01"

    assert client.post(f"{address}/delete").status_code == 403
    assert client.post(f"{address}/exclude", data={"reason": "A colleague"}).status_code == 303
    assert "Delete P-01" not in page_of(client, study)


def test_a_stranger_changes_nothing(client: FlaskClient, study: Study, charlie: User) -> None:
    make_participant(study)
    sign_in(client, charlie)

    assert client.post(f"/studies/{study.key}/participants/P-01/delete").status_code == 404
    assert db.session.query(Participant).count() == 1


def test_a_long_list_comes_in_pages(client: FlaskClient, study: Study, alice: User) -> None:
    for _ in range(3):
        make_participant(study)
    sign_in(client, alice)

    first = page_of(client, study, "?size=2")
    later = re.search(r'href="(http://localhost/[^"]*cursor=[^"]*)"', first)

    assert '<tr id="P-02"' in first
    assert '<tr id="P-03"' not in first
    assert later
    assert '<tr id="P-03"' in client.get(later[1].replace("&amp;", "&")).text
