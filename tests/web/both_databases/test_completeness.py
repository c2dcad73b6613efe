"""What has arrived of a session is kept with its measures, and looked for anew as soon as more arrives."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import make_study, now
from tests.web.reports.test_json import report
from tests.web.snippet import Page, begin, send
from usabtest.accounts.models import User
from usabtest.collection.queries import added_up, completeness_of_sessions
from usabtest.db import db, transaction
from usabtest.measurement.actions import measure_what_is_stale
from usabtest.participation.models import ParticipantSession
from usabtest.studies.models import Study

CLICK = ["c", 1000, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1]


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, key="shop-checkout")


@pytest.fixture
def page(app: Flask, study: Study) -> Page:
    """Somebody who has ended their attempt; a batch from the middle of it has yet to arrive."""
    page = begin(app.test_client(), f"/s/{study.key}")
    page.send(["S", 0, 0, 0])
    page.sent.append(page.batch(CLICK))
    page.send(["M", 2000, 0, 0, "success", 0], ["D", 2500, 0, 0])
    return page


def measure() -> None:
    with transaction():
        measure_what_is_stale(now())


def kept() -> list[int | None]:
    db.session.rollback()
    return list(
        db.session.scalars(sa.select(ParticipantSession.events_received).order_by(ParticipantSession.created_at))
    )


def in_batches() -> dict[str, int]:
    ids = db.session.scalars(sa.select(ParticipantSession.id)).all()
    return asdict(added_up(completeness_of_sessions(ids).values()))


def test_it_works(client: FlaskClient, page: Page, alice: User) -> None:
    before = report(client, alice)["completeness"]
    measure()

    assert kept() == [3]
    assert report(client, alice)["completeness"] == before == in_batches()
    assert before == {
        "events_received": 3,
        "events_missing": 1,
        "streams_without_end": 1,
        "dropped_in_browser": 0,
        "sessions_with_gaps": 1,
    }


def test_what_arrives_later_counts_at_once(client: FlaskClient, page: Page, alice: User) -> None:
    measure()

    assert send(page.client, "/recording/batches", page.sent[1]).status_code == 200

    assert kept() == [None]
    found = report(client, alice)["completeness"]
    assert (found["events_received"], found["events_missing"], found["sessions_with_gaps"]) == (4, 0, 0)
    measure()
    assert kept() == [4]
    assert report(client, alice)["completeness"] == found


def test_a_batch_that_is_here_already_changes_nothing(client: FlaskClient, page: Page) -> None:
    measure()

    assert send(page.client, "/recording/batches", page.sent[0]).get_json()["duplicate"]

    assert kept() == [3]


def test_the_measured_and_the_running_are_added_up(
    app: Flask, client: FlaskClient, page: Page, study: Study, alice: User
) -> None:
    measure()
    begin(app.test_client(), f"/s/{study.key}", browser="nonce-2").send(["S", 0, 0, 0], CLICK)
    assert kept()[:2] == [3, None]
    found = report(client, alice)["completeness"]
    assert found == in_batches()
    assert (found["events_received"], found["streams_without_end"]) == (5, 2)
