from __future__ import annotations

import re

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, make_token, sign_in
from usabtest.accounts.models import ApiToken, User
from usabtest.accounts.passwords import check_password


def test_it_works(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    assert client.get("/settings").status_code == 200


def test_a_name_can_be_changed(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    answer = client.post("/settings/name", data={"name": " Alice Liddell "})

    assert answer.status_code == 303
    assert alice.name == "Alice Liddell"


def test_a_new_password_needs_the_old_one(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    answer = client.post("/settings/password", data={"current": "a guess", "password": "seven umbrella otter"})

    assert answer.status_code == 422
    assert "Wrong password." in answer.text
    assert check_password(alice.password_hash, PASSWORD)


def test_a_weak_password_is_refused(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    answer = client.post("/settings/password", data={"current": PASSWORD, "password": "qwertyuiop"})

    assert answer.status_code == 422
    assert "among the first that others would try" in answer.text


def test_a_token_is_shown_once_and_kept_as_a_hash(client: FlaskClient, alice: User, db_session: Session) -> None:
    sign_in(client, alice)

    answer = client.post("/settings/tokens", data={"token_name": "nightly export"})

    (shown,) = set(re.findall(r"usabtest_[\w-]{22}", answer.text))
    row = db_session.scalars(sa.select(ApiToken)).one()
    assert (row.name, (row.expires_at - row.created_at).days) == ("nightly export", 365)
    assert shown not in client.get("/settings").text
    assert shown.encode() not in row.token_hash


def test_a_token_needs_a_name(client: FlaskClient, alice: User, db_session: Session) -> None:
    sign_in(client, alice)

    assert client.post("/settings/tokens", data={"token_name": " "}).status_code == 422
    assert db_session.scalars(sa.select(ApiToken)).all() == []


def test_a_token_can_be_revoked(client: FlaskClient, alice: User, db_session: Session) -> None:
    make_token(alice)
    token = db_session.scalars(sa.select(ApiToken)).one()
    sign_in(client, alice)

    client.post(f"/settings/tokens/{token.id}/revoke")

    db_session.refresh(token)
    assert token.revoked_at is not None


def test_nobody_revokes_anothers_token(client: FlaskClient, alice: User, bob: User, db_session: Session) -> None:
    make_token(alice)
    token = db_session.scalars(sa.select(ApiToken)).one()
    sign_in(client, bob)

    assert client.post(f"/settings/tokens/{token.id}/revoke").status_code == 404
    db_session.refresh(token)
    assert token.revoked_at is None
