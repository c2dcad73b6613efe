"""The only reader of the snippet's format: bytes become a :class:`Batch`, or a :class:`WireError`.

The envelope is read strictly, for without it nothing could be told apart or acknowledged. Of the events each is read
by itself: one that is malformed is passed over and counted, and the batch is good all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Raw, Struct, structs

from usabtest.events.types import (
    PAYLOADS,
    AttemptNumber,
    Count,
    Custom,
    Event,
    Payload,
    Placed,
)

VERSION = 1
EVENTS_AT_MOST = 500
CUSTOM_LENGTH_AT_MOST = 1024
LAST_MOMENT_MS = 253_402_300_799_999  # the end of the year 9999, where datetime ends

_Text = Annotated[str, Meta(max_length=500)]
_Moment = Annotated[int, Meta(ge=0, le=LAST_MOMENT_MS)]
_Delta = Annotated[int, Meta(ge=-LAST_MOMENT_MS, le=LAST_MOMENT_MS)]

# A text that the browser cut inside an emoji ends in half a character. JSON.stringify writes it as an escape that no
# UTF-8 text can hold, and for it alone a participant's answer must not be lost. Nor for a character 0, which
# PostgreSQL keeps in no text.
_SUSPECT = (b"\\ud", b"\\uD", b"\\u0000")
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<bad>u[dD][89a-fA-F][0-9a-fA-F]{2}|u0000)|.)",
    re.DOTALL,
)


class WireError(ValueError):
    """What came is no batch; the message is one sentence for the answer, and names no content."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch as it was sent: `first` is the ordinal of its first event, `ends` says that its stream ends with it.

    `dropped` counts the events that the browser lost so far in this stream, `malformed` those of this batch that
    could not be read, `sent` all that it held.
    """

    token: str
    stream: str
    number: int
    first: int
    base_ms: int
    dropped: int
    ends: bool
    sent: int
    malformed: int
    events: tuple[Event, ...]


def decode(body: bytes) -> Batch:
    """The batch in the body of a request, or in a stored row: both hold the very bytes that the browser froze."""
    envelope = _envelope(_mended(body))
    if envelope.v != VERSION:
        raise WireError(f"This server reads version {VERSION} of the wire format, not version {envelope.v}.")
    events = [_event(raw, envelope, ordinal) for ordinal, raw in enumerate(envelope.e, start=envelope.f)]
    read = tuple(event for event in events if event is not None)
    return Batch(
        token=envelope.k,
        stream=envelope.s,
        number=envelope.n,
        first=envelope.f,
        base_ms=envelope.t,
        dropped=envelope.d,
        ends=bool(envelope.z),
        sent=len(events),
        malformed=len(events) - len(read),
        events=read,
    )


class _Envelope(Struct, frozen=True):
    v: int
    k: Annotated[str, Meta(min_length=1, max_length=1000)]
    s: Annotated[str, Meta(pattern="^[a-z0-9]{8,32}$")]
    n: Count
    f: Count
    t: _Moment
    d: Count
    z: Literal[0, 1]
    w: Annotated[list[_Text], Meta(max_length=2 * EVENTS_AT_MOST)]
    e: Annotated[list[Raw], Meta(max_length=EVENTS_AT_MOST)]


def _envelope(body: bytes) -> _Envelope:
    try:
        return _ENVELOPES.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"This is no batch: {error}.") from error


def _mended(body: bytes) -> bytes:
    """The body without what no database keeps in a text: half characters, and the character 0."""
    if not any(escape in body for escape in _SUSPECT):
        return body
    return _ESCAPE.sub(lambda escape: rb"\ufffd" if escape["bad"] else escape[0], body)


def _event(raw: Raw, envelope: _Envelope, ordinal: int) -> Event | None:
    try:
        row = _ROWS.decode(raw)
        return _placed(row, envelope, ordinal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError):
        return None


def _placed(row: Any, envelope: _Envelope, ordinal: int) -> Event | None:
    kind, placed = _KINDS[type(row)]
    dt, attempt, page, *fields = structs.astuple(row)
    at_ms = envelope.t + dt
    if not 0 <= at_ms <= LAST_MOMENT_MS:
        return None
    for place in placed:
        fields[place] = envelope.w[fields[place]]
    if kind is Custom and len(msgspec.json.encode(row.data).decode()) > CUSTOM_LENGTH_AT_MOST:
        return None
    return Event(at_ms, envelope.s, ordinal, attempt, envelope.w[page], kind(*fields))


def _row(kind: type[Payload]) -> type[Struct]:
    """How an event of this kind stands in a batch: a flat array, the head first, some texts by their place."""
    head: list[Any] = [("dt", _Delta), ("attempt", AttemptNumber | None), ("page", Count)]
    fields: list[Any] = [
        (field.name, Count if field.type is Placed else field.type, field.default) for field in structs.fields(kind)
    ]
    return msgspec.defstruct(
        f"_{kind.__name__}Row", head + fields, array_like=True, frozen=True, tag_field="code", tag=kind.code
    )


_KINDS: dict[type[Struct], tuple[type[Payload], tuple[int, ...]]] = {
    _row(kind): (kind, tuple(place for place, field in enumerate(structs.fields(kind)) if field.type is Placed))
    for kind in PAYLOADS
}
_ENVELOPES = msgspec.json.Decoder(_Envelope)
_ROWS: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, _KINDS))
