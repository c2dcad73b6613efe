"""One batch as it was sent, and why something is none."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.events.types import Event

BATCH_BYTES = 16_384
EVENTS_AT_MOST = 500
LAST_MOMENT_MS = 253_402_300_799_999  # the end of the year 9999, where datetime ends


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
