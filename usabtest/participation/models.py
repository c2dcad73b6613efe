"""Participants, their sessions and attempts, and the one-time codes that bring them into a target site."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from usabtest.db import BigInt, Digest, Json, Key, Model, RandomKey, Text, Time
from usabtest.studies.models import Study, StudyVersion


class ParticipantStatus(StrEnum):
    """How far a participant came (the life of a participant)."""

    SCREENED_OUT = "screened_out"
    SENT = "sent"
    ARRIVED = "arrived"
    STARTED = "started"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


def code_of(number: int, *, pilot: bool = False) -> str:
    """What people call a participant: P-04, or T-01 in a pilot."""
    return f"{'T' if pilot else 'P'}-{number:02}"


class Participant(Model):
    __tablename__ = "participant"
    __table_args__ = (
        sa.UniqueConstraint("study_id", "pilot", "number"),
        sa.Index("ix_participant_study_status", "study_id", "status"),
        sa.Index(
            "uq_participant_external_id",
            "study_id",
            "external_id",
            unique=True,
            sqlite_where=sa.text("external_id IS NOT NULL AND NOT pilot"),
            postgresql_where=sa.text("external_id IS NOT NULL AND NOT pilot"),
        ),
    )

    id: Mapped[RandomKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    number: Mapped[int]
    external_id: Mapped[str | None] = mapped_column(sa.String(200))
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id", ondelete="SET NULL"))
    pilot: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Key]
    attributes: Mapped[Json] = mapped_column(default=dict)
    # The cookie at our own origin by which the same browser goes on; only its hash is kept.
    browser_hash: Mapped[Digest | None] = mapped_column(index=True)
    device: Mapped[Key | None]
    browser: Mapped[str | None] = mapped_column(sa.String(100))
    language: Mapped[str | None] = mapped_column(sa.String(35))
    width: Mapped[int | None]
    height: Mapped[int | None]
    excluded_at: Mapped[Time | None]
    excluded_reason: Mapped[Text | None]
    excluded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    sent_at: Mapped[Time]
    arrived_at: Mapped[Time | None]
    started_at: Mapped[Time | None]
    completed_at: Mapped[Time | None]
    ended_at: Mapped[Time | None]
    problem: Mapped[Text | None]

    study: Mapped[Study] = relationship()
    participant_session: Mapped[ParticipantSession | None] = relationship(
        back_populates="participant", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def code(self) -> str:
        """What people call a participant: P-04, or T-01 in a pilot."""
        return code_of(self.number, pilot=self.pilot)


class ParticipantSession(Model):
    """The recorded time of one participant; it keeps the definition that it began with."""

    __tablename__ = "participant_session"

    id: Mapped[RandomKey]
    participant_id: Mapped[BigInt] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"), unique=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("study_version.id", ondelete="CASCADE"))
    # The places of the study's tasks in the order in which this participant meets them.
    task_order: Mapped[Json]
    created_at: Mapped[Time]
    seen_at: Mapped[Time | None]
    # Ends without a step of the participant's own: idle for too long, or left. Gone again if they come back.
    ended_at: Mapped[Time | None]
    # They came back after they had left the test: what they left stays left, and the rest goes on.
    returned_at: Mapped[Time | None]
    finished: Mapped[bool] = mapped_column(default=False)
    # Events that the decoder passed over, of batches that were stored whole.
    malformed: Mapped[int] = mapped_column(default=0)
    # How much of it has arrived (collection.queries.Completeness), kept with its measures; null once a batch comes.
    events_received: Mapped[int | None]
    events_missing: Mapped[int | None]
    streams_without_end: Mapped[int | None]
    dropped_in_browser: Mapped[int | None]

    participant: Mapped[Participant] = relationship(back_populates="participant_session")
    version: Mapped[StudyVersion] = relationship()
    attempts: Mapped[list[Attempt]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Attempt.number"
    )


class Attempt(Model):
    """One participant's try at one task, and how it ended: what the rule found, what they said, what was judged."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.Index("ix_attempt_study_task", "study_id", "task_key"),
        # By which a report reads a study's rows as they lie, and not the task's way across them.
        sa.Index("ix_attempt_study", "study_id"),
    )

    session_id: Mapped[BigInt] = mapped_column(
        sa.ForeignKey("participant_session.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[BigInt] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"))
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    task_key: Mapped[Key]
    started_ms: Mapped[BigInt]
    # Facts as folded from the events so far; null while the attempt runs.
    ended_ms: Mapped[BigInt | None]
    ended_how: Mapped[Key | None]
    met_side: Mapped[Key | None]
    met_index: Mapped[int | None]
    met_ms: Mapped[BigInt | None]
    rule: Mapped[Key | None]
    said: Mapped[Key | None]
    outcome: Mapped[Key | None]
    time_on_task_ms: Mapped[BigInt | None]
    flags: Mapped[Json] = mapped_column(default=list)
    # What a moderator judged, who, when and why; it outranks the outcome above.
    judged_outcome: Mapped[Key | None]
    judged_reason: Mapped[Text | None]
    judged_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    judged_at: Mapped[Time | None]
    # A batch has come, or a rule has changed, since this attempt was measured.
    stale: Mapped[bool] = mapped_column(default=True)
    # What reports count of its measures (measurement/packed.py), and by which rules it was made. It stands here, and
    # not with the measures, so that a report reads one short row an attempt.
    numbers: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    numbers_by: Mapped[Key | None]

    @property
    def effective_outcome(self) -> str | None:
        return self.judged_outcome or self.outcome


class OneTimeCode(Model):
    """The code that Start puts into the target site's address; good for ten minutes and one browser."""

    __tablename__ = "one_time_code"

    code_hash: Mapped[Digest] = mapped_column(primary_key=True)
    session_id: Mapped[BigInt] = mapped_column(sa.ForeignKey("participant_session.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Time]
    browser_hash: Mapped[Digest | None]
