"""Events for tests, in seconds since a fixed moment."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from msgspec import structs

from usabtest.events.types import Click, Event, PageView, Payload, Placed

T0_MS = 1767225600000
SHOP = "https://shop.example/"

_ordinals = count()


def make_event(
    at_s: float,
    payload: Payload,
    *,
    attempt: int | None = 0,
    page: str = SHOP,
    stream: str = "aaaaaaaa",
    ordinal: int | None = None,
) -> Event:
    ordinal = next(_ordinals) if ordinal is None else ordinal
    return Event(ms(at_s), stream, ordinal, attempt, page, payload)


def make_click(flags: int = 1, *, selector: str = "#buy", left: float = 100, top: float = 100) -> Click:
    return Click(selector, 500, 500, left, top, 0, "m", flags)


def make_view(how: str = "load", status: int = 200) -> PageView:
    return PageView(how, 1280, 800, status)  # type: ignore[arg-type]


def ms(at_s: float) -> int:
    return T0_MS + round(at_s * 1000)


def make_body(events: Sequence[Event], *, number: int = 0) -> bytes:
    """A batch as the browser would cut it: events of one stream, their ordinals without gaps."""
    words: dict[str, int] = {}
    base_ms = events[0].at_ms if events else T0_MS
    rows = [_row(event, base_ms, words) for event in events]
    envelope = {
        "v": 1,
        "k": "TOKEN",
        "s": events[0].stream if events else "aaaaaaaa",
        "n": number,
        "f": events[0].ordinal if events else 0,
        "t": base_ms,
        "d": 0,
        "z": 0,
        "w": list(words),
        "e": rows,
    }
    return json.dumps(envelope).encode()


def _row(event: Event, base_ms: int, words: dict[str, int]) -> list[Any]:
    def place(text: str) -> int:
        return words.setdefault(text, len(words))

    payload = event.payload
    values = [getattr(payload, field.name) for field in structs.fields(payload)]
    placed = [field.type is Placed for field in structs.fields(payload)]
    fields = [place(value) if by_place else value for value, by_place in zip(values, placed, strict=True)]
    return [payload.code, event.at_ms - base_ms, event.attempt, place(event.page), *fields]
