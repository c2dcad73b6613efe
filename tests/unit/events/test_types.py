"""The vocabulary agrees with its own document, and events have one order."""

import random
import re
from pathlib import Path

from usabtest.events.types import PAYLOADS, Done, Event, GaveUp, Marked, as_item, in_time_order

TABLE = re.compile(r"^\| `([A-Za-z])` \| `([a-z_]+)` \|", re.MULTILINE)
DOCUMENT = Path(__file__).parents[3] / "docs" / "wire-format.md"


def event(at_ms: int, ordinal: int, stream: str = "aaaaaaaa") -> Event:
    return Event(at_ms, stream, ordinal, None, "https://shop.example/", Marked(str(ordinal)))


def test_every_kind_stands_in_the_document_and_no_other() -> None:
    assert TABLE.findall(DOCUMENT.read_text()) == [(payload.code, payload.kind) for payload in PAYLOADS]


def test_events_stand_by_their_own_times_then_stream_then_ordinal() -> None:
    ordered = [event(1, 5), event(2, 1), event(2, 2), event(2, 0, "bbbbbbbb"), event(3, 0)]
    shuffled = random.Random(1).sample(ordered, k=len(ordered))

    assert list(in_time_order(shuffled)) == ordered


def test_an_event_that_came_twice_counts_once() -> None:
    assert in_time_order([event(1, 1), event(1, 1), event(1, 1, "bbbbbbbb")]) == (
        event(1, 1),
        event(1, 1, "bbbbbbbb"),
    )


def test_of_two_events_under_one_name_the_same_is_kept_whichever_came_first() -> None:
    one = Event(5, "aaaaaaaa", 0, 0, "https://shop.example/", Done())
    other = Event(5, "aaaaaaaa", 0, 0, "https://shop.example/", GaveUp())

    assert in_time_order([one, other]) == in_time_order([other, one])


def test_an_item_says_its_kind_and_what_the_kind_has() -> None:
    assert as_item(event(1, 7)) == {"kind": "marked", "message": "7"}
