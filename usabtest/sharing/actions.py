"""What changes about shares: made, revoked, visited."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from usabtest.accounts.models import User
from usabtest.accounts.passwords import hash_password
from usabtest.db import db
from usabtest.sharing.models import KeptFace, Share
from usabtest.sharing.wanted import ShareSpec
from usabtest.studies.models import Study
from usabtest.web.tokens import make_token, token_digest


@dataclass(frozen=True, slots=True)
class NewShare:
    """A share as its maker gets it: the token, which nothing keeps, and the row."""

    token: str
    row: Share


def make(
    study: Study, wanted: ShareSpec, *, by: User, now: dt.datetime, faces: Mapping[str, bytes] | None = None
) -> NewShare:
    """Make a link to a study's report; with `faces` it is frozen, and shows these for good."""
    token = make_token()
    row = Share(
        study_id=study.id,
        token_hash=token_digest(token),
        label=wanted.label,
        sections=list(wanted.sections),
        filters=dict(wanted.filters),
        comparison=dict(wanted.comparison),
        frozen=faces is not None,
        shows_maker=wanted.shows_maker,
        password_hash=None if wanted.password is None else hash_password(wanted.password),
        created_by=by.id,
        created_at=now,
        expires_at=wanted.expires_at(now),
        kept=[KeptFace(name=name, body=zlib.compress(body)) for name, body in (faces or {}).items()],
    )
    db.session.add(row)
    db.session.flush()
    return NewShare(token, row)


def revoke(share: Share, *, now: dt.datetime) -> None:
    """End a link at once, for good; what it kept is deleted."""
    share.revoked_at = share.revoked_at or now
    db.session.execute(sa.delete(KeptFace).where(KeptFace.share_id == share.id))
    db.session.flush()


def count_visit(share_id: int, *, now: dt.datetime) -> None:
    """Count in one statement, so that two at once are two."""
    db.session.execute(
        sa.update(Share).where(Share.id == share_id).values(visits=Share.visits + 1, last_visit_at=now),
        execution_options={"synchronize_session": False},
    )


def forget_what_has_ended(now: dt.datetime) -> int:
    """Delete what frozen links kept that have ended; return how many pages and files."""
    over = sa.select(Share.id).where(Share.expires_at < now)
    deleted = db.session.execute(sa.delete(KeptFace).where(KeptFace.share_id.in_(over)))
    return cast("sa.CursorResult[Any]", deleted).rowcount
