"""Taking batches: once, durably, from the right pages, and nothing lost when one is wrong."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import make_study, now
from tests.web.snippet import SITE, Page, begin, code_in, hello, send
from usabtest.accounts.models import User
from usabtest.collection.models import Batch, QuarantinedBatch
from usabtest.collection.queries import events_of, unpacked
from usabtest.db import db, transaction
from usabtest.flow.steps import end_what_is_over
from usabtest.participation.actions import delete_participant
from usabtest.participation.models import Attempt, Participant, ParticipantSession
from usabtest.questionnaires.models import Answer
from usabtest.studies.models import Study

BATCHES = "/recording/batches"


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


@pytest.fixture
def page(client: FlaskClient, study: Study) -> Page:
    return begin(client, f"/s/{study.key}")


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Batch)) or 0


def kept_aside() -> list[int]:
    return list(db.session.scalars(select(QuarantinedBatch.status)))


def test_it_works(page: Page) -> None:
    answer = page.send(["v", 0, None, 0, "load", 1280, 800, 200], ["S", 500, 0, 0])

    assert answer.status_code == 200
    assert answer.get_json() == {"stream": page.stream, "seq": 0, "duplicate": False}
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Credentials" not in answer.headers
    session = db.session.scalars(select(ParticipantSession)).one()
    assert [event.kind for event in events_of(session.id)] == ["page_view", "task_started"]
    assert db.session.scalars(select(Attempt)).one().task_key == "find-book"


def test_a_batch_that_comes_again_is_stored_once(page: Page) -> None:
    batch = page.batch(["S", 0, 0, 0])

    answers = [send(page.client, BATCHES, batch).get_json()["duplicate"] for _ in range(3)]

    assert answers == [False, True, True]
    assert stored() == 1


def in_version_2(page: Page, *lines: str, number: int = 0) -> bytes:
    head = f"2 {page.token} {page.stream} {number} 0 {page.now_ms} 0 0"
    return "\n".join([head, f'@0,"{SITE}/"', *lines]).encode()


@pytest.mark.parametrize("pack", [bytes, zlib.compress], ids=["as text", "deflated"])
def test_version_2_is_stored_as_it_came(page: Page, pack: Callable[[bytes], bytes]) -> None:
    sent = pack(in_version_2(page, "S0", 'c40,"#buy",9,500,500,10,10,0,0,12,3'))

    answers = [send(page.client, BATCHES, sent).get_json() for _ in range(2)]

    assert answers == [{"stream": page.stream, "seq": 0, "duplicate": again} for again in (False, True)]
    row = db.session.scalars(select(Batch)).one()
    assert unpacked(row.codec, row.body) == sent
    assert [event.kind for event in events_of(row.session_id)] == ["task_started", "click"]


def test_a_deflated_body_that_grows_too_large_is_kept_aside_as_small_as_it_came(page: Page) -> None:
    sent = zlib.compress(in_version_2(page, *["D1"] * 10**6))

    answer = send(page.client, BATCHES, sent)

    assert answer.status_code == 400
    assert "at most 16384 bytes" in answer.get_json()["error"]
    assert kept_aside() == [400]
    assert db.session.scalars(select(QuarantinedBatch.body)).one() == sent


def test_another_body_under_the_same_key_is_refused_and_kept_aside(page: Page) -> None:
    batch = page.batch(["S", 0, 0, 0])
    send(page.client, BATCHES, batch)

    answer = send(page.client, BATCHES, {**batch, "e": [["G", 0, 0, 0]]})

    assert answer.status_code == 409
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert stored() == 1
    assert kept_aside() == [409]


def test_of_somebody_who_was_deleted_not_even_a_broken_body_is_kept(page: Page) -> None:
    cut_off = json.dumps(page.batch(["S", 0, 0, 0])).encode()[:-20]
    assert send(page.client, BATCHES, cut_off).status_code == 400
    assert kept_aside() == [400]

    with transaction():
        delete_participant(db.session.scalars(select(Participant)).one())
    assert kept_aside() == []

    assert send(page.client, BATCHES, cut_off).status_code == 400
    assert kept_aside() == []


def test_one_malformed_event_does_not_cost_the_others(page: Page) -> None:
    answer = page.send(["S", 0, 0, 0], ["c", "not a time"], ["?", 1, 0, 0], ["D", 900, 0, 0])

    assert answer.status_code == 200
    assert db.session.scalars(select(ParticipantSession)).one().malformed == 2
    assert db.session.scalars(select(Attempt)).one().ended_how == "done"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"v": 2}', b"\xff\xfe", b"null"])
def test_an_unreadable_body_is_refused_and_kept_aside(client: FlaskClient, study: Study, body: bytes) -> None:
    assert send(client, BATCHES, body).status_code == 400
    assert kept_aside() == [400]


def test_a_batch_that_is_too_large_is_refused(page: Page) -> None:
    batch = page.batch(*[["x", 0, 0, 0, "name", "y" * 900] for _ in range(30)])

    assert send(page.client, BATCHES, batch).status_code == 413
    assert kept_aside() == [413]
    assert send(page.client, BATCHES, b"x" * 70_000).status_code == 413
    assert kept_aside() == [413]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://shop.example", "https://shop.example.evil.example", None]
)
def test_a_foreign_origin_is_refused_and_reads_nothing(page: Page, origin: str | None) -> None:
    answer = send(page.client, BATCHES, page.batch(["S", 0, 0, 0]), origin=origin)

    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert stored() == 0


def test_an_opaque_origin_is_taken_and_marked(page: Page) -> None:
    answer = send(page.client, BATCHES, page.batch(["S", 0, 0, 0]), origin="null")

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert db.session.scalars(select(Batch)).one().opaque_origin


def test_a_forged_token_is_unknown(page: Page) -> None:
    forged = page.token[:-2] + ("AA" if page.token[-2:] != "AA" else "BB")

    assert send(page.client, BATCHES, {**page.batch(), "k": forged}).status_code == 401
    assert send(page.client, "/recording/state", {"v": 1, "k": forged, "hello": {"page": SITE}}).status_code == 401


def test_batches_may_come_in_any_order(page: Page) -> None:
    first, second, third = (
        page.batch(["S", 0, 0, 0]),
        page.batch(["M", 700, 0, 0, "success", 0]),
        page.batch(["D", 900, 0, 0]),
    )

    for batch in (third, first, second):
        assert send(page.client, BATCHES, batch).status_code == 200

    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.outcome, attempt.rule, attempt.said, attempt.time_on_task_ms) == ("success", "success", "done", 900)


def test_the_state_tells_what_the_server_knows(page: Page) -> None:
    page.send(["S", 0, 0, 0], ["D", 900, 0, 0], ["A", 1500, 0, 0, "seq", 6])

    state = page.state()

    assert state["attempts"]["0"]["ended"]["how"] == "done"
    assert state["answers"] == {"0/seq": 6}


def test_the_state_names_what_need_not_be_sent_again(page: Page) -> None:
    page.send(["S", 0, 0, 0])
    held = [[page.stream, 0], [page.stream, 1], ["another1", 0]]

    answer = send(page.client, "/recording/state", {"v": 1, "k": page.token, "hello": hello(), "held": held})

    assert answer.get_json()["stored"] == [[page.stream, 0]]


def test_a_participant_completes_with_the_last_answer(page: Page) -> None:
    page.send(["S", 0, 0, 0], ["D", 900, 0, 0], ["A", 1500, 0, 0, "seq", 6])
    page.send(["S", 2000, 1, 0], ["G", 3000, 1, 0], ["A", 4000, 1, 0, "seq", None])
    assert db.session.scalars(select(Participant)).one().status == "started"

    page.send(["A", 5000, None, 0, "nps", 9], ends=True)

    participant = db.session.scalars(select(Participant)).one()
    assert participant.status == "completed"
    assert participant.completed_at == dt.datetime.fromtimestamp((page.now_ms + 5000) / 1000, dt.UTC)
    answers = {(answer.attempt, answer.question): answer.value for answer in db.session.scalars(select(Answer))}
    assert answers == {(0, "seq"): 6, (1, "seq"): None, (-1, "nps"): 9}


def test_leaving_with_delete_keeps_nothing_but_the_number(page: Page, study: Study) -> None:
    page.send(["S", 0, 0, 0])
    last = page.batch(["L", 900, 0, 0, 0], ends=True)

    assert send(page.client, BATCHES, last).status_code == 200
    assert db.session.scalars(select(Participant)).all() == []
    assert stored() == 0
    assert db.session.get(Study, study.id).withdrawn == 1
    assert send(page.client, BATCHES, last).status_code == 410


def test_leaving_with_keep_abandons(page: Page) -> None:
    page.send(["S", 0, 0, 0], ["L", 900, 0, 0, 1], ends=True)

    assert db.session.scalars(select(Participant)).one().status == "abandoned"
    assert db.session.scalars(select(Attempt)).one().outcome == "abandoned"


def test_who_left_may_come_back_and_goes_on_at_the_next_task(page: Page, study: Study) -> None:
    page.now_ms = round(now().timestamp() * 1000)
    page.send(["S", 0, 0, 0], ["L", 5, 0, 0, 1], ends=True)
    code = code_in(page.client.post(f"/s/{study.key}/continue"))

    answer = send(page.client, "/recording/exchange", {"v": 1, "code": code, "browser": "n", "hello": hello()})

    state = answer.get_json()["state"]
    assert state["left"] is None
    assert state["attempts"]["0"]["ended"]["how"] == "left"
    page.send(["S", 1000, 1, 0])
    assert db.session.scalars(select(Participant)).one().status == "started"
    assert [attempt.outcome for attempt in db.session.scalars(select(Attempt))] == ["abandoned", None]


def test_the_clock_ends_what_nobody_ends(page: Page) -> None:
    page.now_ms -= 400_000
    page.send(["S", 0, 0, 0])
    with transaction():  # the batch had arrived when it was sent
        db.session.scalars(select(Batch)).one().received_at -= dt.timedelta(milliseconds=460_000)

    assert end_what_is_over(now()) == 1
    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.outcome, attempt.time_on_task_ms) == ("timed_out", 300_000)

    page.send(["D", 250_000, 0, 0])  # was pressed in time, and comes late
    db.session.expire_all()
    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.outcome, attempt.time_on_task_ms) == ("failure", 250_000)


def test_what_is_idle_too_long_is_abandoned_and_may_come_back(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, idle_limit_min=0.1)
    page = begin(client, f"/s/{study.key}")
    page.send(["S", 0, 0, 0], ["v", 1000, 0, 0, "load", 1280, 800, 200])
    with transaction():
        db.session.scalars(select(Batch)).one().received_at -= dt.timedelta(seconds=59)

    assert end_what_is_over(now()) == 1
    assert db.session.scalars(select(Participant)).one().status == "abandoned"
    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.outcome, attempt.ended_ms) == ("abandoned", page.now_ms + 1000)

    page.send(["S", 59_000, 1, 0])
    db.session.expire_all()
    assert db.session.scalars(select(Participant)).one().status == "started"


def test_who_comes_back_after_more_than_a_day_is_a_visitor_like_others(page: Page, study: Study) -> None:
    day_ms = 86_400_000
    page.now_ms -= 2 * day_ms
    page.send(["S", 0, 0, 0], ["D", 900, 0, 0])
    with transaction():
        db.session.scalars(select(Batch)).one().received_at -= dt.timedelta(days=2)
        db.session.scalars(select(ParticipantSession)).one().ended_at = None  # the server was away, too

    assert end_what_is_over(now()) == 1
    late = page.state()
    page.send(["v", day_ms + 901, None, 0, "load", 1280, 800, 200], ["S", day_ms + 902, 1, 0])
    still_late = page.state()

    assert late["left"] == still_late["left"] == page.now_ms + 900
    assert db.session.scalars(select(Participant)).one().status == "abandoned"


def test_a_week_after_the_end_nothing_more_is_taken(page: Page) -> None:
    page.send(["S", 0, 0, 0], ["L", 900, 0, 0, 1])
    with transaction():
        session = db.session.scalars(select(ParticipantSession)).one()
        session.ended_at -= dt.timedelta(days=8)

    assert send(page.client, BATCHES, page.batch(["P", 0, None, 0, "late"])).status_code == 410


def test_an_ordinary_visitor_gets_the_snippet_from_the_cache(client: FlaskClient) -> None:
    answer = client.get("/snippet.js")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=604800"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers


def test_collection_ignores_cookies(app: Flask, page: Page) -> None:
    answer = app.test_client().post(
        BATCHES, data=json.dumps(page.batch(["S", 0, 0, 0])), headers={"Origin": SITE, "Cookie": "usabtest_sign_in=x"}
    )

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
