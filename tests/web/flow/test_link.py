"""The link that participants open: welcome, consent, Start, and the way back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.factories import make_study, now
from tests.web.snippet import begin, code_in, hello, open_link, press_start, send
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.participation.models import OneTimeCode, Participant
from usabtest.studies import actions
from usabtest.studies.models import Study
from usabtest.studyfile.types import Redirects


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


def told(client: FlaskClient, code: str) -> dict[str, Any]:
    """What the target site's page is told for its one-time code."""
    answer = send(client, "/recording/exchange", {"v": 1, "code": code, "browser": "one", "hello": hello()})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.get_json()
    return body


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Participant)) or 0


def test_it_works(client: FlaskClient, study: Study) -> None:
    page = open_link(client, f"/s/{study.key}")

    assert page.status_code == 200
    assert "I agree" in page.text
    assert people() == 0


def test_start_leads_to_the_site_with_a_code(client: FlaskClient, study: Study) -> None:
    answer = press_start(client, f"/s/{study.key}")

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("https://shop.example/#usabtest=")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    participant = db.session.scalars(select(Participant)).one()
    assert (participant.status, participant.pilot, participant.device) == ("sent", False, "desktop")
    assert db.session.get(Study, study.id).frozen_at is not None


@pytest.mark.parametrize("end", ["thanks", "left"])
def test_who_was_recorded_is_told_how_to_have_that_deleted(client: FlaskClient, alice: User, end: str) -> None:
    study = make_study(alice, contact={"organisation": "Otter Lane", "email": "ux@shop.example"})
    before = client.get(f"/s/{study.key}/{end}").text
    press_start(client, f"/s/{study.key}")

    after = client.get(f"/s/{study.key}/{end}").text

    assert "ux@shop.example" not in before
    assert 'write to <a href="mailto:ux@shop.example">' in after
    assert '<strong class="participant-code">P-01</strong>' in after


def test_nothing_is_called_deleted_while_it_is_there(client: FlaskClient, study: Study) -> None:
    press_start(client, f"/s/{study.key}")
    before = client.get(f"/s/{study.key}/withdrawn").text
    with transaction():
        db.session.delete(db.session.scalars(select(Participant)).one())

    after = client.get(f"/s/{study.key}/withdrawn").text

    assert "<h1>Not deleted</h1>" in before
    assert "<h1>Deleted</h1>" in after


def test_a_fragment_keeps_its_place_before_the_code(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, tasks=[{"title": "T", "scenario": "S", "start_url": "https://shop.example/#/books"}])

    answer = press_start(client, f"/s/{study.key}")

    assert answer.headers["Location"].startswith("https://shop.example/#/books&usabtest=")


def test_start_needs_consent(client: FlaskClient, study: Study) -> None:
    answer = press_start(client, f"/s/{study.key}", agree="")

    assert answer.status_code == 400
    assert "Tick the box" in answer.text
    assert people() == 0


def test_start_pressed_twice_makes_one_participant(client: FlaskClient, app: Flask, study: Study) -> None:
    opening = {"agree": "yes", "opening": "the-same-page-0000000"}
    for _ in range(2):
        other = app.test_client()  # the second press is sent before the first answer brought the cookie
        assert other.post(f"/s/{study.key}/start", data=opening).status_code == 303

    assert people() == 1


def test_declining_keeps_nothing_but_the_number(client: FlaskClient, study: Study) -> None:
    answer = client.post(f"/s/{study.key}/decline")

    assert "nothing is kept" in answer.text
    assert people() == 0
    assert db.session.get(Study, study.id).declined == 1


def test_a_browser_that_began_waits_and_is_then_told(client: FlaskClient, study: Study) -> None:
    press_start(client, f"/s/{study.key}")
    assert "Your test is opening" in open_link(client, f"/s/{study.key}").text

    with transaction():
        db.session.scalars(select(Participant)).one().sent_at = now() - dt.timedelta(seconds=16)
    page = open_link(client, f"/s/{study.key}")

    assert "Your test has not begun" in page.text
    assert "Try again" in page.text
    assert "Report a problem" in page.text


def test_try_again_gives_a_new_code(client: FlaskClient, study: Study) -> None:
    first = code_in(press_start(client, f"/s/{study.key}"))
    second = code_in(client.post(f"/s/{study.key}/continue"))

    assert first != second
    assert people() == 1
    assert db.session.scalar(select(func.count()).select_from(OneTimeCode)) == 2


def test_who_has_arrived_may_continue(client: FlaskClient, study: Study) -> None:
    begin(client, f"/s/{study.key}")

    assert client.get(f"/s/{study.key}/arrived").get_json() == {"arrived": True}
    page = open_link(client, f"/s/{study.key}")

    assert "Continue" in page.text


