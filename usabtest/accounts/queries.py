"""Who there is, and what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from usabtest.accounts import throttle
from usabtest.accounts.models import ApiToken, OneTimeLink, Role, User, WrongPasswords
from usabtest.db import db
from usabtest.web.tokens import token_digest

MOST_USERS = 1000


def user_by_id(user_id: int) -> User | None:
    return db.session.get(User, user_id) if 0 < user_id < 2**31 else None


def user_by_email(email: str) -> User | None:
    """Return the user with this address, however it is written."""
    return db.session.scalar(sa.select(User).where(User.email == normal_email(email)))


def all_users() -> Sequence[User]:
    return db.session.scalars(sa.select(User).order_by(User.email).limit(MOST_USERS)).all()


def active_admins() -> int:
    """Return how many administrators can sign in."""
    return db.session.scalar(_active_admins) or 0


def has_admin() -> bool:
    return active_admins() > 0


def token_by_text(text: str) -> ApiToken | None:
    return db.session.scalar(
        sa.select(ApiToken).options(joinedload(ApiToken.user)).where(ApiToken.token_hash == token_digest(text))
    )


def tokens_of(user: User) -> Sequence[ApiToken]:
    """Return a user's tokens that are not revoked, newest first."""
    return db.session.scalars(
        sa.select(ApiToken)
        .where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id.desc())
        .limit(MOST_USERS)
    ).all()


def all_tokens() -> Sequence[ApiToken]:
    return db.session.scalars(
        sa.select(ApiToken).options(joinedload(ApiToken.user)).order_by(ApiToken.id).limit(MOST_USERS)
    ).all()


def link_by_text(text: str, purpose: str) -> OneTimeLink | None:
    return db.session.scalar(
        sa.select(OneTimeLink).where(OneTimeLink.token_hash == token_digest(text), OneTimeLink.purpose == purpose)
    )


def wait_s(subjects: tuple[bytes, ...], *, now: dt.datetime, free_tries: int = throttle.FREE_TRIES) -> int:
    """Return the seconds until a password may be tried again."""
    rows = db.session.scalars(sa.select(WrongPasswords).where(WrongPasswords.subject.in_(subjects))).all()
    waits = (throttle.wait_s(row.count, row.last_at, now, free_tries=free_tries) for row in rows)
    return max(waits, default=0)


def normal_email(email: str) -> str:
    """Return an address as it is kept.

    >>> normal_email(" Rosa@Example.org ")
    'rosa@example.org'
    """
    return email.strip().lower()


_active_admins = sa.select(sa.func.count()).select_from(User).where(User.role == Role.ADMIN, User.disabled_at.is_(None))
