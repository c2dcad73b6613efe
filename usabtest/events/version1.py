"""Version 1 of the wire format: one JSON object, its texts in a list beside the events."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Raw, Struct, structs

from usabtest.events.batch import EVENTS_AT_MOST, Batch, WireError
from usabtest.events.rows import UNREADABLE, Delta, Moment, Text, fits, is_in_time, row
from usabtest.events.types import PAYLOADS, AttemptNumber, Count, Event, Payload, Placed

VERSION = 1

_TOKEN = re.compile(rb'"k"\s*:\s*"([^"\\]{1,1000})"')


def read(body: bytes) -> Batch:
    envelope = _envelope(body)
    if envelope.v != VERSION:
        raise WireError(f"This server reads a JSON object as version 1 of the wire format, not version {envelope.v}.")
    events = [_event(raw, envelope, ordinal) for ordinal, raw in enumerate(envelope.e, start=envelope.f)]
    known = tuple(event for event in events if event is not None)
    return Batch(
        token=envelope.k,
        stream=envelope.s,
        number=envelope.n,
        first=envelope.f,
        base_ms=envelope.t,
        dropped=envelope.d,
        ends=bool(envelope.z),
        sent=len(events),
        malformed=len(events) - len(known),
        events=known,
    )


def token_in(body: bytes) -> str | None:
    try:
        token = msgspec.json.decode(body).get("k")
    except (AttributeError, *UNREADABLE):
        found = _TOKEN.search(body)  # a body that was cut off on the way is still somebody's
        return found[1].decode("ascii", "replace") if found else None
    return token if isinstance(token, str) else None


class _Envelope(Struct, frozen=True):
    v: int
    k: Annotated[str, Meta(min_length=1, max_length=1000)]
    s: Annotated[str, Meta(pattern="^[a-z0-9]{8,32}$")]
    n: Count
    f: Count
    t: Moment
    d: Count
    z: Literal[0, 1]
    w: Annotated[list[Text], Meta(max_length=2 * EVENTS_AT_MOST)]
    e: Annotated[list[Raw], Meta(max_length=EVENTS_AT_MOST)]


def _envelope(body: bytes) -> _Envelope:
    try:
        return _ENVELOPES.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"This is no batch: {error}.") from error


def _event(raw: Raw, envelope: _Envelope, ordinal: int) -> Event | None:
    try:
        return _placed(_ROWS.decode(raw), envelope, ordinal)
    except UNREADABLE:
        return None


def _placed(read: Any, envelope: _Envelope, ordinal: int) -> Event | None:
    kind, placed = _KINDS[type(read)]
    dt, attempt, page, *fields = structs.astuple(read)
    at_ms = envelope.t + dt
    for place in placed:
        fields[place] = envelope.w[fields[place]]
    payload = kind(*fields)
    if not is_in_time(at_ms) or not fits(payload):
        return None
    return Event(at_ms, envelope.s, ordinal, attempt, envelope.w[page], payload)


def _row(kind: type[Payload]) -> type[Struct]:
    """The head first; some texts by their place."""
    head: list[Any] = [("dt", Delta), ("attempt", AttemptNumber | None), ("page", Count)]
    fields: list[Any] = [
        (field.name, Count if field.type is Placed else field.type, field.default)
        for field in structs.fields(kind)
        if field.name not in kind.since_version_2
    ]
    return row(kind, head + fields)


_KINDS: dict[type[Struct], tuple[type[Payload], tuple[int, ...]]] = {
    _row(kind): (kind, tuple(place for place, field in enumerate(structs.fields(kind)) if field.type is Placed))
    for kind in PAYLOADS
}
_ENVELOPES = msgspec.json.Decoder(_Envelope)
_ROWS: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, _KINDS))
