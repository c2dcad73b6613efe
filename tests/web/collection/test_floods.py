"""Whoever sends without end fills neither the disk nor anybody's time."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import make_study, now
from tests.web.snippet import SITE, Page, begin, code_in, send
from usabtest.accounts.models import User
from usabtest.collection.limits import QUARANTINED_BODIES, SESSION_EVENTS
from usabtest.collection.models import Batch, QuarantinedBatch
from usabtest.collection.queries import completeness_of_sessions
from usabtest.db import db, transaction
from usabtest.participation.models import Attempt, OneTimeCode, Participant, ParticipantSession
from usabtest.participation.queries import CODE_LIFE
from usabtest.questionnaires.models import Answer
from usabtest.studies.models import Study

BATCHES = "/recording/batches"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


@pytest.fixture
def page(client: FlaskClient, study: Study) -> Page:
    return begin(client, f"/s/{study.key}")


def count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_refused_bodies_are_kept_up_to_a_number(page: Page) -> None:
    for _ in range(QUARANTINED_BODIES + 5):
        assert send(page.client, BATCHES, b"nobody's").status_code == 400
    assert count(QuarantinedBatch) == QUARANTINED_BODIES

    assert send(page.client, BATCHES, {"k": page.token}).status_code == 400
    assert count(QuarantinedBatch) == QUARANTINED_BODIES + 1


@pytest.mark.parametrize(
    "body",
    [b"[" * 16_000, b'{"v":1,"e":' + b"[" * 8000 + b"]" * 8000 + b"}", b'{"a":' * 3000, b"[" * 60_000, b"x" * 70_000],
)
def test_nesting_and_size_are_refused_so_that_the_page_can_read_it(page: Page, body: bytes) -> None:
    for path in (BATCHES, "/recording/state", "/recording/exchange"):
        answer = send(page.client, path, body)
        assert answer.status_code in {400, 413}
        assert answer.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize("origin", ["https://shop.example/1", "https://SHOP.example", "https://a@shop.example"])
def test_an_origin_counts_only_as_browsers_write_it(page: Page, origin: str) -> None:
    assert send(page.client, BATCHES, page.batch(), origin=origin).status_code == 403


def test_a_session_has_an_end(page: Page) -> None:
    page.send(["S", 0, 0, 0])
    with transaction():
        db.session.scalars(select(Batch)).one().count = SESSION_EVENTS

    answer = page.send(["v", 0, None, 0, "load", 1, 1, 200])

    assert answer.status_code == 413
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert send(page.client, BATCHES, page.sent[0]).get_json()["duplicate"]


def test_only_what_was_asked_is_answered(page: Page) -> None:
    page.send(
        ["S", 0, 0, 0],
        ["A", 1, 0, 0, "made_up", 1],
        ["A", 2, 999, 0, "seq", 1],
        ["A", 3, None, 0, "seq", 1],
        ["A", 4, 0, 0, "seq", 5],
    )

    assert [(answer.attempt, answer.question) for answer in db.session.scalars(select(Answer))] == [(0, "seq")]


def test_a_problem_is_told_at_a_length_that_can_be_read(page: Page) -> None:
    for _ in range(10):
        page.send(["P", 0, None, 0, "help " * 900])

    problem = db.session.scalars(select(Participant)).one().problem
    assert problem is not None
    assert len(problem) == 20_000


def test_an_ordinal_at_the_end_of_the_numbers_breaks_nothing(page: Page) -> None:
    page.first = 2**31 - 1
    assert page.send(["S", 0, 0, 0]).status_code == 200

    session = db.session.scalars(select(ParticipantSession)).one()
    assert completeness_of_sessions([session.id])[session.id].events_missing == 2**31 - 1


def test_codes_that_are_over_are_not_kept(client: FlaskClient, study: Study, page: Page) -> None:
    with transaction():
        for code in db.session.scalars(select(OneTimeCode)):
            code.created_at = now() - 2 * CODE_LIFE

    code_in(client.post(f"/s/{study.key}/continue"))

    assert count(OneTimeCode) == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("action", ["start", "decline", "continue", "again", "problem"])
def test_nobody_consents_on_another_sites_page(client: FlaskClient, study: Study, action: str, site: str) -> None:
    data = {"agree": "yes", "opening": "known to the other site"}

    answer = client.post(f"/s/{study.key}/{action}", data=data, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert count(Participant) == 0
    assert db.session.get_one(Study, study.id).declined == 0


def test_an_event_that_displaces_a_start_takes_its_attempt_along(page: Page) -> None:
    """Or the attempt would be measured from a start that no event tells of, and no report could be made."""
    page.send(["S", 5000, 0, 0], ["D", 9000, 0, 0])
    page.first = 0

    page.send(["v", 0, None, 0, "load", 1280, 800, 200])

    assert db.session.scalars(select(Attempt)).all() == []
