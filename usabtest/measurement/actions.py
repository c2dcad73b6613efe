"""Measuring: what an ended attempt's events come to is kept, so that a report reads a row an attempt."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from usabtest.collection.queries import Completeness, completeness_of_sessions, events_of
from usabtest.db import db, transaction
from usabtest.measurement.fold import RULES_VERSION, to_json
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.packed import pack, rules_of
from usabtest.measurement.queries import (
    fold_attempts,
    sessions_of_other_thresholds,
    sessions_to_measure,
)
from usabtest.measurement.rules import measured_by, thresholds_of
from usabtest.participation.models import ParticipantSession
from usabtest.participation.verdict import How

log = logging.getLogger(__name__)

# Sessions that this process failed to fold: a fault of ours, which must not keep everybody else waiting.
_set_aside: set[int] = set()
# So few that no batch waits long while they are folded: on SQLite there is one writer.
SESSIONS_A_SLICE = 4


def measure_what_is_stale(now: dt.datetime) -> int:
    """Measure a slice of the attempts that have ended, or of which another batch has come; say how many sessions."""
    return _measure_each(sessions_to_measure(most=SESSIONS_A_SLICE + len(_set_aside)), now)


def measure_by_new_thresholds(now: dt.datetime) -> int:
    """Measure anew a slice of what was measured by thresholds that a study has changed; say how many sessions."""
    return _measure_each(sessions_of_other_thresholds(most=SESSIONS_A_SLICE + len(_set_aside)), now)


def _measure_each(session_ids: Sequence[int], now: dt.datetime) -> int:
    """Measure sessions one by one, each in its own transaction; one that cannot be folded is set aside and logged."""
    done = 0
    for session_id in session_ids:
        if session_id in _set_aside:
            continue
        try:
            with transaction():
                done += measure([session_id], now)
        except sa.exc.OperationalError:
            raise
        except Exception:
            log.exception("session %016x cannot be measured", session_id)
            _set_aside.add(session_id)
    return done


def measure(session_ids: Sequence[int], now: dt.datetime) -> int:
    """Measure all ended attempts of these sessions and keep the measures; say how many sessions there were.

    The sessions' rows are locked first, as a batch locks them when it arrives: none can slip in between the reading
    of the events and the mark that they are measured.
    """
    asked = (
        sa.select(ParticipantSession)
        .where(ParticipantSession.id.in_(session_ids))
        .order_by(ParticipantSession.id)
        .with_for_update()
    )
    sessions = db.session.scalars(asked).all() if session_ids else []
    for session in sessions:
        _measure(session, now)
    db.session.flush()
    return len(sessions)


def _measure(session: ParticipantSession, now: dt.datetime) -> None:
    study = session.participant.study
    spec = measured_by(session.version.spec, study.spec)
    attempts = {
        attempt.number: attempt
        for attempt in session.attempts
        if attempt.ended_ms is not None and attempt.ended_how != How.SKIPPED
    }
    _forget_others(session.id, attempts)
    for number, measures in fold_attempts(spec, attempts.values(), events_of(session.id)):
        db.session.merge(
            MeasuredAttempt(
                session_id=session.id,
                number=number,
                study_id=study.id,
                task_key=attempts[number].task_key,
                rules_version=RULES_VERSION,
                thresholds=thresholds_of(study.spec.analysis),
                measures=to_json(measures),
                measured_at=now,
            )
        )
        attempts[number].numbers, attempts[number].numbers_by = pack(measures), rules_of(study.spec.analysis)
        attempts[number].stale = False
    _keep_completeness(session)


def _keep_completeness(session: ParticipantSession) -> None:
    arrived = completeness_of_sessions([session.id]).get(session.id, Completeness())
    session.events_received = arrived.events_received
    session.events_missing = arrived.events_missing
    session.streams_without_end = arrived.streams_without_end
    session.dropped_in_browser = arrived.dropped_in_browser


def _forget_others(session_id: int, numbers: Collection[int]) -> None:
    """Drop the measures of attempts that go on after all: somebody came back, and the end was only the clock's."""
    db.session.execute(
        sa.delete(MeasuredAttempt).where(
            MeasuredAttempt.session_id == session_id, MeasuredAttempt.number.not_in(numbers)
        )
    )