def test_a_problem_reaches_the_moderator(client: FlaskClient, study: Study) -> None:
    press_start(client, f"/s/{study.key}")
    client.post(f"/s/{study.key}/problem", data={"text": "Nothing <b>happens</b>"})

    assert db.session.scalars(select(Participant)).one().problem == "Nothing <b>happens</b>"


def test_the_same_identifier_from_elsewhere_is_taken(app: Flask, client: FlaskClient, study: Study) -> None:
    begin(client, f"/s/{study.key}?participant=ada&source=mail")
    participant = db.session.scalars(select(Participant)).one()
    assert (participant.external_id, participant.attributes) == ("ada", {"source": "mail"})

    assert "Already taken" in open_link(app.test_client(), f"/s/{study.key}?PROLIFIC_PID=ada").text
    assert "Already taken" in open_link(client, f"/s/{study.key}?participant=grace").text


def test_a_study_may_name_its_own_parameter(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, participant_param="pid")
    others = {f"q{place}": "x" * 300 for place in range(25)}

    begin(client, f"/s/{study.key}?{urlencode({**others, 'pid': 'ada', 'participant': 'grace'})}")

    participant = db.session.scalars(select(Participant)).one()
    assert participant.external_id == "ada"
    assert participant.attributes == {f"q{place}": "x" * 200 for place in range(20)}


def test_a_page_that_keeps_the_fragment_is_entered_by(client: FlaskClient, alice: User) -> None:
    places = {"start_url": "https://shop.example/books", "entry_url": "https://shop.example/enter#here"}
    study = make_study(alice, tasks=[{"title": "T", "scenario": "S", **places}])

    answer = press_start(client, f"/s/{study.key}")

    assert answer.headers["Location"].startswith("https://shop.example/enter#here&usabtest=")
    [task] = told(client, code_in(answer))["definition"]["tasks"]
    assert (task["start_url"], task["entry_url"]) == (places["start_url"], places["entry_url"])


@pytest.mark.parametrize(("query", "outside"), [("?participant=ada+%26+co", "ada%20%26%20co"), ("", "")])
def test_a_panel_is_told_who_completed(client: FlaskClient, alice: User, query: str, outside: str) -> None:
    study = make_study(alice, redirect={"completed": "https://panel.example/?cc=OK&id={participant}"})

    code = code_in(press_start(client, f"/s/{study.key}{query}"))

    assert told(client, code)["definition"]["finish"] == f"https://panel.example/?cc=OK&id={outside}"


