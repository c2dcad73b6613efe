"""A study of any size, made up and put into a database in bulk: what a report is made from, and what it passes over.

Each participant has a session with batches, an attempt at each task (measured; some failed, were skipped, or still
run), an answer on ease after each, and SUS and likelihood to recommend after the test. The same seed, the same data.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from usabtest.accounts.actions import create_user
from usabtest.accounts.models import Role, User
from usabtest.collection.models import Batch
from usabtest.collection.queries import packed
from usabtest.db import db, transaction
from usabtest.measurement.fold import (
    RULES_VERSION,
    AttemptMeasures,
    FirstClick,
    LoadTimes,
    Occurrence,
    Visit,
    to_json,
)
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.packed import pack, rules_of
from usabtest.measurement.rules import thresholds_of
from usabtest.participation.models import Attempt, Participant, ParticipantSession
from usabtest.questionnaires.models import AFTER_TEST, Answer
from usabtest.simulation.wire import PageStream
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study
from usabtest.studyfile.read import read_study

NOW = dt.datetime(2026, 11, 14, 12, tzinfo=dt.UTC)
SITE = "https://shop.example"
PAGES = [f"{SITE}{path}" for path in ("/", "/books/", "/books/crime/", "/basket/", "/checkout/", "/help/", "/search/")]
OUTCOMES = ("success", "assisted", "partial", "failure", "gave_up", "timed_out", "abandoned", "skipped", None)
SHARES = (70, 2, 3, 8, 6, 5, 3, 2, 1)
SAID = {"success": "done", "failure": "done", "gave_up": "gave_up"}
BATCHES_A_SESSION = 12
EVENTS_A_BATCH = 20
# What measuring a session keeps of what has arrived: everything.
ARRIVED = {
    "events_received": BATCHES_A_SESSION * EVENTS_A_BATCH,
    "events_missing": 0,
    "streams_without_end": 0,
    "dropped_in_browser": 0,
}
EVENTS_A_SESSION = 1000
PEOPLE_AT_ONCE = 500


def fill(participants: int, tasks: int, *, seed: int = 1) -> Study:
    """Make a study with so many participants and tasks; return it."""
    study = _study(f"people-{participants}", tasks)
    chance = random.Random(f"{seed} {participants}")
    for first in range(1, participants + 1, PEOPLE_AT_ONCE):
        numbers = range(first, min(first + PEOPLE_AT_ONCE, participants + 1))
        with transaction():
            _insert([_Person(study, number, chance) for number in numbers])
    _let_it_look()
    return study


def _let_it_look() -> None:
    """Let PostgreSQL see what is in its tables, as its own housekeeping does soon after."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))


