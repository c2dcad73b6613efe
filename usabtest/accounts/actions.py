"""Users, tokens and one-time links as they change; and the count of wrong passwords."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from usabtest.accounts.models import ApiToken, LinkPurpose, OneTimeLink, Role, User, WrongPasswords
from usabtest.accounts.passwords import hash_password, password_fault
from usabtest.accounts.queries import active_admins, has_admin, normal_email, user_by_email, user_by_id
from usabtest.accounts.throttle import FORGOTTEN_AFTER, FREE_TRIES, wait_s
from usabtest.db import db
from usabtest.errors import Conflict, Fault, Gone, NotValid
from usabtest.web.tokens import make_token, token_digest

TOKEN_DAYS = 365
SETUP_LINK_FOR = dt.timedelta(days=7)
SIGN_IN_LINK_FOR = dt.timedelta(hours=24)


def create_user(email: str, *, role: Role, now: dt.datetime, name: str = "", password: str | None = None) -> User:
    """Add a user; without a password they choose one by a set-up link."""
    email = normal_email(email)
    if user_by_email(email):
        raise Conflict(f"There is already a user {email}.")
    if password is not None:
        _check_choice(password, email)
    user = User(
        email=email,
        name=name.strip(),
        role=role,
        password_hash=None if password is None else hash_password(password),
        created_at=now,
    )
    db.session.add(user)
    try:
        db.session.flush()
    except sa.exc.IntegrityError as error:  # somebody else was faster
        raise Conflict(f"There is already a user {email}.") from error
    return user


def set_password(user: User, password: str) -> None:
    """Give a user another password; it signs them out everywhere."""
    _check_choice(password, user.email)
    user.password_hash = hash_password(password)
    user.epoch += 1
    db.session.flush()


def rename(user: User, name: str) -> None:
    user.name = name.strip()
    db.session.flush()


def change_role(user: User, role: Role) -> None:
    if role != Role.ADMIN:
        _keep_an_admin(user)
    user.role = role
    db.session.flush()


def disable(user: User, *, now: dt.datetime) -> None:
    """Keep a user from signing in; their tokens rest as well."""
    if not user.active:
        return
    _keep_an_admin(user)
    user.disabled_at = now
    user.epoch += 1
    db.session.flush()


def enable(user: User) -> None:
    user.disabled_at = None
    db.session.flush()


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as its owner gets it, once, and the row that remembers it."""

    text: str
    row: ApiToken


def create_token(user: User, *, name: str, now: dt.datetime) -> NewToken:
    """Make an API token with its user's rights, good for a year."""
    if not user.active:
        raise Conflict(f"{user.email} is disabled.")
    text = make_token("usabtest_")
    row = ApiToken(
        user=user,
        name=name.strip(),
        token_hash=token_digest(text),
        created_at=now,
        expires_at=now + dt.timedelta(days=TOKEN_DAYS),
    )
    db.session.add(row)
    db.session.flush()
    return NewToken(text, row)


def revoke_token(token: ApiToken, *, now: dt.datetime) -> None:
    token.revoked_at = token.revoked_at or now
    db.session.flush()


def make_link(
    purpose: LinkPurpose, user: User | None, *, now: dt.datetime, valid_for: dt.timedelta | None = None
) -> str:
    """Make a one-time link and return its token. A new set-up link ends the earlier ones for the same user.

    Without a user it is for the first administrator.
    """
    if purpose is LinkPurpose.SETUP:
        same_user = OneTimeLink.user_id.is_(None) if user is None else OneTimeLink.user_id == user.id
        db.session.execute(
            sa.update(OneTimeLink)
            .where(OneTimeLink.purpose == purpose, same_user, OneTimeLink.used_at.is_(None))
            .values(used_at=now)
        )
    text = make_token()
    default = SETUP_LINK_FOR if purpose is LinkPurpose.SETUP else SIGN_IN_LINK_FOR
    db.session.add(
        OneTimeLink(
            purpose=purpose,
            token_hash=token_digest(text),
            user_id=user.id if user else None,
            created_at=now,
            expires_at=now + (valid_for or default),
        )
    )
    db.session.flush()
    return text


def use_link(link: OneTimeLink, *, now: dt.datetime) -> None:
    """Use a link up; Gone if somebody else was faster."""
    used = db.session.scalar(
        sa.update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .values(used_at=now)
        .returning(OneTimeLink.id)
    )
    if used is None:
        raise Gone("This link has been used.")


def set_up_by_link(link: OneTimeLink, *, email: str, name: str, password: str, now: dt.datetime) -> User:
    """Let whoever holds a set-up link choose a password: as the first administrator, or as the user it was made for."""
    use_link(link, now=now)
    if link.user_id is None:
        if has_admin():
            raise Gone("There is an administrator already.")
        return create_user(email, role=Role.ADMIN, now=now, name=name, password=password)
    user = user_by_id(link.user_id)
    if user is None or not user.active:
        raise Gone("This account has been disabled.")
    set_password(user, password)
    if name.strip():
        rename(user, name)
    return user


def take_try(subjects: tuple[bytes, ...], *, now: dt.datetime, free_tries: int = FREE_TRIES) -> int:
    """Count a try at a password before it is checked; return 0, or the seconds to wait, and then it is not counted.

    Counted first, so that many at once from several processes get no more tries than one after the other.
    """
    rows = [_locked_tries(subject, now) for subject in subjects]
    wait = max(wait_s(row.count, row.last_at, now, free_tries=free_tries) for row in rows)
    if wait == 0:
        for row in rows:
            row.count += 1
            row.last_at = now
        db.session.flush()
    return wait


def forget_tries(subjects: tuple[bytes, ...]) -> None:
    """The password was right: nothing is held against anyone."""
    db.session.execute(sa.delete(WrongPasswords).where(WrongPasswords.subject.in_(subjects)))


def forget_what_is_over(now: dt.datetime) -> int:
    """Delete old counts of wrong passwords and links that ended a month ago; return how many rows."""
    long_ago = now - dt.timedelta(days=30)
    return _deleted(sa.delete(WrongPasswords).where(WrongPasswords.last_at < now - FORGOTTEN_AFTER)) + _deleted(
        sa.delete(OneTimeLink).where(OneTimeLink.expires_at < long_ago)
    )


def _deleted(statement: sa.Delete) -> int:
    return cast("sa.CursorResult[Any]", db.session.execute(statement)).rowcount


def _locked_tries(subject: bytes, now: dt.datetime) -> WrongPasswords:
    """Return the row of a subject, locked until the transaction ends; a new or an old one counts nothing."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(WrongPasswords).values(subject=subject, count=0, last_at=now).on_conflict_do_nothing())
    row = db.session.scalars(sa.select(WrongPasswords).where(WrongPasswords.subject == subject).with_for_update()).one()
    if now - row.last_at > FORGOTTEN_AFTER:
        row.count = 0
    return row


def _check_choice(password: str, email: str) -> None:
    if fault := password_fault(password, email=email):
        raise NotValid(Fault("password", fault))


def _keep_an_admin(user: User) -> None:
    if user.role == Role.ADMIN and user.active and active_admins() == 1:
        raise Conflict("This is the only administrator who can sign in. Make somebody else one first.")
