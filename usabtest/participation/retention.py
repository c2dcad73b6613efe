"""Forgetting: what was recorded of people is deleted when their study keeps it no longer."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from usabtest.db import db, transaction
from usabtest.participation.models import Participant, ParticipantSession
from usabtest.studies.models import Study

PEOPLE_A_SLICE = 20


def delete_past_retention(now: dt.datetime) -> int:
    """Delete some of the people of whom nothing was heard for longer than their study keeps what it records.

    Everything about them goes: the recording, attempts, measures and answers. Say how many they were.
    """
    for study in db.session.scalars(sa.select(Study).options(selectinload(Study.versions))).all():
        past = _past(study, now)
        asked = sa.select(Participant.id).outerjoin(ParticipantSession).where(Participant.study_id == study.id, past)
        if ids := db.session.scalars(asked.limit(PEOPLE_A_SLICE)).all():
            return sum(_delete(id_, past) for id_ in ids)
    return 0


def _past(study: Study, now: dt.datetime) -> sa.ColumnElement[bool]:
    heard_of = sa.func.coalesce(ParticipantSession.seen_at, Participant.ended_at, Participant.sent_at)
    return heard_of < now - dt.timedelta(days=study.spec.retention_days)


def _delete(participant_id: int, past: sa.ColumnElement[bool]) -> int:
    """Delete one, in a transaction of their own, unless they were heard of meanwhile."""
    asked = sa.select(Participant.id).outerjoin(ParticipantSession).where(Participant.id == participant_id, past)
    with transaction() as session:
        deleted = session.execute(sa.delete(Participant).where(Participant.id.in_(asked)))
    return cast("sa.CursorResult[Any]", deleted).rowcount
