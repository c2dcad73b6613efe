"""Raw batches as they came, and those that could not be taken."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from usabtest.db import BigInt, Digest, Key, Model, PrimaryKey, Text, Time


class Batch(Model):
    """What the snippet sent at once, compressed as it came; uniqueness is the primary key's."""

    __tablename__ = "batch"

    session_id: Mapped[BigInt] = mapped_column(
        sa.ForeignKey("participant_session.id", ondelete="CASCADE"), primary_key=True
    )
    stream: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[int]
    count: Mapped[int]
    dropped: Mapped[int]
    ends: Mapped[bool]
    malformed: Mapped[int]
    opaque_origin: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[Time]
    digest: Mapped[Digest]
    codec: Mapped[Key]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)


class QuarantinedBatch(Model):
    """A body that was refused, kept so that nothing is lost for whoever looks."""

    __tablename__ = "quarantined_batch"

    id: Mapped[PrimaryKey]
    session_id: Mapped[BigInt | None] = mapped_column(
        sa.ForeignKey("participant_session.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[int]
    reason: Mapped[Text]
    received_at: Mapped[Time]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
