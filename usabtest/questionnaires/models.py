"""One participant's replies to the questions after a task and after the test."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from usabtest.db import BigInt, Json, Key, Model

AFTER_TEST = -1


class Answer(Model):
    """A reply; `attempt` is the number of the attempt it belongs to, or AFTER_TEST. A null value was left empty."""

    __tablename__ = "answer"
    __table_args__ = (sa.Index("ix_answer_study", "study_id"),)

    session_id: Mapped[BigInt] = mapped_column(
        sa.ForeignKey("participant_session.id", ondelete="CASCADE"), primary_key=True
    )
    attempt: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    participant_id: Mapped[BigInt] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"))
    task_key: Mapped[Key | None]
    value: Mapped[Json | None]
    language: Mapped[str] = mapped_column(sa.String(35))
    at_ms: Mapped[BigInt]
