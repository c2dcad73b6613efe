from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import api_headers, make_token, now, sign_in
from usabtest.accounts import actions
from usabtest.accounts.access import acting_user
from usabtest.accounts.bearer import require_token
from usabtest.accounts.models import ApiToken, User
from usabtest.db import transaction


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A client of an app whose API tells who asks."""
    api = Blueprint("whoami_api", __name__, url_prefix="/api/v1")
    api.before_request(require_token)

    @api.get("/whoami")
    def whoami() -> object:
        return jsonify(acting_user().email)

    app.register_blueprint(api)
    return app.test_client()


def test_it_works(client: FlaskClient, alice: User) -> None:
    assert client.get("/api/v1/whoami", headers=api_headers(alice)).json == alice.email


@pytest.mark.parametrize(
    "header", [None, "Bearer ", "Bearer nonsense", "Bearer usabtest_AAAAAAAAAAAAAAAAAAAAAA", "Basic YTpi", "nonsense"]
)
def test_without_a_good_token_it_refuses(client: FlaskClient, header: str | None) -> None:
    answer = client.get("/api/v1/whoami", headers={"Authorization": header} if header else {})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json is not None
    assert answer.json["errors"][0]["message"] == answer.json["detail"]


def test_the_cookie_is_never_enough(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    assert client.get("/api/v1/whoami").status_code == 401


def test_the_token_decides_and_not_the_cookie(client: FlaskClient, alice: User, bob: User) -> None:
    sign_in(client, alice)

    assert client.get("/api/v1/whoami", headers=api_headers(bob)).json == bob.email


def test_an_ended_token_is_refused(client: FlaskClient, alice: User, db_session: Session) -> None:
    headers = api_headers(alice)
    with transaction():
        db_session.execute(sa.update(ApiToken).values(expires_at=now()))

    assert client.get("/api/v1/whoami", headers=headers).status_code == 401


def test_a_revoked_token_is_refused(client: FlaskClient, alice: User, db_session: Session) -> None:
    headers = api_headers(alice)
    with transaction():
        actions.revoke_token(db_session.scalars(sa.select(ApiToken)).one(), now=now())

    assert client.get("/api/v1/whoami", headers=headers).status_code == 401


def test_a_disabled_users_token_is_refused(client: FlaskClient, alice: User) -> None:
    headers = api_headers(alice)
    with transaction():
        actions.disable(alice, now=now())

    assert client.get("/api/v1/whoami", headers=headers).status_code == 401


def test_its_use_is_noted_once_a_minute(client: FlaskClient, alice: User, db_session: Session) -> None:
    headers = {"Authorization": f"Bearer {make_token(alice)}"}
    token = db_session.scalars(sa.select(ApiToken)).one()

    client.get("/api/v1/whoami", headers=headers)
    db_session.refresh(token)
    first = token.last_used_at
    assert first is not None
    client.get("/api/v1/whoami", headers=headers)
    db_session.refresh(token)
    assert token.last_used_at == first

    with transaction():
        token.last_used_at = first - dt.timedelta(minutes=2)
    client.get("/api/v1/whoami", headers=headers)
    db_session.refresh(token)
    assert token.last_used_at is not None
    assert token.last_used_at >= first
