"""What can be asked about shares."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from usabtest.db import db
from usabtest.sharing.models import KeptFace, Share
from usabtest.studies.models import Study
from usabtest.web.tokens import token_digest


def share_by_token(token: str) -> Share | None:
    return db.session.scalar(
        sa.select(Share)
        .options(joinedload(Share.study), joinedload(Share.maker))
        .where(Share.token_hash == token_digest(token))
    )


def share_by_id(share_id: int) -> Share | None:
    return db.session.get(Share, share_id) if 0 < share_id < 2**31 else None


def shares_to(study: Study) -> sa.Select[Share]:
    """Ask for the links to a study that were not revoked; those that have ended are among them."""
    return sa.select(Share).where(Share.study_id == study.id, Share.revoked_at.is_(None))


def latest_shares(study: Study, *, at_most: int) -> Sequence[Share]:
    asked = shares_to(study).options(joinedload(Share.maker)).order_by(Share.id.desc()).limit(at_most)
    return db.session.scalars(asked).all()


def kept_face(share: Share, name: str) -> bytes | None:
    """What a frozen share keeps under this name, as it was made."""
    kept = db.session.get(KeptFace, (share.id, name))
    return zlib.decompress(kept.body) if kept else None
