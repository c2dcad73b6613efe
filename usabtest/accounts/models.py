"""Users, their API tokens, one-time links, and what is remembered of wrong passwords."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from usabtest.db import Digest, Key, Model, PrimaryKey, Text, Time


class Role(StrEnum):
    """What a user may do; each role may what the ones below it in this list may, of the studies it is a member of."""

    ADMIN = "admin"
    MODERATOR = "moderator"
    RESEARCHER = "researcher"
    OBSERVER = "observer"


class LinkPurpose(StrEnum):
    """What a one-time link is good for."""

    SETUP = "setup"
    SIGN_IN = "sign_in"


class User(Model):
    __tablename__ = "user"
    __table_args__ = (sa.CheckConstraint("role IN ('admin', 'moderator', 'researcher', 'observer')", name="role"),)

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100), default="")
    role: Mapped[Key]
    password_hash: Mapped[Text | None]
    # Part of the sign-in cookie: a new number signs out everywhere (password changed, user disabled).
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Time]
    disabled_at: Mapped[Time | None]

    tokens: Mapped[list[ApiToken]] = relationship(
        back_populates="user", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def active(self) -> bool:
        return self.disabled_at is None

    @property
    def shown_name(self) -> str:
        return self.name or self.email


class ApiToken(Model):
    __tablename__ = "api_token"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(100), default="")
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[Time]
    expires_at: Mapped[Time]
    revoked_at: Mapped[Time | None]
    last_used_at: Mapped[Time | None]

    user: Mapped[User] = relationship(back_populates="tokens")

    def usable(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at and self.user.active


class OneTimeLink(Model):
    """An address that works once: to choose the first administrator's password, or to sign in."""

    __tablename__ = "one_time_link"

    id: Mapped[PrimaryKey]
    purpose: Mapped[Key]
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[Time]
    expires_at: Mapped[Time]
    used_at: Mapped[Time | None]


class WrongPasswords(Model):
    """How often in a row a password was wrong, for an address of the network or an e-mail address (hashed)."""

    __tablename__ = "wrong_passwords"

    subject: Mapped[Digest] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[Time]
