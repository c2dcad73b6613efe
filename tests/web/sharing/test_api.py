from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import api_headers, make_study, make_user
from tests.measured import make_people
from tests.web.sharing.shares import EVERYTHING, make_link, stranger
from usabtest.accounts.models import Role, User
from usabtest.studies.models import Study


@pytest.fixture
def study(alice: User) -> Study:
    study = make_study(alice)
    make_people(study, 3)
    return study


@pytest.fixture
def headers(alice: User) -> dict[str, str]:
    return api_headers(alice)


def test_it_works(app: Flask, client: FlaskClient, study: Study, headers: dict[str, str]) -> None:
    address = f"/api/v1/studies/{study.key}/shares"
    sent = {"expires_days": 7, "password": "otter umbrella", "sections": ["tasks", "overview"], "label": "Care"}

    made = client.post(address, json=sent, headers=headers)

    assert made.status_code == 201
    assert made.json is not None
    assert set(made.json) == {"id", "url"}
    path = urlsplit(made.json["url"]).path
    assert stranger(app).get(path).status_code == 200
    answer = client.get(address, headers=headers)
    assert path.removeprefix("/r/") not in answer.text
    assert answer.json is not None
    [item] = answer.json["items"]
    assert {name: item[name] for name in ("id", "label", "sections", "frozen", "visits", "last_visit_at")} == {
        "id": made.json["id"],
        "label": "Care",
        "sections": ["overview", "tasks"],
        "frozen": False,
        "visits": 0,
        "last_visit_at": None,
    }
    assert item["has_password"] is True
    assert "password_hash" not in item

    assert client.delete(f"/api/v1/shares/{item['id']}", headers=headers).status_code == 204
    assert stranger(app).get(path).status_code == 404
    assert client.get(address, headers=headers).json == {"items": [], "next": None}
    assert client.delete(f"/api/v1/shares/{item['id']}", headers=headers).status_code == 404


def test_a_chosen_comparison_is_what_it_shows(
    app: Flask, client: FlaskClient, study: Study, headers: dict[str, str], alice: User
) -> None:
    other = make_study(alice, key="other", title="Last year’s shop")
    make_people(other, 3)
    address = f"/api/v1/studies/{study.key}/shares"
    sent = {"sections": ["compare"], "comparison": {"with": "other"}}

    made = client.post(address, json=sent, headers=headers)

    assert made.json is not None
    assert "Last year’s shop" in stranger(app).get(urlsplit(made.json["url"]).path).text
    listed = client.get(address, headers=headers).json
    assert listed is not None
    assert listed["items"][0]["comparison"] == {"with": "other"}


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"sections": ["compare"], "comparison": {"with": "of-charlie"}}, "comparison.with"),
        ({"sections": ["compare"], "comparison": {"with": "nowhere"}}, "comparison.with"),
        ({"sections": ["compare"], "comparison": {"device": "phone"}}, "comparison.device"),
        ({"sections": ["compare"], "comparison": {"a.shoe": "42"}}, "comparison.shoe"),
        ({"sections": ["compare"], "comparison": "phone"}, "comparison"),
        ({"sections": ["overview"], "comparison": {"benchmarks": "1"}}, "sections"),
        ({"comparison": {"benchmarks": "1"}}, "sections"),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(
    client: FlaskClient, study: Study, headers: dict[str, str], charlie: User, sent: dict[str, object], path: str
) -> None:
    make_study(charlie, key="of-charlie")

    answer = client.post(f"/api/v1/studies/{study.key}/shares", json=sent, headers=headers)

    assert answer.status_code == 422
    assert answer.json is not None
    assert [fault["path"] for fault in answer.json["errors"]] == [path]


def test_nothing_but_an_object_has_to_be_sent(client: FlaskClient, study: Study, headers: dict[str, str]) -> None:
    assert client.post(f"/api/v1/studies/{study.key}/shares", json={}, headers=headers).status_code == 201

    answer = client.get(f"/api/v1/studies/{study.key}/shares", headers=headers)

    assert answer.json is not None
    [item] = answer.json["items"]
    assert item["sections"] == ["cx", "overview", "tasks"]
    assert item["expires_at"][:10] > item["created_at"][:10]
    assert item["has_password"] is False


def test_every_fault_has_an_entry(client: FlaskClient, study: Study, headers: dict[str, str]) -> None:
    sent = {
        "sections": ["overview", "everything", 3],
        "expires_days": 0,
        "password": "short",
        "frozen": "yes",
        "filters": {"colour": "red"},
        "colour": "red",
    }

    answer = client.post(f"/api/v1/studies/{study.key}/shares", json=sent, headers=headers)

    assert answer.status_code == 422
    assert answer.json is not None
    assert [entry["path"] for entry in answer.json["errors"]] == [
        "colour",
        "sections[1]",
        "sections[2]",
        "expires_days",
        "password",
        "frozen",
        "filters.colour",
    ]


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b'{"sections": "overview"}', b'{"expires_days": 1.5}'])
def test_strange_bodies(client: FlaskClient, study: Study, headers: dict[str, str], body: bytes) -> None:
    headers = {**headers, "Content-Type": "application/json"}

    answer = client.post(f"/api/v1/studies/{study.key}/shares", data=body, headers=headers)

    assert answer.status_code in {400, 422}


def test_a_stranger_finds_no_share_and_an_observer_may_not(
    app: Flask, client: FlaskClient, study: Study, charlie: User
) -> None:
    share = make_link(study).share
    member = make_user(role=Role.OBSERVER)
    client.post(f"/api/v1/studies/{study.key}/members", json={"email": member.email}, headers=api_headers(study.owner))

    assert client.delete(f"/api/v1/shares/{share.id}", headers=api_headers(charlie)).status_code == 404
    assert client.delete(f"/api/v1/shares/{share.id}", headers=api_headers(member)).status_code == 403
    assert client.delete(f"/api/v1/shares/{10**20}", headers=api_headers(charlie)).status_code == 404


def test_a_share_of_everything_can_be_frozen(app: Flask, client: FlaskClient, study: Study, alice: User) -> None:
    sent = {"sections": EVERYTHING, "frozen": True, "filters": {"device": ["desktop", "phone"]}, "shows_maker": True}

    made = client.post(f"/api/v1/studies/{study.key}/shares", json=sent, headers=api_headers(alice))

    assert made.status_code == 201
    assert made.json is not None
    page = stranger(app).get(urlsplit(made.json["url"]).path).text
    assert "Device: desktop · Device: phone" in page
    assert "Made by Alice" in page


def test_it_is_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json

    assert described is not None
    assert set(described["paths"]["/api/v1/studies/{key}/shares"]) == {"get", "post"}
    assert set(described["paths"]["/api/v1/shares/{share_id}"]) == {"delete"}
