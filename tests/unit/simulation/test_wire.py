"""What a synthetic participant sends is what the server's only reader reads."""

from __future__ import annotations

import json

from usabtest.events.types import Click, PageView
from usabtest.events.wire import decode
from usabtest.simulation.wire import BATCH_BYTES, PageStream

PAGE = "https://shop.example/basket/"


def make_stream() -> PageStream:
    return PageStream("token", "abcdefgh1234", PAGE, began_ms=1_767_225_600_000)


def test_it_works() -> None:
    stream = make_stream()
    stream.add("v", stream.began_ms, None, "load", 1280, 800, 200)
    stream.add("c", stream.began_ms + 40, 2, stream.place("#buy"), 500, 250, 640, 380, 0, "m", 9)
    [body] = stream.batches()

    batch = decode(json.dumps(body).encode())

    assert (batch.token, batch.stream, batch.number, batch.ends, batch.malformed) == (
        "token",
        "abcdefgh1234",
        0,
        True,
        0,
    )
    view, click = batch.events
    assert view.payload == PageView("load", 1280, 800, 200)
    assert (click.at_ms, click.attempt, click.page) == (stream.began_ms + 40, 2, PAGE)
    assert click.payload == Click("#buy", 500, 250, 640, 380, 0, "m", 9)


def test_a_long_page_is_cut_into_batches_without_a_gap() -> None:
    stream = make_stream()
    for number in range(2000):
        stream.add("x", stream.began_ms + number, None, f"event-{number}", None)

    batches = [decode(body) for body in (json.dumps(each).encode() for each in stream.batches())]

    assert all(len(json.dumps(body).encode()) <= BATCH_BYTES for body in stream.batches())
    assert [batch.number for batch in batches] == list(range(len(batches)))
    assert [batch.ends for batch in batches] == [False] * (len(batches) - 1) + [True]
    ordinals = [event.ordinal for batch in batches for event in batch.events]
    assert ordinals == list(range(2000))
