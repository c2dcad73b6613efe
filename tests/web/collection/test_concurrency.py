"""Many at once: two tabs, a beacon and a retry, a page that adopts what another sends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import make_study
from tests.web.snippet import Page, begin, send
from usabtest.accounts.models import User
from usabtest.collection.models import Batch
from usabtest.db import db
from usabtest.participation.models import Attempt, Participant


def _browser(app: Flask) -> FlaskClient:
    """A client for a thread of its own, which shares no app context with the test."""
    return FlaskClient(app, app.response_class, use_cookies=True)


def test_what_is_sent_at_once_is_stored_once(app: Flask, client: FlaskClient, alice: User) -> None:
    page = begin(client, f"/s/{make_study(alice).key}")
    tabs = [Page(client, page.token, stream=f"tab00000{number}", now_ms=page.now_ms) for number in range(3)]
    batches = [tab.batch(["S", place, 0, 0], ["D", 500 + place, 0, 0]) for tab in tabs for place in range(4)]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda batch: send(_browser(app), "/recording/batches", batch), batches + batches))

    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.get_json()["duplicate"] for answer in answers) == len(batches)
    assert len(db.session.scalars(select(Batch)).all()) == len(batches)
    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.started_ms, attempt.ended_ms) == (page.now_ms, page.now_ms + 500)


def test_people_who_start_at_once_have_numbers_of_their_own(app: Flask, alice: User) -> None:
    study = make_study(alice)
    address = f"/s/{study.key}"

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: begin(_browser(app), address, browser=f"nonce-{number}"), range(12)))

    db.session.commit()  # what was read before is let go
    assert sorted(db.session.scalars(select(Participant.number))) == list(range(1, 13))
