"""What was folded from an attempt's events, kept; it can be made anew at any time."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from usabtest.db import BigInt, Json, Key, Model, Time


class MeasuredAttempt(Model):
    """The measures of one attempt (fold.AttemptMeasures as JSON), with the version of the rules that made them."""

    __tablename__ = "measured_attempt"
    __table_args__ = (
        sa.ForeignKeyConstraint(["session_id", "number"], ["attempt.session_id", "attempt.number"], ondelete="CASCADE"),
        sa.Index("ix_measured_attempt_study_task", "study_id", "task_key"),
    )

    session_id: Mapped[BigInt] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    task_key: Mapped[Key]
    rules_version: Mapped[int]
    # Which of the study's own thresholds (rules.py): they may change at any time.
    thresholds: Mapped[Key]
    measures: Mapped[Json]
    measured_at: Mapped[Time]
