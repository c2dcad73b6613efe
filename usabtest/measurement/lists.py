"""The raw lists of a study as programs read them: participants, attempts, events, answers.

Each list can be had in pages or all at once; then it is read in slices, so that memory does not grow with the study.
`of` are the ids of those participants whose rows alone are wanted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from usabtest.collection.queries import completeness_of_sessions, events_of
from usabtest.db import db
from usabtest.events.types import PAYLOADS, Event, as_item
from usabtest.instruments.sus import SUS
from usabtest.measurement.answers import rating
from usabtest.measurement.queries import AttemptRow, attempt_id, attempts_of_study, hex_id
from usabtest.metrics.errors import ErrorKind, Signal
from usabtest.metrics.rating import sus_score
from usabtest.participation.models import Attempt, Participant, ParticipantSession
from usabtest.questionnaires.models import AFTER_TEST, Answer
from usabtest.studies.models import Study
from usabtest.web.paging import Page, PageRequest, take_page
from usabtest.web.tables import Item

Ids = sa.Select[int]

SLICE = 500
SESSIONS_A_SLICE = 50


@dataclass(frozen=True, slots=True)
class RawList:
    """One list of a study: a page of it, all of it, and the columns that it has as a table."""

    page: Callable[[Study, PageRequest, Ids | None], Page[Item]]
    all: Callable[[Study, Ids | None], Iterator[Item]]
    columns: Callable[[Study], Sequence[str]]


def participants_page(study: Study, page: PageRequest, of: Ids | None = None) -> Page[Item]:
    found = take_page(
        db.session(),
        sa.select(Participant)
        .where(Participant.study_id == study.id, *_among(Participant.id, of))
        .options(selectinload(Participant.participant_session)),
        Participant.number,
        Participant.id,
        page=page,
    )
    return Page(tuple(_participant_items(found.rows)), found.next)


def attempts_page(study: Study, page: PageRequest, of: Ids | None = None) -> Page[Item]:
    found = take_page(
        db.session(),
        sa.select(Attempt).where(Attempt.study_id == study.id, *_among(Attempt.participant_id, of)),
        Attempt.session_id,
        Attempt.number,
        page=page,
    )
    if not found.rows:
        return Page((), None)
    keys = [(attempt.session_id, attempt.number) for attempt in found.rows]
    wanted = sa.tuple_(Attempt.session_id, Attempt.number).in_(keys)
    return Page(tuple(_attempt_items(attempts_of_study(study, wanted))), found.next)


def answers_page(study: Study, page: PageRequest, of: Ids | None = None) -> Page[Item]:
    found = take_page(
        db.session(),
        sa.select(Answer).where(Answer.study_id == study.id, *_among(Answer.participant_id, of)),
        Answer.session_id,
        Answer.attempt,
        Answer.question,
        page=page,
    )
    return Page(tuple(_answer_items(found.rows)), found.next)


def events_page(study: Study, page: PageRequest, of: Ids | None = None) -> Page[Item]:
    """A page of events: session by session, each in the order in which it happened."""
    session_id, *after = page.after or (0,)
    taken: list[tuple[ParticipantSession, Event]] = []
    start_ms: dict[int, int] = {}
    for session in _sessions(study, of, int(session_id)):
        events = events_of(session.id)
        start_ms[session.id] = _began_ms(events)
        rest = [event for event in events if session.id != session_id or _place(event) > tuple(after)]
        taken += [(session, event) for event in rest]
        if len(taken) > page.size:
            break
    shown = taken[: page.size]
    last = shown[-1] if len(taken) > page.size else None
    return Page(
        tuple(_event_item(session, event, start_ms[session.id]) for session, event in shown),
        (last[0].id, *_place(last[1])) if last else None,
    )


def all_events(study: Study, of: Ids | None = None) -> Iterator[Item]:
    for session in _sessions(study, of):
        events = events_of(session.id)
        began_ms = _began_ms(events)
        yield from (_event_item(session, event, began_ms) for event in events)


def _among(participant_id: Any, of: Ids | None) -> list[sa.ColumnElement[bool]]:
    return [] if of is None else [participant_id.in_(of)]


def _paged(
    page: Callable[[Study, PageRequest, Ids | None], Page[Item]], study: Study, of: Ids | None = None
) -> Iterator[Item]:
    """Everything, a page after the other; what was read is let go."""
    request = PageRequest(size=SLICE)
    while True:
        found = page(study, request, of)
        yield from found.rows
        if found.next is None:
            return
        request = PageRequest(after=found.next, size=SLICE)


def _participant_items(people: Sequence[Participant]) -> Iterator[Item]:
    sessions = {person.id: person.participant_session for person in people}
    ids = [session.id for session in sessions.values() if session is not None]
    arrived = completeness_of_sessions(ids)
    answers = _answers_after_test(ids)
    for person in people:
        session = sessions[person.id]
        complete = arrived.get(session.id) if session else None
        given = answers.get(session.id, {}) if session else {}
        yield {
            "id": hex_id(person.id),
            "code": person.code,
            "participant_id": person.external_id,
            "status": person.status,
            "pilot": person.pilot,
            "excluded": person.excluded_at is not None,
            "excluded_reason": person.excluded_reason,
            "attributes": person.attributes,
            "device": person.device,
            "browser": person.browser,
            "language": person.language,
            "started_at": _moment(person.started_at),
            "ended_at": _moment(person.ended_at),
            "sus": sus_score([rating(given.get(item.key), item.min, item.max) for item in SUS.items]).value,
            "nps": rating(given.get("nps"), 0, 10),
            "events_received": complete.events_received if complete else 0,
            "events_missing": complete.events_missing if complete else 0,
            "problem": person.problem,
        }


def _answers_after_test(session_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    asked = sa.select(Answer.session_id, Answer.question, Answer.value).where(
        Answer.session_id.in_(session_ids), Answer.attempt == AFTER_TEST
    )
    by_session: dict[int, dict[str, Any]] = defaultdict(dict)
    for session_id, question, value in db.session.execute(asked):
        by_session[session_id][question] = value
    return by_session


def _attempt_items(rows: Sequence[AttemptRow]) -> Iterator[Item]:
    people = _people({row.participant_id for row in rows})
    ease = _ease({row.session_id for row in rows})
    for row in rows:
        person, measures = people[row.participant_id], row.measures
        first = measures.first_click_at if measures else None
        yield {
            "id": row.id,
            "participant": hex_id(row.participant_id),
            "pilot": person.pilot,
            "excluded": person.excluded,
            "task": row.task_key,
            "position": row.position,
            "started_at": _moment_of_ms(row.started_ms),
            "ended_at": _moment_of_ms(row.ended_ms),
            "outcome": row.outcome,
            "verdicts": {"rule": row.rule, "participant": row.said, "moderator": row.judged},
            "time_on_task": measures.time_on_task_s if measures else None,
            "reached": measures.reached_s if measures else None,
            "clicks": measures.clicks if measures else None,
            "activations": measures.activations if measures else None,
            "page_views": measures.page_views if measures else None,
            "pages": measures.pages if measures else None,
            "errors": measures.errors_by_kind if measures else dict.fromkeys(map(str, ErrorKind)),
            "signals": measures.signals_by_kind if measures else dict.fromkeys(map(str, Signal)),
            "lostness": measures.lostness if measures else None,
            "first_click": measures.first_click if measures else None,
            "first_click_at": {
                "at": first.at_s if first else None,
                "page": first.page if first else None,
                "selector": first.selector if first else None,
            },
            "searched": measures.searched if measures else None,
            "seq": rating(ease.get((row.session_id, row.number)), 1, 7),
        }


@dataclass(frozen=True, slots=True)
class _Person:
    pilot: bool
    excluded: bool


def _people(ids: Iterable[int]) -> dict[int, _Person]:
    asked = sa.select(Participant.id, Participant.pilot, Participant.excluded_at).where(Participant.id.in_(ids))
    return {row.id: _Person(row.pilot, row.excluded_at is not None) for row in db.session.execute(asked)}


def _ease(session_ids: Iterable[int]) -> dict[tuple[int, int], Any]:
    asked = sa.select(Answer.session_id, Answer.attempt, Answer.value).where(
        Answer.session_id.in_(session_ids), Answer.question == "seq"
    )
    return {(session_id, attempt): value for session_id, attempt, value in db.session.execute(asked)}


def _answer_items(rows: Sequence[Answer]) -> Iterator[Item]:
    people = _people({row.participant_id for row in rows})
    began_ms = {session_id: _began_ms(events_of(session_id)) for session_id in {row.session_id for row in rows}}
    for row in rows:
        person = people[row.participant_id]
        yield {
            "participant": hex_id(row.participant_id),
            "pilot": person.pilot,
            "excluded": person.excluded,
            "attempt": None if row.attempt == AFTER_TEST else attempt_id(row.session_id, row.attempt),
            "task": row.task_key,
            "question": row.question,
            "value": row.value,
            "language": row.language,
            "at": (row.at_ms - (began_ms[row.session_id] or row.at_ms)) / 1000,
        }


def _event_item(session: ParticipantSession, event: Event, began_ms: int) -> Item:
    return {
        "participant": hex_id(session.participant_id),
        "attempt": None if event.attempt is None else attempt_id(session.id, event.attempt),
        "stream": event.stream,
        "ordinal": event.ordinal,
        "at": (event.at_ms - began_ms) / 1000,
        "page": event.page,
        **as_item(event),
    }


def _sessions(study: Study, of: Ids | None, since: int = 0) -> Iterator[ParticipantSession]:
    """A study's sessions from this one on, read in slices."""
    inclusive = since
    while True:
        sessions = db.session.scalars(
            sa.select(ParticipantSession)
            .join(Participant)
            .where(Participant.study_id == study.id, ParticipantSession.id >= inclusive, *_among(Participant.id, of))
            .order_by(ParticipantSession.id)
            .limit(SESSIONS_A_SLICE)
        ).all()
        yield from sessions
        if len(sessions) < SESSIONS_A_SLICE:
            return
        inclusive = sessions[-1].id + 1


