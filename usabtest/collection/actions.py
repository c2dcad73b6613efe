"""Taking batches: each is stored as it came, once, durably; what cannot be taken is kept aside."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from usabtest.collection.cors import OPAQUE, require_admitted
from usabtest.collection.limits import NAMELESS_BODIES_KEPT_DAYS, QUARANTINE_BYTES, SESSION_BATCHES, SESSION_EVENTS
from usabtest.collection.models import Batch, QuarantinedBatch
from usabtest.collection.queries import packed, volume_of
from usabtest.db import db
from usabtest.errors import Refused
from usabtest.events.wire import BATCH_BYTES, WireError, decode
from usabtest.events.wire import Batch as SentBatch
from usabtest.participation.models import ParticipantSession
from usabtest.participation.queries import is_genuine, is_over, session_of_token

Then = Callable[[ParticipantSession, SentBatch, dt.datetime], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the answer to a batch says."""

    stream: str
    number: int
    duplicate: bool


def decoded(body: bytes) -> SentBatch:
    """Read a batch, or say why it cannot be read."""
    if len(body) > BATCH_BYTES:
        raise Refused(413, f"A batch has at most {BATCH_BYTES} bytes; this one has {len(body)}.")
    try:
        return decode(body)
    except WireError as error:
        raise Refused(400, str(error)) from error


def store(sent: SentBatch, body: bytes, *, origin: str | None, now: dt.datetime, then: Then) -> Stored:
    """Keep a batch, once by (session, stream, number), and call `then` with it in the same transaction."""
    session = session_for(sent.token, origin=origin, now=now, for_update=True)
    digest = hashlib.sha256(body).digest()
    earlier = db.session.get(Batch, (session.id, sent.stream, sent.number))
    if earlier is not None:
        if earlier.digest != digest:
            raise Refused(409, f"Another batch {sent.number} of stream {sent.stream} is here already.")
        return Stored(sent.stream, sent.number, duplicate=True)
    batches, events = volume_of(session.id)
    if batches >= SESSION_BATCHES or events + sent.sent > SESSION_EVENTS:
        raise Refused(413, "This session has recorded as much as one may.")
    codec, kept = packed(body)
    db.session.add(
        Batch(
            session_id=session.id,
            stream=sent.stream,
            number=sent.number,
            first=sent.first,
            count=sent.sent,
            dropped=sent.dropped,
            ends=sent.ends,
            malformed=sent.malformed,
            opaque_origin=origin == OPAQUE,
            received_at=now,
            digest=digest,
            codec=codec,
            body=kept,
        )
    )
    session.malformed += sent.malformed
    session.seen_at = now
    session.events_received = None
    db.session.flush()
    then(session, sent, now)
    return Stored(sent.stream, sent.number, duplicate=False)


def session_for(token: str, *, origin: str | None, now: dt.datetime, for_update: bool = False) -> ParticipantSession:
    """Find the session that a token from this origin may write, or refuse as the wire format says."""
    session = session_of_token(token, for_update=for_update)
    if session is None:
        if is_genuine(token):
            raise Refused(410, "This session was deleted.")
        raise Refused(401, "This token is unknown.")
    require_admitted(session.version.spec.sites, origin)
    if is_over(session, now):
        raise Refused(410, "This session ended more than seven days ago.")
    return session


def quarantine(body: bytes, refused: Refused, session: ParticipantSession | None, now: dt.datetime) -> None:
    """Keep a refused body for whoever looks into it."""
    if len(body) <= QUARANTINE_BYTES:
        db.session.add(
            QuarantinedBatch(
                session_id=session.id if session else None,
                status=refused.status,
                reason=str(refused),
                received_at=now,
                body=body,
            )
        )
        db.session.flush()


def forget_nameless(now: dt.datetime) -> int:
    """Delete what was refused some time ago and is of no session that is known; say how many bodies."""
    before = now - dt.timedelta(days=NAMELESS_BODIES_KEPT_DAYS)
    gone = sa.delete(QuarantinedBatch).where(
        QuarantinedBatch.session_id.is_(None), QuarantinedBatch.received_at < before
    )
    return cast("sa.CursorResult[Any]", db.session.execute(gone)).rowcount