def test_a_pilot_is_apart_and_may_start_again(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    begin(client, f"/s/{study.key}?participant=ada")
    participant = db.session.scalars(select(Participant)).one()
    assert participant.pilot
    assert participant.code == "T-01"
    assert "Start again" in open_link(client, f"/s/{study.key}").text

    client.post(f"/s/{study.key}/again")
    begin(client, f"/s/{study.key}?participant=ada", browser="nonce-2")

    assert people() == 2
    assert db.session.get(Study, study.id).frozen_at is None


@pytest.mark.parametrize(("status", "words"), [("paused", "This study is paused"), ("closed", "This study has ended")])
def test_nobody_begins_in_a_study_that_is_not_live(client: FlaskClient, alice: User, status: str, words: str) -> None:
    study = make_study(alice, status=status)

    assert words in open_link(client, f"/s/{study.key}").text
    assert words in press_start(client, f"/s/{study.key}").text
    assert people() == 0


def test_paused_and_closed_let_those_inside_go_on(client: FlaskClient, study: Study) -> None:
    page = begin(client, f"/s/{study.key}")
    with transaction():
        actions.set_status(db.session.get(Study, study.id), "paused", now=now())

    assert "Continue" in open_link(client, f"/s/{study.key}").text
    assert page.send(["S", 0, 0, 0]).status_code == 200
    assert page.state()["status"] == "paused"


def test_who_comes_back_within_a_day_goes_on(client: FlaskClient, study: Study) -> None:
    begin(client, f"/s/{study.key}").send(["S", 0, 0, 0], ["L", 900, 0, 0, 1], ends=True)

    def comes_back(hours: int) -> TestResponse:
        with transaction():
            db.session.scalars(select(Participant)).one().ended_at = now() - dt.timedelta(hours=hours)
        return open_link(client, f"/s/{study.key}")

    assert "Continue" in comes_back(23).text
    late = comes_back(25)
    assert "Continue" not in late.text
    assert "more than a day ago" in late.text
    assert client.post(f"/s/{study.key}/continue").headers["Location"] == f"/s/{study.key}"


def test_the_closing_date_is_the_last_day(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, closes_at=str(now().date() - dt.timedelta(days=1)))

    assert "This study has ended" in open_link(client, f"/s/{study.key}").text


def test_other_devices_are_told(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, devices=["phone"])

    assert "another device" in open_link(client, f"/s/{study.key}").text


def test_a_draft_without_tasks_cannot_be_tried(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft", tasks=[])

    assert "still being written" in open_link(client, f"/s/{study.key}").text
    assert "still being written" in press_start(client, f"/s/{study.key}").text


def test_an_unknown_link_says_so(client: FlaskClient) -> None:
    for path in ("/s/nothing", "/i/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "ask whoever sent it" in answer.text
        assert "your studies" not in answer.text  # A participant has none.


def test_an_invitation_is_used_up_by_start(app: Flask, client: FlaskClient, alice: User) -> None:
    study = make_study(alice, access="invited")
    with transaction():
        [token] = actions.invite(study, [actions.Invitee("Ada", "ada")], now=now())
    assert "personal invitation" in open_link(client, f"/s/{study.key}").text

    open_link(client, f"/i/{token}")
    begin(client, f"/i/{token}")
    assert db.session.scalars(select(Participant)).one().external_id == "ada"

    assert "Continue" in open_link(client, f"/i/{token}").text
    other = open_link(app.test_client(), f"/i/{token}")
    assert other.status_code == 410
    assert "Already taken" in other.text or "was used" in other.text


def test_an_invitation_of_nobody_named_is_used_up_as_well(app: Flask, client: FlaskClient, alice: User) -> None:
    study = make_study(alice, access="invited")
    with transaction():
        [token] = actions.invite(study, [actions.Invitee("Ada", None)], now=now())
    begin(client, f"/i/{token}")

    other = open_link(app.test_client(), f"/i/{token}")

    assert other.status_code == 410
    assert "was used" in other.text


def test_the_screener_lets_in_or_out(client: FlaskClient, app: Flask, alice: User) -> None:
    question = {
        "key": "often",
        "text": "How often?",
        "type": "choice",
        "options": ["Weekly", "Never"],
        "accept": ["Weekly"],
    }
    study = make_study(
        alice, screener=[question], redirect={"screened_out": "https://panel.example/?cc=NO&id={participant}"}
    )

    assert press_start(client, f"/s/{study.key}").status_code == 400
    out = press_start(client, f"/s/{study.key}?participant=ada", **{"screener-often": "Never"})
    assert out.headers["Location"] == "https://panel.example/?cc=NO&id=ada"
    assert db.session.scalars(select(Participant)).one().status == "screened_out"
    assert open_link(client, f"/s/{study.key}").headers["Location"] == "https://panel.example/?cc=NO&id=ada"

    begin(app.test_client(), f"/s/{study.key}", **{"screener-often": "Weekly"})
    assert people() == 2


def test_the_quota_counts_those_who_completed(client: FlaskClient, app: Flask, alice: User) -> None:
    study = make_study(
        alice,
        quota=1,
        tasks=[{"title": "T", "scenario": "S", "start_url": "https://shop.example/", "questions": []}],
        after=[],
    )
    page = begin(client, f"/s/{study.key}")
    assert "I agree" in open_link(app.test_client(), f"/s/{study.key}").text

    page.send(["S", 0, 0, 0], ["D", 1000, 0, 0])

    assert "This study is complete" in open_link(app.test_client(), f"/s/{study.key}").text
    assert "This study is complete" in press_start(app.test_client(), f"/s/{study.key}").text
    assert "Already taken" in open_link(client, f"/s/{study.key}").text

    panel = Redirects(quota_full="https://panel.example/?cc=FULL&id={participant}")
    with transaction():
        actions.change(db.session.get(Study, study.id), replace(study.spec, redirect=panel), now=now())
    full = open_link(app.test_client(), f"/s/{study.key}?participant=grace")
    assert full.headers["Location"] == "https://panel.example/?cc=FULL&id=grace"


def test_a_code_is_good_for_one_browser_and_ten_minutes(client: FlaskClient, study: Study) -> None:
    code = code_in(press_start(client, f"/s/{study.key}"))

    def exchange(browser: str, origin: str = "https://shop.example") -> int:
        body = {"v": 1, "code": code, "browser": browser, "hello": hello()}
        return send(client, "/recording/exchange", body, origin=origin).status_code

    assert exchange("one", origin="https://evil.example") == 403
    assert exchange("one") == 200
    assert exchange("one") == 200
    assert exchange("two") == 401
    with transaction():
        db.session.scalars(select(OneTimeCode)).one().created_at -= dt.timedelta(minutes=11)
    assert exchange("one") == 401
