"""Keeping answers."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from usabtest.db import db
from usabtest.questionnaires.models import Answer


def keep_answers(session_id: int, answers: Iterable[Answer]) -> None:
    """Make a session's answers these and no others: the last word on each question counts."""
    wanted = {(answer.attempt, answer.question): answer for answer in answers}
    kept = db.session.scalars(sa.select(Answer).where(Answer.session_id == session_id))
    for answer in kept:
        new = wanted.pop((answer.attempt, answer.question), None)
        if new is None:
            db.session.delete(answer)
        elif (answer.value, answer.at_ms) != (new.value, new.at_ms):
            answer.value, answer.at_ms = new.value, new.at_ms
    db.session.add_all(wanted.values())
    db.session.flush()
