"""Reading raw batches back."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from usabtest.collection.limits import QUARANTINED_BODIES
from usabtest.collection.models import Batch, QuarantinedBatch
from usabtest.db import db
from usabtest.events.types import Event, in_time_order
from usabtest.events.wire import Batch as SentBatch
from usabtest.events.wire import decode, is_deflated
from usabtest.participation.models import Participant, ParticipantSession


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what was recorded has arrived: of one session, or of many added up."""

    events_received: int = 0
    events_missing: int = 0
    streams_without_end: int = 0
    dropped_in_browser: int = 0
    sessions_with_gaps: int = 0


CLOCKS_AGREE_MS = 2000


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What has arrived of a session: its events in order, and how far the browser's clock is behind ours.

    `clock_behind_ms` is 0 where the two agree within what a slow network explains.
    """

    events: tuple[Event, ...]
    clock_behind_ms: int

    def by_its_clock(self, now: dt.datetime) -> int:
        """The present as the participant's browser would tell it, in milliseconds since 1970."""
        return round(now.timestamp() * 1000) - self.clock_behind_ms


def record_of(session_id: int) -> SessionRecord:
    """Decode all that has arrived of a session.

    No event can arrive before it happened, so the fastest batch tells best how the clocks differ.
    """
    rows = db.session.execute(
        sa.select(Batch.codec, Batch.body, Batch.received_at).where(Batch.session_id == session_id)
    ).all()
    batches = [(row.received_at, decode(unpacked(row.codec, row.body)).events) for row in rows]
    delays = [
        round(received.timestamp() * 1000) - max(event.at_ms for event in events)
        for received, events in batches
        if events
    ]
    fastest = min(delays, default=0)
    return SessionRecord(
        events=in_time_order(event for _, events in batches for event in events),
        clock_behind_ms=fastest if abs(fastest) > CLOCKS_AGREE_MS else 0,
    )


def events_of(session_id: int) -> tuple[Event, ...]:
    """Decode all events of a session, in the order in which they happened."""
    return record_of(session_id).events


def stored_of(session_id: int, named: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of the batches named by stream and number, those that are here already, in the order in which they were named."""
    asked = sa.select(Batch.stream, Batch.number).where(
        Batch.session_id == session_id, Batch.stream.in_({stream for stream, _ in named})
    )
    here = {(row.stream, row.number) for row in db.session.execute(asked)}
    return [one for one in named if one in here]


def packed(body: bytes) -> tuple[str, bytes]:
    """Compress a body for the database, unless the browser has: the name of the codec, and the bytes."""
    return ("none", body) if is_deflated(body) else ("zlib", zlib.compress(body, 1))


def unpacked(codec: str, body: bytes) -> bytes:
    """Return the very bytes that came."""
    match codec:
        case "none":
            return body
        case "zlib":
            return zlib.decompress(body)
    raise ValueError(f"codec {codec!r} is not one of: none, zlib")


def completeness_of_sessions(session_ids: Sequence[int]) -> Mapping[int, Completeness]:
    """Say for each session that has batches how much of it arrived."""
    rows = db.session.execute(_of_streams(session_ids))
    streams: dict[int, list[Completeness]] = defaultdict(list)
    for row in rows:
        missing = max(0, row.expected - row.received)
        streams[row.session_id].append(
            Completeness(
                events_received=row.received,
                events_missing=missing,
                streams_without_end=0 if row.ended else 1,
                dropped_in_browser=row.dropped,
                sessions_with_gaps=1 if missing else 0,
            )
        )
    return {session_id: added_up(parts, one_session=True) for session_id, parts in streams.items()}


def completeness_of_many(session_ids: sa.Select[int]) -> Completeness:
    """Say how much of many sessions arrived: what is kept of them, and what is not from their batches."""
    kept = ParticipantSession.events_received.is_not(None)
    added = (
        ParticipantSession.events_received,
        ParticipantSession.events_missing,
        ParticipantSession.streams_without_end,
        ParticipantSession.dropped_in_browser,
    )
    with_gaps = sa.func.count(sa.case((ParticipantSession.events_missing > 0, 1)))
    asked = session_ids.with_only_columns(*map(_added, added), with_gaps, maintain_column_froms=True).where(kept)
    of_kept = Completeness(*map(int, db.session.execute(asked).one()))
    return added_up([of_kept, _of_batches(session_ids.where(sa.not_(kept)))])


def _of_batches(session_ids: sa.Select[int]) -> Completeness:
    stream = _of_streams(session_ids).subquery()
    missing = stream.c.expected - stream.c.received
    added = (stream.c.received, sa.case((missing > 0, missing), else_=0), 1 - stream.c.ended, stream.c.dropped)
    with_gaps = sa.func.count(sa.distinct(sa.case((missing > 0, stream.c.session_id))))
    return Completeness(*map(int, db.session.execute(sa.select(*map(_added, added), with_gaps)).one()))


def _added(numbers: Any) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(numbers), 0)


def _of_streams(session_ids: Sequence[int] | sa.Select[int]) -> sa.Select[int, str, int, int, int, Any]:
    return (
        sa.select(
            Batch.session_id,
            Batch.stream,
            sa.func.sum(Batch.count).label("received"),
            sa.func.max(sa.cast(Batch.first, sa.BigInteger) + Batch.count).label("expected"),
            sa.func.max(Batch.dropped).label("dropped"),
            sa.func.max(sa.case((Batch.ends, 1), else_=0)).label("ended"),
        )
        .where(Batch.session_id.in_(session_ids))
        .group_by(Batch.session_id, Batch.stream)
    )


def added_up(parts: Iterable[Completeness], *, one_session: bool = False) -> Completeness:
    """Add up the parts of one session (its streams), or of many sessions."""
    parts = list(parts)
    gaps = sum(part.sessions_with_gaps for part in parts)
    return Completeness(
        events_received=sum(part.events_received for part in parts),
        events_missing=sum(part.events_missing for part in parts),
        streams_without_end=sum(part.streams_without_end for part in parts),
        dropped_in_browser=sum(part.dropped_in_browser for part in parts),
        sessions_with_gaps=min(1, gaps) if one_session else gaps,
    )


def volume_of(session_id: int) -> tuple[int, int]:
    """How many batches and events have arrived of a session."""
    asked = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Batch.count), 0))
    batches, events = db.session.execute(asked.where(Batch.session_id == session_id)).one()
    return batches, events


def overlaps_another(session_id: int, sent: SentBatch) -> bool:
    """Whether another batch of the stream holds events under the same ordinals, so that one may displace the other."""
    first = sa.cast(Batch.first, sa.BigInteger)
    asked = sa.select(Batch.number).where(
        Batch.session_id == session_id,
        Batch.stream == sent.stream,
        Batch.number != sent.number,
        first < sent.first + sent.sent,
        first + Batch.count > sent.first,
    )
    return db.session.scalar(asked.limit(1)) is not None


def quarantine_has_room(session_id: int | None) -> bool:
    """Whether another refused body may be kept: of this session, or of those whose session is unknown."""
    kept = sa.select(sa.func.count()).where(QuarantinedBatch.session_id == session_id)
    return (db.session.scalar(kept) or 0) < QUARANTINED_BODIES


def quarantined_count(study_id: int) -> int:
    """How many bodies of a study's sessions were refused."""
    counted = (
        sa.select(sa.func.count())
        .select_from(QuarantinedBatch)
        .join(ParticipantSession, ParticipantSession.id == QuarantinedBatch.session_id)
        .join(Participant, Participant.id == ParticipantSession.participant_id)
        .where(Participant.study_id == study_id)
    )
    return db.session.scalar(counted) or 0
