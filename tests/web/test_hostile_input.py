"""No input whatever is answered as a fault of ours: what cannot be kept is the sender's fault, on both databases."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import api_headers, make_attempt, make_participant, make_study, sign_in
from tests.web.databases import config_of
from tests.web.snippet import CHROMIUM
from usabtest.accounts.models import User
from usabtest.config import Config
from usabtest.participation.models import Participant
from usabtest.studies.models import Study


@pytest.fixture
def config(tmp_path: Path, tables_url: str) -> Config:
    return config_of(tmp_path, tables_url)


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


@pytest.fixture
def participant(study: Study) -> Participant:
    participant = make_participant(study)
    make_attempt(participant)
    return participant


@pytest.fixture
def administration(app: Flask, admin: User) -> FlaskClient:
    client = app.test_client()
    sign_in(client, admin)
    return client


def cursor(keys: str) -> str:
    return base64.urlsafe_b64encode(keys.encode()).decode()


@pytest.mark.parametrize(
    "path",
    [
        "/s/%00",
        "/i/%00",
        "/r/%00",
        "/r/%ff",
        "/r/x/%00",
        "/s/%ff",
        "/setup/%00",
        "/sign-in/%00",
        "/static/%00",
        "/snippet/%00.js",
        "/sign-in?next=%00",
    ],
)
def test_strange_addresses(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize("name", ["a" * 300 + ".js", "..%2fmanifest.js", "manifest.json", "%2e%2e%2fx.js"])
def test_the_snippets_folder_gives_only_its_scripts(client: FlaskClient, name: str) -> None:
    assert client.get(f"/snippet/{name}", headers={"Accept-Encoding": "br"}).status_code == 404


@pytest.mark.parametrize("query", ["participant=%00x", "PROLIFIC_PID=%00", "colour=%00", "%00=red"])
def test_character_0_in_what_comes_with_the_link(client: FlaskClient, study: Study, query: str) -> None:
    answer = client.post(f"/s/{study.key}/start?{query}", data={"agree": "yes"}, headers={"User-Agent": CHROMIUM})

    assert answer.status_code == 400
    assert "character 0" in answer.text


def test_a_user_agent_of_any_length(client: FlaskClient, study: Study) -> None:
    headers = {"User-Agent": f"Mozilla/5.0 (compatible; {'a' * 5000}bot/1.0)"}

    assert client.post(f"/s/{study.key}/start", data={"agree": "yes"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/people", "email"),
        ("/settings/name", "name"),
        ("/settings/tokens", "token_name"),
        ("/sign-in", "email"),
        ("/studies/{key}/members", "email"),
        ("/studies/{key}/invitations", "labels"),
        ("/s/{key}/problem", "text"),
        ("/studies/{key}/shares", "label"),
    ],
)
def test_character_0_in_a_form(administration: FlaskClient, study: Study, path: str, field: str) -> None:
    answer = administration.post(path.format(key=study.key), data={field: "a\0b@example.org"})

    assert answer.status_code == 400


@pytest.mark.parametrize("code", ["P-²", "P-99999999999999999999", f"P-{'9' * 5000}", "f" * 16, "f" * 300, "-5", "1_0"])
def test_participants_that_cannot_be(administration: FlaskClient, participant: Participant, code: str) -> None:
    path = f"/studies/{participant.study.key}/participants/{code}/include"

    assert administration.post(path).status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63, 10**20])
def test_users_that_cannot_be(administration: FlaskClient, number: int) -> None:
    assert administration.post(f"/people/{number}/enable").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"excluded": true, "reason": "\\ud800"}',
        b'{"excluded": true, "reason": "\\u0000"}',
        b'{"\\ud800": 1}',
        b'{"outcome": "success", "reason": "\\u0000"}',
        b'{"email": "\\ud800"}',
        b'{"email": "\\u0000"}',
        b'{"people": [{"label": "\\ud800"}]}',
        b'{"people": [{"label": "\\u0000"}]}',
        b'{"title": "\\u0000\\ud800", "sites": ["https://a.example"]}',
        b'{"count": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b'{"a": NaN}',
    ],
)
def test_strange_bodies(client: FlaskClient, alice: User, participant: Participant, body: bytes) -> None:
    study = f"/api/v1/studies/{participant.study.key}"
    session = participant.participant_session
    assert session is not None
    headers = {**api_headers(alice), "Content-Type": "application/json"}
    for method, path in [
        ("PATCH", f"{study}/participants/{participant.id:016x}"),
        ("PATCH", f"{study}/attempts/{session.id:016x}-0"),
        ("POST", "/api/v1/studies"),
        ("PUT", study),
        ("POST", f"{study}/status"),
        ("POST", f"{study}/invitations"),
        ("POST", f"{study}/members"),
        ("POST", f"{study}/shares"),
        ("DELETE", f"{study}/members"),
    ]:
        answer = client.open(path, method=method, data=body, headers=headers)
        assert answer.status_code < 500, (path, answer.text)


@pytest.mark.parametrize(
    "keys", [f"[{2**63}]", "[99999999999999999999]", '["a"]', "[true]", '["\\u0000"]', "[1, 2, 3]"]
)
def test_strange_cursors(client: FlaskClient, alice: User, study: Study, keys: str) -> None:
    answer = client.get(f"/api/v1/studies?cursor={cursor(keys)}", headers=api_headers(alice))

    assert answer.status_code == 422


@pytest.mark.parametrize("query", ["device=%00", "from=0001-01-01T00:00:00%2B14:00", "to=9999-12-31", "attr.%00=1"])
def test_strange_filters(client: FlaskClient, alice: User, study: Study, query: str) -> None:
    answer = client.get(f"/api/v1/studies/{study.key}/report?{query}", headers=api_headers(alice))

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "[::1", "a b", "localhost\\@evil.example"])
def test_a_host_that_we_are_not(client: FlaskClient, alice: User, study: Study, host: str) -> None:
    answer = client.get("/api/v1/studies", headers={**api_headers(alice), "Host": host})

    assert 400 <= answer.status_code < 500
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("given", ["Basic \xff\xff", "Bearer \xff", "Bearer", "Basic AAAA", f"Bearer {'a' * 5000}"])
def test_strange_authorizations(client: FlaskClient, given: str) -> None:
    assert client.get("/api/v1/studies", headers={"Authorization": given}).status_code == 401
