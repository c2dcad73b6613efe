"""A list that is sent whole is read and sent piece by piece: memory does not grow with the study."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from flask.testing import FlaskClient

from tests.factories import api_headers, make_participant, make_study, now
from usabtest.accounts.models import User
from usabtest.collection.models import Batch
from usabtest.collection.queries import packed
from usabtest.db import db, transaction
from usabtest.simulation.wire import PageStream
from usabtest.studies.models import Study

EVENTS_A_SESSION = 1000
PIECE_AT_MOST = 200_000


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


def add_sessions(study: Study, count: int) -> None:
    """Add sessions of one page load with a thousand clicks each."""
    for _ in range(count):
        session = make_participant(study).participant_session
        assert session is not None
        page = PageStream("no token", f"{session.id:016x}", "https://shop.example/", 1_700_000_000_000)
        selector = page.place("main ul.books > li:nth-of-type(3) a.title")
        for number in range(EVENTS_A_SESSION):
            page.add("c", page.began_ms + number, 0, selector, 500, 500, number, 20, 0, "m", 1)
        with transaction() as writing:
            for body in page.batches():
                events = body["e"]
                assert isinstance(events, list)
                codec, kept = packed(json.dumps(body).encode())
                writing.add(
                    Batch(
                        session_id=session.id,
                        stream=page.name,
                        number=body["n"],
                        first=body["f"],
                        count=len(events),
                        dropped=0,
                        ends=bool(body["z"]),
                        malformed=0,
                        received_at=now(),
                        digest=b"",
                        codec=codec,
                        body=kept,
                    )
                )


def most_memory(client: FlaskClient, address: str, headers: dict[str, str]) -> tuple[int, int, int]:
    """Lines, the largest piece, and the most memory that was in use at once while all events were read."""
    db.session.commit()
    tracemalloc.start()
    lines = largest = 0
    for piece in FlaskClient.open(client, address, headers=headers, buffered=False).iter_encoded():
        lines += piece.count(b"\r\n")
        largest = max(largest, len(piece))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return lines - 1, largest, most


def test_many_more_events_need_no_more_memory(client: FlaskClient, study: Study, alice: User) -> None:
    asked = f"/api/v1/studies/{study.key}/events?format=csv", api_headers(alice)
    add_sessions(study, 2)
    most_memory(client, *asked)
    few, largest, before = most_memory(client, *asked)

    add_sessions(study, 14)
    many, largest_of_many, after = most_memory(client, *asked)

    assert (few, many) == (2 * EVENTS_A_SESSION, 16 * EVENTS_A_SESSION)
    assert max(largest, largest_of_many) < PIECE_AT_MOST
    assert after < 1.5 * before
