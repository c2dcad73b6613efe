from __future__ import annotations

import datetime as dt
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import make_study, now
from tests.measured import make_people
from tests.web.sharing.shares import PASSWORD, Link, make_link, stranger
from usabtest.accounts.models import User, WrongPasswords
from usabtest.db import db, transaction
from usabtest.sharing.access import COOKIE, UNLOCKED_FOR_S


@pytest.fixture
def link(alice: User) -> Link:
    study = make_study(alice)
    make_people(study, 3)
    return make_link(study, "overview", password=PASSWORD, frozen=True)


def give(client: FlaskClient, link: Link, password: str, address: str = "203.0.113.5") -> TestResponse:
    return client.post(link.path, data={"password": password}, environ_base={"REMOTE_ADDR": address})


def test_the_right_one_opens_the_report_in_this_browser(app: Flask, link: Link) -> None:
    client = stranger(app)
    assert "Find a book" not in client.get(link.path).text

    answer = give(client, link, PASSWORD)

    assert answer.status_code == 303
    assert answer.headers["Location"] == link.path
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in (f"Path={link.path}", "HttpOnly", "SameSite=Lax", f"Max-Age={UNLOCKED_FOR_S}"):
        assert part in cookie
    assert "Find a book" in client.get(link.path).text
    assert client.get(f"{link.path}/shared.css").status_code == 200
    db.session.refresh(link.share)
    assert link.share.visits == 1
    assert "Find a book" not in stranger(app).get(link.path).text


def test_files_are_behind_it_and_the_picture_is_neutral(app: Flask, link: Link, alice: User) -> None:
    other = make_link(make_study(alice, title="Something else"), "overview", password=PASSWORD)

    assert stranger(app).get(f"{link.path}/shared.css").status_code == 404
    pictures = {stranger(app).get(f"{each.path}/preview.png").data for each in (link, other)}
    assert len(pictures) == 1


def test_a_cookie_opens_no_other_report_and_not_for_ever(app: Flask, link: Link, alice: User) -> None:
    other = make_link(make_study(alice), "overview", password=PASSWORD)
    given = give(stranger(app), link, PASSWORD).headers["Set-Cookie"].partition(";")[0]

    assert "A shared report" in stranger(app).get(other.path, headers={"Cookie": given}).text
    for forged in (f"{COOKIE}={link.share.id}", f"{COOKIE}=", given + "x"):
        assert "It has a password" in stranger(app).get(link.path, headers={"Cookie": forged}).text


def test_ten_wrong_ones_in_a_row_make_wait(app: Flask, link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    client = stranger(app)
    for _ in range(9):
        answer = give(client, link, "a wrong one")
        assert answer.status_code == 422
        assert "Wrong password." in answer.text
        assert "again" not in answer.text

    tenth, right = give(client, link, "a wrong one"), give(client, link, PASSWORD)

    assert tenth.status_code == right.status_code == 429
    assert "Wrong password. Try again in 30 seconds." in tenth.text
    assert "Set-Cookie" not in right.headers or COOKIE not in right.headers["Set-Cookie"]
    elsewhere = give(stranger(app), link, PASSWORD, "198.51.100.9")
    assert elsewhere.status_code == 429

    with transaction() as session:
        session.execute(db.update(WrongPasswords).values(last_at=now() - dt.timedelta(seconds=31)))
    assert give(client, link, PASSWORD).status_code == 303
    assert give(client, link, "").status_code == 303  # it is open by now


def test_one_place_cannot_try_many_links(app: Flask, link: Link, alice: User) -> None:
    other = make_link(make_study(alice), "overview", password=PASSWORD)
    for _ in range(10):
        give(stranger(app), link, "a wrong one")

    assert give(stranger(app), other, PASSWORD).status_code == 429
    assert give(stranger(app), other, PASSWORD, "198.51.100.9").status_code == 303


def test_what_is_wrong_here_is_not_held_against_signing_in(app: Flask, link: Link, alice: User) -> None:
    for _ in range(10):
        give(stranger(app), link, "a wrong one", "127.0.0.1")

    answer = stranger(app).post("/sign-in", data={"email": alice.email, "password": "wrong too"})

    assert answer.status_code == 422


def test_it_is_kept_hashed_and_never_sent_back_or_logged(
    app: Flask, link: Link, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    answer = give(stranger(app), link, "a wrong one")

    assert (link.share.password_hash or "").startswith("scrypt:")
    assert "a wrong one" not in answer.text
    assert "a wrong one" not in caplog.text
    assert PASSWORD not in caplog.text


def test_without_a_password_there_is_nothing_to_give(app: Flask, alice: User) -> None:
    link = make_link(make_study(alice), "overview")

    answer = give(stranger(app), link, "anything")

    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
