from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD, make_user, sign_in
from usabtest.accounts.models import Role, User
from usabtest.accounts.queries import user_by_email

NEW = {"email": "rosa@example.org", "name": "Rosa", "role": "researcher", "password": PASSWORD}


def test_it_works(client: FlaskClient, admin: User, alice: User) -> None:
    sign_in(client, admin)

    assert alice.email in client.get("/people").text


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.RESEARCHER, Role.OBSERVER])
def test_it_is_for_administrators(client: FlaskClient, app: Flask, role: Role) -> None:
    user = make_user(role=role)
    sign_in(client, user)

    assert client.get("/people").status_code == 403
    assert client.post("/people", data=NEW).status_code == 403
    assert client.post(f"/people/{user.id}/role", data={"role": "admin"}).status_code == 403
    assert client.post(f"/people/{user.id}/link").status_code == 403
    assert user.role == role


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/people").location == "/sign-in?next=/people"
    assert client.post("/people", data=NEW).location == "/sign-in"
    assert user_by_email(NEW["email"]) is None


def test_somebody_added_with_a_password_can_sign_in(app: Flask, client: FlaskClient, admin: User) -> None:
    sign_in(client, admin)

    assert client.post("/people", data=NEW).status_code == 303
    credentials = {"email": NEW["email"], "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=credentials).status_code == 303

    rosa = user_by_email("rosa@example.org")
    assert rosa is not None
    assert rosa.role == Role.RESEARCHER


def test_somebody_added_without_a_password_gets_a_link(client: FlaskClient, admin: User) -> None:
    sign_in(client, admin)

    answer = client.post("/people", data=NEW | {"password": ""})

    (link,) = set(re.findall(r"http://localhost(/setup/[\w-]{22})", answer.text))
    client.post("/sign-out")
    assert client.post(link, data={"name": "Rosa", "password": PASSWORD}).status_code == 303
    assert "Rosa" in client.get("/settings").text


@pytest.mark.parametrize(
    ("field", "value"), [("email", "admin@example.org"), ("email", "x"), ("role", "king"), ("password", "short")]
)
def test_it_says_what_to_mend(client: FlaskClient, admin: User, field: str, value: str) -> None:
    sign_in(client, admin)

    answer = client.post("/people", data=NEW | {field: value})

    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


def test_somebody_is_disabled_and_enabled(client: FlaskClient, admin: User, alice: User) -> None:
    sign_in(client, admin)

    client.post(f"/people/{alice.id}/disable")
    assert not alice.active

    client.post(f"/people/{alice.id}/enable")
    assert alice.active


def test_a_role_can_be_changed(client: FlaskClient, admin: User, alice: User) -> None:
    sign_in(client, admin)

    assert client.post(f"/people/{alice.id}/role", data={"role": "observer"}).status_code == 303
    assert alice.role == Role.OBSERVER
    assert client.post(f"/people/{alice.id}/role", data={"role": "king"}).status_code == 400
    assert alice.role == Role.OBSERVER


def test_the_last_administrator_stays(client: FlaskClient, admin: User) -> None:
    sign_in(client, admin)

    assert client.post(f"/people/{admin.id}/disable").status_code == 409
    assert client.post(f"/people/{admin.id}/role", data={"role": "moderator"}).status_code == 409

    assert admin.active
    assert admin.role == Role.ADMIN


def test_a_link_for_a_forgotten_password(client: FlaskClient, admin: User, alice: User) -> None:
    sign_in(client, admin)

    answer = client.post(f"/people/{alice.id}/link")

    assert re.search(r"http://localhost/setup/[\w-]{22}", answer.text)
