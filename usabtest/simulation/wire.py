"""Writes the wire format of docs/wire-format.md: one page load's events, cut into batches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

VERSION = 1
BATCH_BYTES = 16_000
EVENTS_AT_MOST = 500

Json = str | int | float | bool | None | Sequence["Json"] | dict[str, "Json"]


@dataclass
class PageStream:
    """The events of one page load, in the order in which they happened.

    >>> page = PageStream("s3cr3t", "abcdefgh", "https://shop.example/", began_ms=1000)
    >>> page.add("c", 1250, 0, page.place("#buy"), 500, 500, 10, 20, 0, "m", 9)
    0
    >>> [body] = page.batches()
    >>> body["e"]
    [['c', 250, 0, 0, 1, 500, 500, 10, 20, 0, 'm', 9]]
    >>> body["w"]
    ['https://shop.example/', '#buy']
    """

    token: str
    name: str
    page: str
    began_ms: int
    _words: dict[str, int] = field(default_factory=dict)
    _events: list[list[Json]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place(self.page)

    def place(self, text: str) -> int:
        """Return the place of a text among the stream's strings."""
        return self._words.setdefault(text, len(self._words))

    def add(self, code: str, at_ms: int, attempt: int | None, *fields: Json) -> int:
        """Write an event down and return its ordinal."""
        self._events.append([code, at_ms - self.began_ms, attempt, self._words[self.page], *fields])
        return len(self._events) - 1

    def batches(self) -> list[dict[str, Json]]:
        """Cut the stream into batches that are small enough; the last says that it is the last."""
        cuts = self._cuts()
        return [
            self._body(number, first, events, ends=number == len(cuts) - 1)
            for number, (first, events) in enumerate(cuts)
        ]

    def _cuts(self) -> list[tuple[int, list[list[Json]]]]:
        room = BATCH_BYTES - len(self._packed([]))
        cuts: list[tuple[int, list[list[Json]]]] = []
        size = 0
        for ordinal, event in enumerate(self._events):
            length = len(json.dumps(event).encode()) + len(", ")
            if not cuts or size + length > room or len(cuts[-1][1]) == EVENTS_AT_MOST:
                cuts.append((ordinal, []))
                size = 0
            cuts[-1][1].append(event)
            size += length
        return cuts

    def _packed(self, events: list[list[Json]]) -> bytes:
        return json.dumps(self._body(0, 0, events, ends=True)).encode()

    def _body(self, number: int, first: int, events: list[list[Json]], *, ends: bool) -> dict[str, Json]:
        return {
            "v": VERSION,
            "k": self.token,
            "s": self.name,
            "n": number,
            "f": first,
            "t": self.began_ms,
            "d": 0,
            "z": int(ends),
            "w": list(self._words),
            "e": list(events),
        }
