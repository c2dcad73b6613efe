"""Applying what a participant did: each batch with steps brings attempts, answers and status up to date.

Everything is made anew from the session's events, so a step counts once however often it comes, and one that comes
late changes what it would have changed in time.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, get_args

from sqlalchemy.exc import OperationalError

from usabtest.collection.queries import overlaps_another, record_of
from usabtest.db import transaction
from usabtest.events.types import Step
from usabtest.events.wire import Batch
from usabtest.flow.course import Course, course_of
from usabtest.flow.definition import definition, finish_url
from usabtest.participation import actions
from usabtest.participation.models import ParticipantSession
from usabtest.participation.queries import open_sessions
from usabtest.questionnaires.actions import keep_answers
from usabtest.questionnaires.models import AFTER_TEST, Answer
from usabtest.web.links import public_address

log = logging.getLogger(__name__)

_STEPS: tuple[type, ...] = get_args(Step)


def apply(session: ParticipantSession, batch: Batch, now: dt.datetime) -> None:
    """Take a batch that was just stored, in the same transaction."""
    has_steps = any(isinstance(event.payload, _STEPS) for event in batch.events)
    if has_steps or session.ended_at is not None or overlaps_another(session.id, batch):
        settle(session, now)
    else:
        actions.mark_stale(session.id)


def settle(session: ParticipantSession, now: dt.datetime) -> Course:
    """Bring attempts, answers and status up to date with the events and the clock."""
    course = current_course(session, now)
    if course.deleted:
        actions.withdraw(session)
        return course
    actions.record_attempts(
        session,
        {number: (one.task_key, one.started_ms, one.ending) for number, one in course.attempts.items()},
    )
    keep_answers(session.id, _answers(session, course))
    actions.record_progress(
        session,
        actions.Progress(
            started_ms=course.started_ms,
            completed_ms=course.completed_ms,
            left_ms=course.left_ms,
            idle_ms=course.idle_ms,
            finished=course.finished,
            problem=course.problem,
        ),
    )
    return course


def end_what_is_over(now: dt.datetime) -> int:
    """End by the clock what nobody will end: time limits with no page open, and people who vanished."""
    return sum(_ended_by_the_clock(session, now) for session in open_sessions())


def _ended_by_the_clock(session: ParticipantSession, now: dt.datetime) -> bool:
    """End one session's overdue attempts; a session that cannot be folded must not keep the others from their end."""
    session_id = session.id
    try:
        if not _is_behind(session, current_course(session, now)):
            return False
        with transaction():
            settle(actions.hold(session), now)
    except OperationalError:
        raise
    except Exception:
        log.exception("session %016x cannot be brought to its end", session_id)
        return False
    return True


def _is_behind(session: ParticipantSession, course: Course) -> bool:
    """Whether the clock has brought about an end that is not written down yet."""
    written = {attempt.number for attempt in session.attempts if attempt.ended_ms is not None}
    ended = {number for number, attempt in course.attempts.items() if attempt.ending is not None}
    return course.idle_ms is not None or course.left_ms is not None or ended != written


def current_course(session: ParticipantSession, now: dt.datetime) -> Course:
    """Fold the session's events as they are at this moment; writes nothing."""
    record = record_of(session.id)
    return course_of(
        session.version.spec,
        session.task_order,
        definition_of(session),
        record.events,
        now_ms=record.by_its_clock(now),
        status=session.participant.study.status,
        returned_ms=record.by_its_clock(session.returned_at) if session.returned_at else None,
    )


def definition_of(session: ParticipantSession) -> dict[str, Any]:
    """The study as this session's participant plays it."""
    participant, spec = session.participant, session.version.spec
    key = participant.study.key
    return definition(
        spec,
        study_key=key,
        task_order=session.task_order,
        pilot=participant.pilot,
        home=public_address("flow.link", kind="s", name=key),
        finish=finish_url(
            spec, external_id=participant.external_id, thanks=public_address("flow.end", key=key, end="thanks")
        ),
    )


def _answers(session: ParticipantSession, course: Course) -> list[Answer]:
    participant, spec = session.participant, session.version.spec
    return [
        Answer(
            session_id=session.id,
            attempt=AFTER_TEST if reply.number is None else reply.number,
            question=reply.question,
            study_id=participant.study_id,
            participant_id=participant.id,
            task_key=None if reply.number is None else spec.tasks[session.task_order[reply.number]].key,
            value=reply.value,
            language=spec.language,
            at_ms=reply.at_ms,
        )
        for reply in course.replies
        if reply.number is None or reply.number < len(session.task_order)
    ]
