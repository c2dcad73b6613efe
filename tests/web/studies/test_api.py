"""Studies through the API."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.factories import STUDY, api_headers, make_study, make_user, now
from usabtest.accounts.models import Role, User
from usabtest.db import db, transaction
from usabtest.studies import actions, queries
from usabtest.studies.freeze import freeze
from usabtest.studies.models import Study


def make_member(study: Study, user: User) -> User:
    with transaction():
        actions.add_member(study, user, now=now())
    return user


def test_it_works(client: FlaskClient, alice: User) -> None:
    answer = client.post("/api/v1/studies", json=STUDY, headers=api_headers(alice))

    assert answer.status_code == 201
    key = answer.json["key"]
    assert key.startswith("shop-checkout-")
    assert answer.json == {
        "key": key,
        "links": {
            "participant": f"http://localhost/s/{key}",
            "edit": f"http://localhost/studies/{key}",
            "report": f"http://localhost/studies/{key}/report",
        },
        "snippet": '<script async src="http://localhost/snippet.js"></script>',
    }
    study = queries.study_by_key(key)
    assert study is not None
    assert study.owner_id == alice.id


def test_it_needs_a_token(client: FlaskClient) -> None:
    assert client.get("/api/v1/studies").status_code == 401


def test_it_warns_of_sites_that_cannot_load_anything_from_here(client: FlaskClient, alice: User) -> None:
    answer = client.post("/api/v1/studies", json=STUDY, headers=api_headers(alice))

    assert "https://shop.example" in answer.headers["Warning"]


def test_faults_are_listed_one_by_one_and_nothing_is_kept(client: FlaskClient, alice: User) -> None:
    bad = {**STUDY, "quota": 0, "tasks": [{"title": "Pay", "scenario": "Pay", "start_url": "https://else.example/"}]}

    answer = client.post("/api/v1/studies", json=bad, headers=api_headers(alice))

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert {fault["path"] for fault in answer.json["errors"]} == {"quota", "tasks[0].start_url"}
    assert queries.all_studies() == []


def test_a_key_is_taken_once(client: FlaskClient, alice: User) -> None:
    headers = api_headers(alice)
    client.post("/api/v1/studies", json={**STUDY, "key": "shop"}, headers=headers)

    answer = client.post("/api/v1/studies", json={**STUDY, "key": "shop"}, headers=headers)

    assert answer.status_code == 409
    assert len(queries.all_studies()) == 1


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.OBSERVER])
def test_only_moderators_make_studies(client: FlaskClient, role: Role) -> None:
    answer = client.post("/api/v1/studies", json=STUDY, headers=api_headers(make_user(role=role)))

    assert answer.status_code == 403


def test_a_stranger_meets_nothing(client: FlaskClient, alice: User, charlie: User) -> None:
    study = make_study(alice)
    headers = api_headers(charlie)

    assert client.get(f"/api/v1/studies/{study.key}", headers=headers).status_code == 404
    assert client.delete(f"/api/v1/studies/{study.key}", headers=headers).status_code == 404
    assert client.get("/api/v1/studies", headers=headers).json == {"items": [], "next": None}


def test_roles_decide_what_members_may(client: FlaskClient, alice: User, bob: User, olive: User) -> None:
    study = make_study(alice)
    researcher = make_user(role=Role.RESEARCHER)
    for member in (bob, olive, researcher):
        make_member(study, member)
    file = f"/api/v1/studies/{study.key}"

    assert client.get(file, headers=api_headers(olive)).status_code == 403
    assert client.get(file, headers=api_headers(researcher)).status_code == 200
    assert client.put(file, json=STUDY, headers=api_headers(researcher)).status_code == 403
    assert client.put(file, json=STUDY, headers=api_headers(bob)).status_code == 200
    assert [item["key"] for item in client.get("/api/v1/studies", headers=api_headers(olive)).json["items"]] == [
        study.key
    ]


def test_an_admin_may_everything(client: FlaskClient, alice: User, admin: User) -> None:
    study = make_study(alice)

    assert client.delete(f"/api/v1/studies/{study.key}", headers=api_headers(admin)).status_code == 204
    assert queries.all_studies() == []


def test_what_is_read_can_be_written_back(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    headers, file = api_headers(alice), f"/api/v1/studies/{study.key}"
    whole = client.get(file, headers=headers).json
    assert whole["status"] == "live"
    assert whole["tasks"][0]["success"] == [{"url": "/basket/"}]

    answer = client.put(file, json={**whole, "title": "Round 2"}, headers=headers)

    assert answer.status_code == 200
    assert answer.json == {**whole, "title": "Round 2"}
    db.session.expire_all()
    assert study.title == "Round 2"


def test_a_key_stays(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)

    answer = client.put(f"/api/v1/studies/{study.key}", json={**STUDY, "key": "other"}, headers=api_headers(alice))

    assert answer.status_code == 409


def test_what_is_frozen_is_named(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    with transaction():
        freeze(study, now())
    file, headers = f"/api/v1/studies/{study.key}", api_headers(alice)
    whole = client.get(file, headers=headers).json

    refused = client.put(file, json={**whole, "consent": "Something else.", "after": ["sus"]}, headers=headers)
    taken = client.put(file, json={**whole, "quota": 7, "analysis": {"quick_back_s": 3}}, headers=headers)

    assert refused.status_code == 409
    assert {fault["path"] for fault in refused.json["errors"]} == {"consent", "after"}
    assert taken.status_code == 200
    assert taken.json["quota"] == 7


def test_status_goes_forward(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    address, headers = f"/api/v1/studies/{study.key}/status", api_headers(alice)

    said = [
        client.post(address, json={"status": status}, headers=headers).status_code
        for status in ("pilot", "live", "paused", "live", "closed", "live")
    ]

    assert said == [200, 200, 200, 200, 200, 409]
    assert client.post(address, json={"status": "open"}, headers=headers).status_code == 422


def test_a_study_without_tasks_does_not_go_live(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft", tasks=[])

    answer = client.post(f"/api/v1/studies/{study.key}/status", json={"status": "live"}, headers=api_headers(alice))

    assert answer.status_code == 422
    assert answer.json["errors"][0]["path"] == "tasks"


def test_invitations_are_links_that_work_once_shown(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, access="invited")
    address, headers = f"/api/v1/studies/{study.key}/invitations", api_headers(alice)

    three = client.post(address, json={"count": 3}, headers=headers)
    named = client.post(address, json={"people": [{"label": "Rosa", "participant_id": "R1"}]}, headers=headers)
    again = client.post(address, json={"people": [{}, {"participant_id": "R1"}]}, headers=headers)

    assert three.status_code == 201
    assert len({one["url"] for one in three.json}) == 3
    assert client.get(named.json[0]["url"]).status_code == 200
    assert again.status_code == 422
    assert again.json["errors"][0]["path"] == "people[1].participant_id"
    assert len(queries.invitations_of(study)) == 4


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, ""),
        ({"count": 0}, "count"),
        ({"count": 2000}, "count"),
        ({"count": 2, "people": []}, ""),
        ({"people": ["Rosa"]}, "people[0]"),
        ({"people": [{"name": "Rosa"}]}, "people[0].name"),
        ({"people": [{"label": 3}]}, "people[0].label"),
        ({"people": []}, "people"),
    ],
)
def test_bad_invitations_are_refused(client: FlaskClient, alice: User, body: object, path: str) -> None:
    study = make_study(alice)

    answer = client.post(f"/api/v1/studies/{study.key}/invitations", json=body, headers=api_headers(alice))

    assert answer.status_code == 422
    assert answer.json["errors"][0]["path"] == path


def test_members_come_and_go(client: FlaskClient, alice: User, olive: User) -> None:
    study = make_study(alice)
    address, headers = f"/api/v1/studies/{study.key}/members", api_headers(alice)

    added = client.post(address, json={"email": "Olive@example.org"}, headers=headers)
    listed = client.get(address, headers=headers)
    unknown = client.post(address, json={"email": "nobody@example.org"}, headers=headers)
    removed = client.delete(address, json={"email": "olive@example.org"}, headers=headers)

    assert added.status_code == 201
    assert listed.json == {"items": [{"email": "olive@example.org", "name": "Olive", "role": "observer"}], "next": None}
    assert unknown.status_code == 422
    assert removed.status_code == 204
    assert client.get(address, headers=headers).json["items"] == []


def test_what_is_no_json_is_said(client: FlaskClient, alice: User) -> None:
    answer = client.post("/api/v1/studies", data='{"title": "a", "title": "b"}', headers=api_headers(alice))

    assert answer.status_code == 422
    assert "title" in str(answer.json["errors"])


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        (b"", "", "the body is empty"),
        (b"{", "", "the body is no JSON"),
        (b"\xff", "", "the body is no JSON"),
        (b"[]", "", "a JSON object belongs there"),
        (b'{"status": "live", "colour": "red"}', "colour", "is not known; known are status"),
    ],
)
def test_what_is_sent_beside_a_file_is_an_object_with_known_names(
    client: FlaskClient, alice: User, body: bytes, path: str, said: str
) -> None:
    study = make_study(alice, status="draft")

    answer = client.post(f"/api/v1/studies/{study.key}/status", data=body, headers=api_headers(alice))

    assert (answer.status_code, answer.json["title"]) == (422, "Something has to be mended")
    [fault] = answer.json["errors"]
    assert fault["path"] == path
    assert fault["message"].startswith(said)
    assert db.session.get(Study, study.id).status == "draft"
