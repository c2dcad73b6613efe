from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask, abort
from flask.testing import FlaskClient

from tests.factories import sign_in
from usabtest.accounts.models import User
from usabtest.errors import (
    ConfigError,
    Conflict,
    Fault,
    Frozen,
    Gone,
    NotAllowed,
    NotFound,
    NotValid,
    Refused,
    StudyFileError,
    TooMany,
    UsabtestError,
)

FAULTS = (Fault("title", "is missing"), Fault("tasks[0].start_url", "lies outside the sites"))
ERRORS = [
    (NotFound("There is no such study."), 404),
    (NotAllowed("Only its owner may."), 403),
    (Conflict("Close it first."), 409),
    (Frozen(("tasks", "consent")), 409),
    (Gone("This link has been used."), 410),
    (NotValid(*FAULTS), 422),
    (StudyFileError(FAULTS), 422),
    (TooMany("Too often.", retry_after_s=30), 429),
    (Refused(413, "A batch has at most 16 kB."), 413),
    (ConfigError("USABTEST_PUBLIC_URL is not set."), 421),
]


def raising(app: Flask, error: Exception) -> FlaskClient:
    def view() -> str:
        raise error

    app.add_url_rule("/broken", "broken", view)
    app.add_url_rule("/api/v1/broken", "api_broken", view)
    return app.test_client()


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: type(value).__name__)
def test_people_get_a_page(app: Flask, error: UsabtestError, status: int) -> None:
    answer = raising(app, error).get("/broken")

    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "<h1>" in answer.text


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: type(value).__name__)
def test_programs_get_a_problem_document(app: Flask, error: UsabtestError, status: int) -> None:
    answer = raising(app, error).get("/api/v1/broken")

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status
    assert set(answer.json) == {"type", "title", "status", "detail", "errors"}
    assert all({"path", "message"} <= set(entry) for entry in answer.json["errors"])


def test_there_is_one_entry_a_fault(app: Flask) -> None:
    answer = raising(app, StudyFileError(FAULTS)).get("/api/v1/broken")

    assert answer.json is not None
    assert answer.json["errors"] == [
        {"path": "title", "message": "is missing"},
        {"path": "tasks[0].start_url", "message": "lies outside the sites"},
    ]


def test_what_is_frozen_is_named(app: Flask) -> None:
    answer = raising(app, Frozen(("tasks", "consent"))).get("/api/v1/broken")

    assert answer.json is not None
    assert [entry["path"] for entry in answer.json["errors"]] == ["tasks", "consent"]


def test_it_says_when_to_try_again(app: Flask) -> None:
    assert raising(app, TooMany("Too often.", retry_after_s=30)).get("/broken").headers["Retry-After"] == "30"


@pytest.mark.parametrize("path", ["/nothing/here", "/api/v1/nothing", "/api/v1"])
def test_an_unknown_address(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert (answer.mimetype == "application/problem+json") == path.startswith("/api/v1")


def test_what_a_view_says_is_shown(app: Flask) -> None:
    @app.get("/gone")
    def gone() -> None:
        abort(410, description="Rosa has taken <this> back.")

    text = app.test_client().get("/gone").text

    assert "Rosa has taken &lt;this&gt; back." in text


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get("/sign-out")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_much_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "x" * 3_000_000, "password": "x"})

    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_fault_of_ours_shows_nothing_of_the_inside(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = raising(app, ZeroDivisionError("the secret formula")).get("/broken")

    assert answer.status_code == 500
    assert "secret formula" not in answer.text
    assert "Something went wrong here" in answer.text


def test_a_database_that_cannot_be_written_is_said(app: Flask) -> None:
    error = sa.exc.OperationalError("INSERT", {}, Exception("attempt to write a readonly database"))

    answer = raising(app, error).get("/broken")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "free disk space" in answer.text
    assert "attempt to write" not in answer.text  # what a driver says may name the database's host and user
    assert "INSERT" not in answer.text


def test_the_error_page_needs_no_database(app: Flask, alice: User) -> None:
    client = app.test_client()
    sign_in(client, alice)
    with app.app_context():
        sa.event.listen(sa.Engine, "before_cursor_execute", _refuse)
        try:
            answer = client.get("/nothing/here")
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", _refuse)

    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def _refuse(*_: object) -> None:
    raise sa.exc.OperationalError("SELECT", {}, Exception("disk I/O error"))


def test_a_form_without_our_token_is_refused(app: Flask, alice: User) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    sign_in(client, alice)

    forged = client.post("/settings/name", data={"name": "Mallory"})
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/settings").text)
    assert token is not None
    own = client.post("/settings/name", data={"name": "Alice L.", "csrf_token": token[1]})

    assert forged.status_code == 400
    assert "no longer good" in forged.text
    assert own.status_code == 303
    assert alice.name == "Alice L."