def fill_events(events: int) -> Study:
    """Make a study with so many events in their batches, a thousand a session; return it."""
    study = _study(f"events-{events}", 1)
    chance = random.Random(events)
    people = [_Person(study, number, chance) for number in range(1, events // EVENTS_A_SESSION + 1)]
    for first in range(0, len(people), PEOPLE_AT_ONCE // 5):
        some = people[first : first + PEOPLE_AT_ONCE // 5]
        with transaction():
            for model, rows in (
                (Participant, [person.participant() for person in some]),
                (ParticipantSession, [{**person.session(), **dict.fromkeys(ARRIVED)} for person in some]),
                (Batch, [row for person in some for row in person.recorded()]),
            ):
                db.session.execute(sa.insert(model.__table__), rows)
    _let_it_look()
    return study


def _insert(people: Sequence[_Person]) -> None:
    tries = [person.tries() for person in people]
    for model, rows in (
        (Participant, [person.participant() for person in people]),
        (ParticipantSession, [person.session() for person in people]),
        (Batch, [row for person in people for row in person.batches()]),
        (Attempt, [row for attempts, _, _ in tries for row in attempts]),
        (MeasuredAttempt, [row for _, measured, _ in tries for row in measured]),
        (Answer, [row for _, _, answers in tries for row in answers]),
    ):
        db.session.execute(sa.insert(model.__table__), rows)


def _study(key: str, tasks: int) -> Study:
    with transaction() as session:
        owner = session.scalar(sa.select(User)) or create_user("alice@example.org", role=Role.ADMIN, name="", now=NOW)
        spec = read_study(
            {
                "key": key,
                "title": key.capitalize(),
                "sites": [SITE],
                "tasks": [_task(number) for number in range(tasks)],
                "after": ["sus", "nps"],
            }
        )
        return studies_actions.create(spec, owner=owner, now=NOW)


def _task(number: int) -> dict[str, Any]:
    return {
        "key": f"task-{number}",
        "title": f"Task number {number}",
        "scenario": "Go and find it.",
        "start_url": f"{SITE}/",
        "success": [{"url": "/basket/"}],
        "time_limit_s": 300,
        "optimal": {"pages": 3, "clicks": 5},
        "expert_time_s": 30,
        "error_opportunities": 4,
        "first_click": ["nav a.books"],
        "search": [{"url": "/search/**"}],
    }


class _Person:
    """One made-up participant; `chance` is shared, so persons are to be asked in the same order each time."""

    def __init__(self, study: Study, number: int, chance: random.Random) -> None:
        self.study, self.number, self.chance = study, number, chance
        self.id, self.session_id = chance.getrandbits(63), chance.getrandbits(63)
        self.began = NOW + dt.timedelta(seconds=number)
        self.version_id = study.versions[-1].id
        self.thresholds, self.rules = thresholds_of(study.spec.analysis), rules_of(study.spec.analysis)
        self.tasks = [task.key for task in study.spec.tasks]

    def participant(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "study_id": self.study.id,
            "number": self.number,
            "pilot": False,
            "status": "completed",
            "attributes": {"plan": self.chance.choice(["free", "pro"])},
            "device": self.chance.choice(["desktop", "desktop", "phone", "tablet"]),
            "browser": self.chance.choice(["Firefox 131", "Chrome 131", "Safari 18"]),
            "language": self.chance.choice(["en-GB", "de", "ar"]),
            "width": 1440,
            "height": 900,
            **dict.fromkeys(("sent_at", "arrived_at", "started_at", "completed_at", "ended_at"), self.began),
        }

    def session(self) -> dict[str, Any]:
        return {
            "id": self.session_id,
            "participant_id": self.id,
            "version_id": self.version_id,
            "task_order": list(range(len(self.tasks))),
            "created_at": self.began,
            "finished": True,
            "malformed": 0,
            **ARRIVED,
        }

    def batches(self) -> Iterator[dict[str, Any]]:
        for number in range(BATCHES_A_SESSION):
            stream, place = divmod(number, 3)
            body = self.chance.randbytes(700)
            first = EVENTS_A_BATCH * place
            yield self._batch(f"{self.session_id:x}-{stream}", place, first, EVENTS_A_BATCH, place == 2, body)

    def _batch(self, stream: str, number: int, first: int, count: int, ends: bool, body: bytes) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "stream": stream,
            "number": number,
            "first": first,
            "count": count,
            "dropped": 0,
            "ends": ends,
            "malformed": 0,
            "opaque_origin": False,
            "received_at": self.began,
            "digest": bytes(32),
            "codec": "zlib",
            "body": body,
        }

    def recorded(self) -> Iterator[dict[str, Any]]:
        """Batches with events in them, ten page loads."""
        began_ms = round(self.began.timestamp() * 1000)
        for load in range(10):
            page = PageStream(
                "no token", f"{self.session_id:016x}{load}", self.chance.choice(PAGES), began_ms + 60_000 * load
            )
            selector = page.place("main ul.books > li:nth-of-type(3) a.title")
            page.add("v", page.began_ms, None, "load", 1280, 800, 200)
            for number in range(1, EVENTS_A_SESSION // 10):
                at_ms = page.began_ms + 500 * number
                page.add("c", at_ms, 0, selector, 500, 500, number, 20, 0, "m", 1, "The long way home")
            for body in page.batches():
                _, packed_body = packed(json.dumps(body).encode())
                yield self._batch(page.name, body["n"], body["f"], len(body["e"]), bool(body["z"]), packed_body)

    def tries(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
        """Attempts, their measures, and answers."""
        attempts, measured, answers = [], [], []
        at_ms = round(self.began.timestamp() * 1000)
        for number, key in enumerate(self.tasks):
            [outcome] = self.chance.choices(OUTCOMES, SHARES)
            time_s = 300.0 if outcome == "timed_out" else round(min(self.chance.lognormvariate(4, 0.6), 300.0), 3)
            measures = None if outcome in ("skipped", None) else self._measures(time_s)
            attempts.append(self._attempt(number, key, outcome, at_ms, time_s, measures))
            if measures is not None:
                measured.append(self._measured(number, key, measures))
                if self.chance.random() < 0.97:
                    answers.append(self._answer(number, key, "seq", self.chance.randint(1, 7), at_ms))
            at_ms += 310_000
        for item in range(1, 11):
            value = None if self.chance.random() < 0.01 else self.chance.choice([3, 4, 5] if item % 2 else [1, 2, 3])
            answers.append(self._answer(AFTER_TEST, None, f"sus_{item}", value, at_ms))
        answers.append(self._answer(AFTER_TEST, None, "nps", self.chance.choice([4, 6, 7, 8, 8, 9, 9, 10]), at_ms))
        return attempts, measured, answers

    def _attempt(
        self, number: int, key: str, outcome: str | None, at_ms: int, time_s: float, measures: AttemptMeasures | None
    ) -> dict[str, Any]:
        ended = outcome is not None
        met = "success" if outcome == "success" and self.chance.random() < 0.95 else None
        return {
            "session_id": self.session_id,
            "number": number,
            "participant_id": self.id,
            "study_id": self.study.id,
            "task_key": key,
            "started_ms": at_ms,
            "ended_ms": at_ms + round(time_s * 1000) if ended else None,
            "ended_how": SAID.get(outcome or "", "skipped" if outcome == "skipped" else "done") if ended else None,
            "met_side": met,
            "met_index": 0 if met else None,
            "met_ms": at_ms + round(time_s * 900) if met else None,
            "rule": met,
            "said": SAID.get(outcome or ""),
            "outcome": "failure" if outcome in ("assisted", "partial") else outcome,
            "time_on_task_ms": round(time_s * 1000) if ended else None,
            "flags": [],
            "judged_outcome": outcome if outcome in ("assisted", "partial") else None,
            "judged_reason": "Pointed to the field" if outcome in ("assisted", "partial") else None,
            "judged_by": self.study.owner_id if outcome in ("assisted", "partial") else None,
            "judged_at": NOW if outcome in ("assisted", "partial") else None,
            "stale": False,
            "numbers": pack(measures) if measures else None,
            "numbers_by": self.rules if measures else None,
        }

    def _measured(self, number: int, key: str, measures: AttemptMeasures) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "number": number,
            "study_id": self.study.id,
            "task_key": key,
            "rules_version": RULES_VERSION,
            "thresholds": self.thresholds,
            "measures": to_json(measures),
            "measured_at": NOW,
        }

    def _measures(self, time_s: float) -> AttemptMeasures:
        chance = self.chance
        views = 1 + min(12, int(chance.expovariate(0.35)))
        path = tuple(
            Visit(round(time_s * place / views, 3), PAGES[0] if place == 0 else chance.choice(PAGES))
            for place in range(views)
        )
        pages = len({visit.page for visit in path})
        return AttemptMeasures(
            time_on_task_s=time_s,
            raw_time_s=time_s,
            hidden_s=0.0,
            reached_s=round(0.9 * time_s, 3),
            no_press=False,
            clock_jump=False,
            idle=time_s > 200,
            clicks=views + int(chance.expovariate(0.2)),
            activations=chance.randint(0, 2),
            page_views=views,
            pages=pages,
            steps=views,
            path=path,
            page_loads=tuple(
                LoadTimes(
                    visit.page, *(round(chance.gammavariate(2, 0.2) * share, 3) for share in (1, 0.2, 0.5, 0.7, 0.6))
                )
                for visit in path
            ),
            errors=tuple(self._occurrences(("form", "form", "wrong_path", "javascript", "network"), 0.4, time_s)),
            signals=tuple(self._occurrences(("dead_click", "dead_click", "rage_click", "quick_back"), 0.3, time_s)),
            lostness=round(((pages / views - 1) ** 2 + (3 / pages - 1) ** 2) ** 0.5, 6),
            path_deviation=views / 3,
            first_click=chance.random() < 0.8,
            first_click_at=FirstClick(
                2.5, PAGES[0], chance.choice(["nav a.books", "#search", "a.offer"]), 500, 500, 9, 8
            ),
            acted=True,
            searched=chance.random() < 0.25,
        )

    def _occurrences(self, kinds: tuple[str, ...], rate: float, time_s: float) -> Iterator[Occurrence]:
        while self.chance.random() < rate:
            at_s = round(self.chance.random() * time_s, 3)
            what = self.chance.choice(["#voucher", "form button.send", "Cannot read properties of undefined"])
            yield Occurrence(self.chance.choice(kinds), at_s, self.chance.choice(PAGES), what)

    def _answer(self, attempt: int, key: str | None, question: str, value: object, at_ms: int) -> dict[str, Any]:
        return {
            "session_id": self.session_id,
            "attempt": attempt,
            "question": question,
            "study_id": self.study.id,
            "participant_id": self.id,
            "task_key": key,
            "value": value,
            "language": "en",
            "at_ms": at_ms,
        }
