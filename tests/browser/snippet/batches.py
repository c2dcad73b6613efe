"""Reads batches off the wire, without the server's own reader: one of the two would notice a mistake of the other."""

from __future__ import annotations

import json
import zlib
from typing import Any

REACTIONS = ["", "scroll", "selection", "mutation", "navigation", "request", "focus", "window", "dialog"]
WITH_SELECTOR = "ckife"


def text_of(body: bytes) -> bytes:
    """A body as it was before the browser compressed it."""
    return zlib.decompress(body) if body.startswith(b"x") else body


def unpacked(body: bytes) -> dict[str, Any]:
    """A batch of version 2 in the words of version 1, which are easier to compare.

    Pages and selectors stand in the events themselves, not their places. `reactions` are those that came with their
    clicks, as the `g` events that they would have been.
    """
    head, *lines = text_of(body).decode().split("\n")
    version, token, stream, number, first, base, dropped, ends = head.split(" ")
    assert version == "2"
    events: list[list[Any]] = []
    reactions: list[list[Any]] = []
    attempt, page = None, ""
    for line in lines:
        code, fields = line[0], json.loads(f"[{line[1:]}]")
        if code == "@":
            attempt, page = fields
            continue
        after, *fields = fields
        if code in WITH_SELECTOR and isinstance(fields[0], int):
            fields[0] = events[fields[0]][4]
        if code == "c":
            selector, flags, x, y, left, top, *scrolled = fields[:8]
            ms, what, text, *_ = [*fields[8:], None, None, None]
            more = [text, *scrolled] if any(scrolled) else [text] if text is not None else []
            if what is not None:
                ordinal = int(first) + len(events)
                reactions.append(["g", after + (ms or 0), attempt, page, ordinal, ms, REACTIONS[what]])
            button, pointer = flags >> 7 & 3, ["m", "t", "p", ""][flags >> 9 & 3]
            fields = [selector, x, y, left, top, button, pointer, flags & 127, *more]
        elif code == "g":
            fields[2] = REACTIONS[fields[2]]
        events.append([code, after, attempt, page, *fields])
    whole = {"v": 2, "k": token, "s": stream, "n": int(number), "f": int(first), "t": int(base)}
    return whole | {"d": int(dropped), "z": int(ends), "e": events, "reactions": reactions}
