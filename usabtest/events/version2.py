"""Version 2 of the wire format: a line for the batch, then a line for each event, as the browser wrote them down."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from usabtest.events.batch import EVENTS_AT_MOST, LAST_MOMENT_MS, Batch, WireError
from usabtest.events.rows import UNREADABLE, Delta, Text, fits, is_in_time, row
from usabtest.events.types import (
    PAYLOADS,
    REACTIONS,
    AttemptNumber,
    Click,
    Count,
    ElementText,
    Event,
    Millis,
    Payload,
    Pixels,
    Placed,
    Reaction,
    Signed,
)

_HEAD = re.compile(
    rb"2 (?P<token>[!-~]{1,1000}) (?P<stream>[a-z0-9]{8,32}) (?P<number>\d{1,10}) (?P<first>\d{1,10})"
    rb" (?P<base>\d{1,15}) (?P<dropped>\d{1,10}) (?P<ends>[01])(?: [!-~]*)*"
)
_MOST = 2**31 - 1
_POINTERS = ("m", "t", "p", "")
_BUTTON_BIT, _POINTER_BIT = 7, 9
_FLAGS = (1 << _BUTTON_BIT) - 1


def is_meant(body: bytes) -> bool:
    return body.startswith(b"2 ")


def token_in(body: bytes) -> str | None:
    _, _, rest = body.partition(b" ")
    return rest.partition(b" ")[0].decode("ascii", "replace") or None


def read(body: bytes) -> Batch:
    line, *lines = body.split(b"\n")
    head = _HEAD.fullmatch(line)
    if head is None:
        raise WireError("This is no batch: its first line is not version 2's.")
    number, first, base_ms, dropped = (int(head[name]) for name in ("number", "first", "base", "dropped"))
    if max(number, first, dropped) > _MOST or base_ms > LAST_MOMENT_MS:
        raise WireError("This is no batch: a number in its first line is too large.")
    stream = head["stream"].decode()
    events = _events(lines, stream, first, base_ms)
    known = tuple(event for event in events if event is not None)
    return Batch(
        token=head["token"].decode(),
        stream=stream,
        number=number,
        first=first,
        base_ms=base_ms,
        dropped=dropped,
        ends=head["ends"] == b"1",
        sent=len(events),
        malformed=len(events) - len(known),
        events=known,
    )


class _Where(Struct, array_like=True, frozen=True):
    """In which attempt and on which page all that follows happened."""

    attempt: AttemptNumber | None
    page: Text


def _events(lines: list[bytes], stream: str, first: int, base_ms: int) -> list[Event | None]:
    """Every event of a batch in its order, None for one that cannot be read."""
    events: list[Event | None] = []
    selectors: list[str | None] = []
    where: _Where | None = None
    for line in lines:
        if line.startswith(b"@"):
            where = _where(line)
            continue
        if len(events) == EVENTS_AT_MOST:
            raise WireError(f"This is no batch: it has more than {EVENTS_AT_MOST} events.")
        at_ms, payload = _payload(line, base_ms, selectors)
        selectors.append(getattr(payload, "selector", None))
        whole = where and payload and is_in_time(at_ms) and fits(payload)
        events.append(
            Event(at_ms, stream, first + len(events), where.attempt, where.page, payload)
            if whole and where and payload
            else None
        )
    return events


def _where(line: bytes) -> _Where | None:
    try:
        return _WHERES.decode(b"[" + line[1:] + b"]")
    except UNREADABLE:
        return None


def _payload(line: bytes, base_ms: int, selectors: list[str | None]) -> tuple[int, Payload | None]:
    """When, and what; `selectors` are those of the batch's events so far."""
    try:
        found = _ROWS.decode(b'["' + line[:1] + b'",' + line[1:] + b"]")
        kind = _KINDS[type(found)]
        fields = structs.asdict(found)
        at_ms = base_ms + fields.pop("dt")
        if isinstance(place := fields.get("selector"), int):
            fields["selector"] = selectors[place]
            if fields["selector"] is None:
                return 0, None
        if kind is Click:
            _unpack(fields)
        elif kind is Reaction:
            fields["what"] = REACTIONS[fields["what"]]
        return at_ms, kind(**fields)
    except UNREADABLE:
        return 0, None


def _unpack(click: dict[str, Any]) -> None:
    """Button and pointer lie above the flags; what came of the click is there if it was known in time."""
    flags = click["flags"]
    click["button"] = flags >> _BUTTON_BIT & 3
    click["pointer"] = _POINTERS[flags >> _POINTER_BIT & 3]
    click["flags"] = flags & _FLAGS
    if click["what"] is not None:
        click["what"] = REACTIONS[click["what"]]


_What = Annotated[int, Meta(ge=0, lt=len(REACTIONS))]
_CLICK: list[Any] = [
    ("selector", Text | Count),
    ("flags", Count),
    ("x", Signed),
    ("y", Signed),
    ("left", Pixels),
    ("top", Pixels),
    ("scroll_x", Pixels),
    ("scroll_y", Pixels),
    ("ms", Millis | None, None),
    ("what", _What | None, None),
    ("text", ElementText | None, None),
]
_REACTION: list[Any] = [("click", Count), ("ms", Millis | None), ("what", _What)]


def _row(kind: type[Payload]) -> type[Struct]:
    special = {Click: _CLICK, Reaction: _REACTION}
    fields: list[Any] = special.get(kind) or [
        (field.name, Text | Count if field.type is Placed else field.type, field.default)
        for field in structs.fields(kind)
    ]
    return row(kind, [("dt", Delta), *fields])


_KINDS: dict[type[Struct], type[Payload]] = {_row(kind): kind for kind in PAYLOADS}
_ROWS: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, _KINDS))
_WHERES = msgspec.json.Decoder(_Where)
