from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, now
from usabtest.accounts import actions
from usabtest.accounts.models import LinkPurpose, Role, User
from usabtest.db import transaction

FORM = {"email": "Rosa@Example.org", "name": "Rosa", "password": PASSWORD}


def make_link(user: User | None = None, *, at: dt.datetime | None = None) -> str:
    with transaction():
        return "/setup/" + actions.make_link(LinkPurpose.SETUP, user, now=at or now())


def test_it_works(client: FlaskClient, db_session: Session) -> None:
    link = make_link()

    assert client.get(link).status_code == 200
    assert client.post(link, data=FORM).status_code == 303

    user = db_session.scalars(sa.select(User)).one()
    assert (user.email, user.role, user.name) == ("rosa@example.org", Role.ADMIN, "Rosa")
    assert client.get("/people").status_code == 200


def test_looking_at_the_link_does_not_use_it_up(client: FlaskClient) -> None:
    link = make_link()

    answers = [client.get(link).status_code for _ in range(3)]

    assert answers == [200, 200, 200]
    assert client.post(link, data=FORM).status_code == 303


def test_a_used_link_has_ended(client: FlaskClient, db_session: Session) -> None:
    link = make_link()
    client.post(link, data=FORM)

    again = client.post(link, data=FORM | {"email": "mallory@example.org"})

    assert again.status_code == 410
    assert "has been used" in again.text
    assert db_session.scalar(sa.select(sa.func.count()).select_from(User)) == 1


def test_a_forged_link_is_not_found(client: FlaskClient) -> None:
    assert client.get("/setup/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_an_old_link_has_ended(client: FlaskClient) -> None:
    link = make_link(at=now() - dt.timedelta(days=8))

    assert client.get(link).status_code == 410


def test_a_new_link_ends_the_one_before(client: FlaskClient) -> None:
    first, second = make_link(), make_link()

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_second_administrator_does_not_come_this_way(client: FlaskClient, db_session: Session) -> None:
    link = make_link()
    with transaction():
        actions.create_user("first@example.org", role=Role.ADMIN, now=now(), password=PASSWORD)

    answer = client.post(link, data=FORM)

    assert answer.status_code == 410
    assert db_session.scalars(sa.select(User.email)).all() == ["first@example.org"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "rosa"),
        ("email", ""),
        ("password", "short"),
        ("password", "password123"),
        ("password", "rosa@example.org"),
        ("name", "x" * 101),
    ],
)
def test_it_says_what_to_mend_and_keeps_the_link(client: FlaskClient, field: str, value: str) -> None:
    link = make_link()

    answer = client.post(link, data=FORM | {field: value})

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text
    assert client.post(link, data=FORM).status_code == 303


def test_somebody_who_was_added_chooses_a_password(client: FlaskClient, alice: User) -> None:
    epoch = alice.epoch

    answer = client.post(make_link(alice), data={"name": "", "password": "seven umbrella otter"})

    assert answer.status_code == 303
    assert (alice.name, alice.epoch) == ("Alice", epoch + 1)
    assert client.get("/settings").status_code == 200
