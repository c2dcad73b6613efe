"""Studies with the versions of their definition, members, invitations, checks, and where the snippet was seen."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from usabtest.accounts.models import User
from usabtest.db import Digest, Json, Key, Model, PrimaryKey, Text, Time
from usabtest.studyfile.read import read_study
from usabtest.studyfile.types import StudySpec


class Status(StrEnum):
    """Where a study stands: draft → pilot → live ⇄ paused → closed; pilot may be left out."""

    DRAFT = "draft"
    PILOT = "pilot"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


class Study(Model):
    __tablename__ = "study"
    __table_args__ = (sa.CheckConstraint("status IN ('draft', 'pilot', 'live', 'paused', 'closed')", name="status"),)

    id: Mapped[PrimaryKey]
    key: Mapped[Key] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    status: Mapped[Key] = mapped_column(default=Status.DRAFT)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    # The round before this one: what it is compared with unless somebody chooses otherwise.
    previous_id: Mapped[int | None] = mapped_column(sa.ForeignKey("study.id", ondelete="SET NULL"), index=True)
    version_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Time]
    updated_at: Mapped[Time]
    live_since: Mapped[Time | None]
    closed_at: Mapped[Time | None]
    # The first live participant freezes what participants meet (freeze.py).
    frozen_at: Mapped[Time | None]
    # Of people who said no, or took back what they gave, only the number is kept.
    declined: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int] = mapped_column(default=0)
    next_participant_number: Mapped[int] = mapped_column(default=1)
    next_pilot_number: Mapped[int] = mapped_column(default=1)

    owner: Mapped[User] = relationship()
    previous: Mapped[Study | None] = relationship(remote_side="Study.id")
    versions: Mapped[list[StudyVersion]] = relationship(
        back_populates="study", order_by="StudyVersion.number", cascade="all, delete-orphan", passive_deletes=True
    )
    members: Mapped[list[Member]] = relationship(
        back_populates="study", cascade="all, delete-orphan", passive_deletes=True
    )
    seen_sites: Mapped[list[SeenSite]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="SeenSite.origin"
    )

    @property
    def version(self) -> StudyVersion:
        """The definition that new participants meet."""
        return next(version for version in self.versions if version.number == self.version_number)

    @property
    def spec(self) -> StudySpec:
        return self.version.spec


class StudyVersion(Model):
    """A study's definition as it was once saved; never changed after a session has begun with it."""

    __tablename__ = "study_version"
    __table_args__ = (sa.UniqueConstraint("study_id", "number"),)

    id: Mapped[PrimaryKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    number: Mapped[int]
    definition: Mapped[Json]
    created_at: Mapped[Time]

    study: Mapped[Study] = relationship(back_populates="versions")

    @property
    def spec(self) -> StudySpec:
        return _read(msgspec.json.encode(self.definition))


@lru_cache(maxsize=256)
def _read(definition: bytes) -> StudySpec:
    """Read a definition; each is read once, for every batch and every page asks for it."""
    return read_study(msgspec.json.decode(definition))


class Member(Model):
    """Someone who may see a study beside its owner; what they may do there follows from their role."""

    __tablename__ = "member"

    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    added_at: Mapped[Time]

    study: Mapped[Study] = relationship(back_populates="members")
    user: Mapped[User] = relationship()


class Invitation(Model):
    """A personal link; used up by Start."""

    __tablename__ = "invitation"
    __table_args__ = (sa.UniqueConstraint("study_id", "participant_id"),)

    id: Mapped[PrimaryKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    participant_id: Mapped[str | None] = mapped_column(sa.String(200))
    created_at: Mapped[Time]
    used_at: Mapped[Time | None]


class SeenSite(Model):
    """When the snippet was last heard from on a site, by a participant or a check."""

    __tablename__ = "seen_site"

    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)
    origin: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    seen_at: Mapped[Time]


class SnippetCheck(Model):
    """One press on the Check button: the code that the start page was opened with, and what the snippet reported."""

    __tablename__ = "snippet_check"

    id: Mapped[PrimaryKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[Digest] = mapped_column(unique=True)
    start_url: Mapped[Text]
    created_at: Mapped[Time]
    reported_at: Mapped[Time | None]
    page: Mapped[Text | None]
    widget_shown: Mapped[bool | None]