def _began_ms(events: Sequence[Event]) -> int:
    """When a session began, by its own clock: with its first event."""
    return events[0].at_ms if events else 0


def _place(event: Event) -> tuple[int, str, int]:
    return event.at_ms, event.stream, event.ordinal


def _moment(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment_of_ms(at_ms: int | None) -> str | None:
    return None if at_ms is None else _moment(dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC))


def _participant_columns(study: Study) -> Sequence[str]:
    """The columns of participants; each attribute that anybody came with has one of its own."""
    kept = db.session.scalars(sa.select(Participant.attributes).where(Participant.study_id == study.id))
    names = sorted({name for attributes in kept for name in attributes})
    return (*_BEFORE_ATTRIBUTES, *(f"attributes.{name}" for name in names), *_AFTER_ATTRIBUTES)


_BEFORE_ATTRIBUTES = ("id", "code", "participant_id", "status", "pilot", "excluded", "excluded_reason")
_AFTER_ATTRIBUTES = (
    *("device", "browser", "language", "started_at", "ended_at", "sus", "nps"),
    *("events_received", "events_missing", "problem"),
)

_ATTEMPT_COLUMNS = (
    *("id", "participant", "pilot", "excluded", "task", "position", "started_at", "ended_at", "outcome"),
    *("verdicts.rule", "verdicts.participant", "verdicts.moderator"),
    *("time_on_task", "reached", "clicks", "activations", "page_views", "pages"),
    *(f"errors.{kind}" for kind in ErrorKind),
    *(f"signals.{signal}" for signal in Signal),
    *("lostness", "first_click", "first_click_at.at", "first_click_at.page", "first_click_at.selector"),
    *("searched", "seq"),
)

_ANSWER_COLUMNS = ("participant", "pilot", "excluded", "attempt", "task", "question", "value", "language", "at")

_EVENT_HEAD = ("participant", "attempt", "stream", "ordinal", "at", "kind", "page")
_EVENT_COLUMNS = (
    *_EVENT_HEAD,
    *dict.fromkeys(field for payload in PAYLOADS for field in payload.__struct_fields__),
)

LISTS: Mapping[str, RawList] = {
    "participants": RawList(participants_page, partial(_paged, participants_page), _participant_columns),
    "attempts": RawList(attempts_page, partial(_paged, attempts_page), lambda _: _ATTEMPT_COLUMNS),
    "answers": RawList(answers_page, partial(_paged, answers_page), lambda _: _ANSWER_COLUMNS),
    "events": RawList(events_page, all_events, lambda _: _EVENT_COLUMNS),
}
