"""Links that show a report without an account, and what a frozen one shows."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from usabtest.accounts.models import User
from usabtest.db import Digest, Json, Model, PrimaryKey, Text, Time
from usabtest.studies.models import Study


class Share(Model):
    """A capability link; a live one follows the data, a frozen one shows what was kept when it was made."""

    __tablename__ = "share"

    id: Mapped[PrimaryKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[Digest] = mapped_column(unique=True)
    # For whom it was made, as its maker calls them.
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    sections: Mapped[Json]
    # The report's filters, as its address has them.
    filters: Mapped[Json] = mapped_column(default=dict)
    # What is compared, as the address of the page that compares has it; empty for the usual comparison.
    comparison: Mapped[Json] = mapped_column(default=dict, server_default="{}")
    frozen: Mapped[bool] = mapped_column(default=False)
    shows_maker: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[Text | None]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Time]
    expires_at: Mapped[Time]
    revoked_at: Mapped[Time | None]
    visits: Mapped[int] = mapped_column(default=0)
    last_visit_at: Mapped[Time | None]

    study: Mapped[Study] = relationship()
    maker: Mapped[User | None] = relationship()
    kept: Mapped[list[KeptFace]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class KeptFace(Model):
    """What a frozen share shows, as it was made: a page or a file, compressed."""

    __tablename__ = "kept_face"

    share_id: Mapped[int] = mapped_column(sa.ForeignKey("share.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
