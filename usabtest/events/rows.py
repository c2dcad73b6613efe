"""How an event stands in a batch, built from what the kinds of events have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from usabtest.events.batch import LAST_MOMENT_MS
from usabtest.events.types import Custom, Payload

CUSTOM_LENGTH_AT_MOST = 1024

Text = Annotated[str, Meta(max_length=500)]
Moment = Annotated[int, Meta(ge=0, le=LAST_MOMENT_MS)]
Delta = Annotated[int, Meta(ge=-LAST_MOMENT_MS, le=LAST_MOMENT_MS)]

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError)
"""What reading one event may raise: then it is malformed."""


def row(kind: type[Payload], fields: Sequence[Any]) -> type[Struct]:
    """A flat array: the kind's code, then these fields."""
    return msgspec.defstruct(
        f"_{kind.__name__}Row", fields, array_like=True, frozen=True, tag_field="code", tag=kind.code
    )


def is_in_time(at_ms: int) -> bool:
    return 0 <= at_ms <= LAST_MOMENT_MS


def fits(payload: Payload) -> bool:
    """Whether the site's own data is as short as it has to be."""
    return not isinstance(payload, Custom) or len(msgspec.json.encode(payload.data).decode()) <= CUSTOM_LENGTH_AT_MOST
