from __future__ import annotations

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, now, sign_in
from usabtest.accounts import actions
from usabtest.accounts.models import LinkPurpose, User, WrongPasswords
from usabtest.db import transaction


def try_password(client: FlaskClient, email: str, password: str = "not the password", **more: str) -> str:
    return client.post("/sign-in", data={"email": email, "password": password, **more}).text


def without_what_varies(page: str, email: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(email, ""))


def let_pass(db_session: Session, seconds: int) -> None:
    """Move what is remembered of wrong passwords into the past."""
    with transaction():
        for row in db_session.scalars(sa.select(WrongPasswords)):
            row.last_at -= dt.timedelta(seconds=seconds)


def test_it_works(client: FlaskClient, alice: User) -> None:
    assert client.get("/settings").status_code == 303

    answer = client.post("/sign-in", data={"email": alice.email, "password": PASSWORD})

    assert answer.status_code == 303
    assert "Alice" in client.get("/settings").text


def test_the_address_may_be_written_in_any_way(client: FlaskClient, alice: User) -> None:
    answer = client.post("/sign-in", data={"email": " Alice@Example.ORG ", "password": PASSWORD})

    assert answer.status_code == 303


def test_signing_out_ends_it(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    client.post("/sign-out")

    assert client.get("/settings").status_code == 303


def test_signing_out_needs_a_form(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405


def test_it_leads_back_to_the_page_that_was_asked_for(client: FlaskClient, alice: User) -> None:
    asked = client.get("/settings?tab=tokens")
    assert asked.location == "/sign-in?next=/settings?tab%3Dtokens"

    answer = client.post("/sign-in", data={"email": alice.email, "password": PASSWORD, "next": "/settings?tab=tokens"})

    assert answer.location == "/settings?tab=tokens"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "x"]
)
def test_it_does_not_lead_elsewhere(client: FlaskClient, alice: User, wanted: str) -> None:
    answer = client.post("/sign-in", data={"email": alice.email, "password": PASSWORD, "next": wanted})

    assert answer.status_code == 303
    assert "evil" not in answer.location
    assert answer.location.startswith("/")


def test_a_stranger_and_a_wrong_password_look_the_same(client: FlaskClient, alice: User) -> None:
    wrong = try_password(client, alice.email)
    stranger = try_password(client, "nobody@example.org")

    assert "Wrong password." in wrong
    assert without_what_varies(wrong, alice.email) == without_what_varies(stranger, "nobody@example.org")


def test_a_disabled_user_stays_out_and_is_signed_out(client: FlaskClient, alice: User, admin: User) -> None:
    sign_in(client, alice)
    with transaction():
        actions.disable(alice, now=now())

    assert client.get("/settings").status_code == 303
    assert "disabled" in try_password(client, alice.email, PASSWORD)
    assert client.get("/settings").status_code == 303


def test_a_new_password_signs_out_elsewhere(app: Flask, client: FlaskClient, alice: User) -> None:
    elsewhere = app.test_client()
    sign_in(client, alice)
    sign_in(elsewhere, alice)

    client.post("/settings/password", data={"current": PASSWORD, "password": "seven umbrella otter"})

    assert client.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303


def test_five_wrong_passwords_in_a_row_make_wait(client: FlaskClient, alice: User, db_session: Session) -> None:
    said = [try_password(client, alice.email) for _ in range(5)]

    assert all("Try again" not in text for text in said[:4])
    assert "Wrong password. Try again in 30 seconds." in said[4]
    refused = client.post("/sign-in", data={"email": alice.email, "password": PASSWORD})
    assert refused.status_code == 429
    assert "Try again in" in refused.text

    let_pass(db_session, 31)
    assert client.post("/sign-in", data={"email": alice.email, "password": PASSWORD}).status_code == 303
    assert db_session.scalar(sa.select(sa.func.count()).select_from(WrongPasswords)) == 0


def test_the_wait_doubles(client: FlaskClient, alice: User, db_session: Session) -> None:
    for _ in range(5):
        try_password(client, alice.email)
    let_pass(db_session, 31)

    said = try_password(client, alice.email)

    assert "Try again in 1 minute." in said


def test_one_place_cannot_try_many_people(client: FlaskClient, alice: User) -> None:
    for number in range(5):
        try_password(client, f"person{number}@example.org")

    assert "Try again in" in try_password(client, alice.email, PASSWORD)


def test_many_places_cannot_try_one_person(client: FlaskClient, alice: User) -> None:
    for number in range(5):
        client.post(
            "/sign-in",
            data={"email": alice.email, "password": "wrong"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
        )

    assert "Try again in" in try_password(client, alice.email, PASSWORD)


def test_another_person_elsewhere_does_not_wait(client: FlaskClient, alice: User, bob: User) -> None:
    for _ in range(6):
        try_password(client, alice.email)

    answer = client.post(
        "/sign-in",
        data={"email": bob.email, "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "198.51.100.7"},
    )

    assert answer.status_code == 303


def test_a_one_time_link_signs_in_at_the_press_of_its_button(client: FlaskClient, alice: User) -> None:
    with transaction():
        link = "/sign-in/" + actions.make_link(LinkPurpose.SIGN_IN, alice, now=now())

    assert client.get(link).status_code == 200
    assert client.get("/settings").status_code == 303
    assert client.post(link).status_code == 303
    assert client.get("/settings").status_code == 200
    assert client.post(link).status_code == 410


def test_a_set_up_link_does_not_sign_in(client: FlaskClient, alice: User) -> None:
    with transaction():
        token = actions.make_link(LinkPurpose.SETUP, alice, now=now())

    assert client.get(f"/sign-in/{token}").status_code == 404


def test_the_cookie_is_for_us_alone(client: FlaskClient, alice: User) -> None:
    answer = client.post("/sign-in", data={"email": alice.email, "password": PASSWORD})

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("usabtest_sign_in=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_it_tells_where_to_begin_while_there_is_no_administrator(client: FlaskClient) -> None:
    assert client.get("/sign-in").status_code == 200


def test_a_look_at_the_headers_uses_no_link_up(client: FlaskClient, alice: User) -> None:
    with transaction():
        link = "/sign-in/" + actions.make_link(LinkPurpose.SIGN_IN, alice, now=now())

    answer = client.head(link)

    assert answer.status_code == 200
    assert client.get("/settings").status_code == 303
    assert client.post(link).status_code == 303
