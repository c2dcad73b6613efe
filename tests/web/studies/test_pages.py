"""The list of studies, a new one, and the set-up page with its buttons."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_attempt, make_participant, make_study, make_user, now, sign_in
from usabtest.accounts.models import Role, User
from usabtest.db import db, transaction
from usabtest.studies import actions, queries
from usabtest.studies.models import SnippetCheck, Status
from usabtest.studyfile.read import read_text
from usabtest.web import storage

NEW = {
    "title": "Shop checkout",
    "site": "https://shop.example/welcome?x=1",
    "task_title": "Find a book",
    "scenario": "Put one into the basket.",
    "start_url": "",
}


def test_it_works(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    made = client.post("/studies/new", data=NEW)
    shown = client.get(made.location)

    assert made.status_code == 303
    study = queries.all_studies()[0]
    assert study.owner_id == alice.id
    assert study.spec.sites == ("https://shop.example",)
    assert study.spec.tasks[0].start_url == "https://shop.example/"
    assert f"http://localhost/s/{study.key}" in shown.text
    assert "&lt;script async src=&#34;http://localhost/snippet.js&#34;&gt;" in shown.text


def test_an_address_pasted_behind_the_fields_scheme_is_taken_as_it_is(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    client.post("/studies/new", data={**NEW, "site": "https://http://127.0.0.1:8080/"})

    [study] = queries.all_studies()
    assert study.spec.sites == ("http://127.0.0.1:8080",)
    assert study.spec.tasks[0].start_url == "http://127.0.0.1:8080/"


def test_a_new_study_with_faults_keeps_what_was_typed(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    answer = client.post("/studies/new", data={**NEW, "title": "", "start_url": "https://else.example/"})

    assert answer.status_code == 422
    assert "A title is missing." in answer.text
    assert "https://else.example is not among the study" in answer.text
    assert "Put one into the basket." in answer.text
    assert queries.all_studies() == []


def test_an_empty_new_study_names_what_is_missing_in_the_order_of_the_form(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    answer = client.post("/studies/new", data={"site": "https://"})

    assert re.findall(r'<a href="#field-(\w+)">([^<]+)</a>', answer.text) == [
        ("title", "A title is missing."),
        ("site", "The site is missing."),
        ("task_title", "A name for the task is missing."),
        ("scenario", "What the participant reads is missing."),
    ]


def test_the_list_is_empty_at_first(client: FlaskClient, alice: User) -> None:
    sign_in(client, alice)

    assert "No study yet" in client.get("/studies").text


def test_the_list_says_how_far_each_study_is(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, quota=12)
    for status in ("completed", "completed", "started"):
        make_participant(study, status=status)
    make_participant(study, status="completed", pilot=True)
    sign_in(client, alice)

    page = re.sub(r"\s+", " ", client.get("/studies").text)

    assert "2 of 12" in page


@pytest.mark.parametrize("address", ["/studies", "/studies/x", "/studies/x/edit/sites", "/studies/x/participants"])
def test_a_visitor_signs_in_first(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=")


ADDRESSES = ["", "/edit/sites", "/tasks/find-book", "/new-task", "/participants", "/preview", "/export.yaml", "/checks"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_meets_nothing(client: FlaskClient, alice: User, charlie: User, address: str) -> None:
    study = make_study(alice)
    sign_in(client, charlie)

    assert client.get(f"/studies/{study.key}{address}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_observer_may_only_read_reports(client: FlaskClient, alice: User, olive: User, address: str) -> None:
    study = make_study(alice)
    with transaction():
        actions.add_member(study, olive, now=now())
    sign_in(client, olive)

    assert client.get(f"/studies/{study.key}{address}").status_code == 403
    assert f"/studies/{study.key}/report" in client.get("/studies").text


def test_a_researcher_reads_and_changes_nothing(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    researcher = make_user(role=Role.RESEARCHER)
    with transaction():
        actions.add_member(study, researcher, now=now())
    sign_in(client, researcher)

    shown = client.get(f"/studies/{study.key}")

    assert shown.status_code == 200
    assert "Pause" not in shown.text
    assert client.post(f"/studies/{study.key}/status", data={"status": "paused"}).status_code == 403
    assert client.post(f"/studies/{study.key}/delete").status_code == 403
    assert client.get(f"/studies/{study.key}/edit/sites").status_code == 403


def test_the_status_goes_forward_and_only_so(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)
    address = f"/studies/{study.key}/status"

    said = [
        client.post(address, data={"status": status}).status_code
        for status in ("pilot", "live", "draft", "paused", "closed", "live")
    ]

    assert said == [303, 303, 409, 303, 303, 409]
    db.session.expire_all()
    assert study.status == Status.CLOSED


def test_the_set_up_page_says_what_is_left(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="pilot", consent="We record what you click.")
    person = make_participant(study, pilot=True, status="completed")
    make_attempt(person, number=0, task_key="find-book")
    make_attempt(person, number=1, task_key="pay", outcome="gave_up")
    sign_in(client, alice)

    page = client.get(f"/studies/{study.key}").text

    assert "Consent does not say how long you keep data" in page
    assert "Task 2 has not ended in success yet" in page
    assert "Task 1 has not ended in success yet" not in page
    assert "One of two advised runs is done." in page
    assert "not seen yet; add the tag or remove the site" in page
    assert "The site cannot load our script" in page


def test_a_site_that_was_seen_says_when(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    with transaction():
        actions.note_seen(study.id, "https://shop.example", now=now() - dt.timedelta(minutes=4, seconds=5))
    sign_in(client, alice)

    assert "seen 4 minutes ago" in client.get(f"/studies/{study.key}").text


def test_check_opens_the_start_page_with_a_code_and_shows_the_answer(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)
    address = f"/studies/{study.key}/checks"

    opened = client.post(address, data={"url": "https://shop.example/"})
    waiting = client.get(address).json["pages"]
    code = opened.location.removeprefix("https://shop.example/#usabtest=check.")
    hello = {"page": "https://shop.example/", "width": 800, "height": 600, "touch": 0, "language": "en"}
    reported = client.post(
        "/recording/check",
        json={"v": 1, "code": code, "hello": hello, "widget": True},
        headers={"Origin": "https://shop.example"},
    )
    found = client.get(address).json["pages"]

    assert opened.status_code == 303
    assert [page["answer"] for page in waiting] == ["waiting"]
    assert reported.status_code == 200
    assert [page["answer"] for page in found] == ["found"]


def test_check_that_nobody_answers_says_what_may_be_wrong(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    with transaction():
        actions.begin_check(study, "https://shop.example/", now=now() - dt.timedelta(minutes=2))
    sign_in(client, alice)

    (page,) = client.get(f"/studies/{study.key}/checks").json["pages"]

    assert page["answer"] == "silent"
    assert "2 minutes ago" in page["words"]


def test_check_opens_nothing_else(client: FlaskClient, alice: User, app: Flask) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/checks", data={"url": "https://evil.example/"})

    assert answer.status_code == 422
    assert db.session.query(SnippetCheck).count() == 0


def test_invitations_are_shown_once(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    made = client.post(f"/studies/{study.key}/invitations", data={"count": "3", "labels": ""})
    links = re.findall(r"http://localhost/i/[\w-]+", made.text)

    assert len(set(links)) == 3
    assert not re.search(r"/i/[\w-]{10}", client.get(f"/studies/{study.key}").text)
    assert client.get(links[0]).status_code == 200


def test_invitations_come_as_csv_too(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/invitations", data={"labels": "Rosa\n=cmd()\nMia;=cmd()", "as": "csv"})

    assert answer.mimetype == "text/csv"
    lines = answer.text.splitlines()
    assert lines[0] == "label,url"
    assert lines[1].startswith("Rosa,http://localhost/i/")
    assert lines[2].startswith("'=cmd(),http://localhost/i/")
    assert lines[3].startswith("Mia;'=cmd(),http://localhost/i/")


@pytest.mark.parametrize("count", ["", "0", "many", "5000", "-1", "²"])
def test_a_wrong_number_of_invitations_is_said(client: FlaskClient, alice: User, count: str) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/invitations", data={"count": count})

    assert answer.status_code == 422
    assert "from 1 to 1000" in answer.text
    assert list(queries.invitations_of(study)) == []


def test_members_come_and_go(client: FlaskClient, alice: User, olive: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    unknown = client.post(f"/studies/{study.key}/members", data={"email": "x@example.org"})
    client.post(f"/studies/{study.key}/members", data={"email": " Olive@example.org"})
    added = queries.members_of(study)
    client.post(f"/studies/{study.key}/members/{olive.id}/remove")

    assert unknown.status_code == 422
    assert "Nobody has this address here" in unknown.text
    assert [user.email for user in added] == ["olive@example.org"]
    assert queries.members_of(study) == []


def test_a_copy_is_a_draft_of_ones_own(client: FlaskClient, alice: User, bob: User) -> None:
    study = make_study(alice)
    with transaction():
        actions.add_member(study, bob, now=now())
    sign_in(client, bob)

    answer = client.post(f"/studies/{study.key}/duplicate")

    copied = queries.study_by_key(answer.location.rpartition("/")[2])
    assert copied is not None
    assert copied.status == Status.DRAFT
    assert copied.owner_id == bob.id
    assert copied.previous_id == study.id
    assert copied.spec.tasks == study.spec.tasks


def test_a_study_is_deleted_with_everything(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    make_attempt(make_participant(study))
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/delete")

    assert answer.location == "/studies"
    assert queries.all_studies() == []


def test_what_is_exported_is_the_study(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    assert read_text(client.get(f"/studies/{study.key}/export.yaml").data) == study.spec


def test_trouble_with_storage_is_said(client: FlaskClient, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    study = make_study(alice)
    sign_in(client, alice)
    assert "Recordings may be lost" not in client.get(f"/studies/{study.key}").text

    monkeypatch.setattr(storage, "LEAST_FREE_BYTES", 2**62)

    assert "Recordings may be lost" in client.get(f"/studies/{study.key}").text


def test_the_preview_records_nothing(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)
    base = f"/studies/{study.key}/preview"

    pages = [client.get(f"{base}{path}").status_code for path in ("", "/welcome", "/definition", "/message/thanks")]
    started, declined = client.post(f"{base}/start"), client.post(f"{base}/declined")

    assert pages == [200, 200, 200, 200]
    assert started.location == base
    assert declined.location == f"{base}/message/declined"
    db.session.expire_all()
    assert study.declined == 0
    assert study.frozen_at is None
    assert client.get(f"{base}/message/nothing").status_code == 404
