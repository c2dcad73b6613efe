"""Who runs: ours, the floors, the peers; and how to read their clicks off what they sent."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs

from usabtest.events.types import Click
from usabtest.events.wire import WireError, decode

Bodies = Iterable[bytes]
Clicks = Callable[[Bodies], list[Hashable]]


class Variant(StrEnum):
    """In what part of usabtest a visitor is."""

    GATE = "gate"
    RECORDER = "recorder"
    CORE = "core"
    FULL = "full"
    VISIBLE = "visible"


OURS = {variant.value: variant for variant in Variant}


class Kind(StrEnum):
    NONE = "none"
    OURS = "ours"
    FLOOR = "floor"
    PEER = "peer"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One of those measured side by side.

    `clicks` returns an identity for each click in the bodies that the sink has stored: one that comes twice is there
    twice. `entry` is the source below this folder that is bundled into one script; ours come out of the build.
    """

    key: str
    title: str
    kind: Kind
    entry: str | None = None
    clicks: Clicks = lambda _: []

    @property
    def takes_part(self) -> bool:
        """Whether this visitor is a participant of a study."""
        return self.kind is Kind.OURS and self.key != Variant.GATE


def _floor_clicks(bodies: Bodies) -> list[Hashable]:
    return [(path, name) for body in bodies for path, name, _ in _json(body) or []]


def _our_clicks(bodies: Bodies) -> list[Hashable]:
    """By page and time; batches that came twice are one by their key already."""
    found: list[Hashable] = []
    for body in bodies:
        with suppress(WireError):
            found += [(event.page, event.at_ms) for event in decode(body).events if isinstance(event.payload, Click)]
    return found


def _named(pattern: str) -> Clicks:
    """Clicks of those that send one event a click, with the id of the element in it."""

    def clicks(bodies: Bodies) -> list[Hashable]:
        return [found for body in bodies for found in re.findall(pattern, body.decode(errors="replace"))]

    return clicks


def _posthog_clicks(bodies: Bodies) -> list[Hashable]:
    events = [event for body in bodies for event in _as_list(_posthog_json(body)) if isinstance(event, dict)]
    return [
        event["properties"]["$insert_id"] if "$insert_id" in event["properties"] else event["uuid"]
        for event in events
        if event.get("event") == "$autocapture"
    ]


def _posthog_json(body: bytes) -> Any:
    """Gzip, plain, or a form with base64 in it."""
    with suppress(OSError, zlib.error):
        return _json(gzip.decompress(body))
    if body.startswith(b"data="):
        with suppress(binascii.Error):
            return _json(base64.b64decode(parse_qs(body.decode())["data"][0]))
    return _json(body)


def _rrweb_clicks(bodies: Bodies) -> list[Hashable]:
    return [*_rrweb_times(event for body in bodies for event in _as_list(_json(body)))]


def _rrweb_times(events: Iterable[Any]) -> Iterator[Hashable]:
    """Incremental snapshot (3), mouse interaction (2), click (2)."""
    for event in events:
        if isinstance(event, dict) and event.get("type") == 3:
            data = event["data"]
            if data.get("source") == 2 and data.get("type") == 2:
                yield event["timestamp"]


def _sentry_clicks(bodies: Bodies) -> list[Hashable]:
    return [time for body in bodies for events in _replay_parts(body) for time in _rrweb_times(_as_list(events))]


def _replay_parts(body: bytes) -> Iterator[Any]:
    """The recordings in an envelope: a line of JSON with the segment, then events, compressed or not."""
    for match in re.finditer(rb'\{"segment_id":\d+\}\n', body):
        rest = body[match.end() :]
        with suppress(zlib.error):
            rest = zlib.decompressobj().decompress(rest)
        with suppress(ValueError):
            yield json.JSONDecoder().raw_decode(rest.decode(errors="replace"))[0]


CLARITY_CLICK = 9


def _clarity_clicks(bodies: Bodies) -> list[Hashable]:
    found: list[Hashable] = []
    for body in bodies:
        with suppress(OSError, zlib.error):
            body = gzip.decompress(body)
        payload = _json(body)
        if not isinstance(payload, dict):
            continue
        page = tuple(payload["e"][4:8])
        found += [(page, event[0]) for event in payload.get("a", []) if event[1] == CLARITY_CLICK]
    return found


def _json(text: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(text)
    return None


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, dict) and "batch" in value:
        return list(value["batch"])
    return value if isinstance(value, list) else [value]


NOBODY = Contestant("none", "no script", Kind.NONE)

CONTESTANTS = [
    NOBODY,
    Contestant("gate", "**usabtest**, ordinary visitor", Kind.OURS),
    Contestant("recorder", "**usabtest**, participant, core alone", Kind.OURS),
    Contestant("core", "**usabtest**, participant, core and conductor", Kind.OURS, clicks=_our_clicks),
    Contestant("full", "**usabtest**, participant, core, conductor and widget", Kind.OURS, clicks=_our_clicks),
    Contestant("visible", "**usabtest**, task with a `visible` criterion", Kind.OURS, clicks=_our_clicks),
    Contestant("empty", "floor: empty script", Kind.FLOOR, "floors/empty.js"),
    Contestant("beacon", "floor: beacon per click", Kind.FLOOR, "floors/beacon.js", _floor_clicks),
    Contestant("journal", "floor: journal + ack", Kind.FLOOR, "floors/journal.js", _floor_clicks),
    Contestant(
        "plausible-tracker",
        "plausible-tracker †",
        Kind.PEER,
        "peers/plausible-tracker.js",
        _named(r"click-\d+|stay-\d+"),
    ),
    Contestant(
        "plausible-analytics",
        "@plausible-analytics/tracker †",
        Kind.PEER,
        "peers/plausible-analytics.js",
        _named(r"click-\d+|stay-\d+"),
    ),
    Contestant("faro", "@grafana/faro-web-sdk †", Kind.PEER, "peers/faro.js", _named(r'"id":"(click-\d+|stay-\d+)"')),
    Contestant("posthog", "posthog-js, autocapture", Kind.PEER, "peers/posthog.js", _posthog_clicks),
    Contestant("rrweb", "@rrweb/record + plain POST", Kind.PEER, "peers/rrweb.js", _rrweb_clicks),
    Contestant("clarity", "clarity-js", Kind.PEER, "peers/clarity.js", _clarity_clicks),
    Contestant("sentry", "@sentry/browser, errors only", Kind.PEER, "peers/sentry.js"),
    Contestant("sentry-replay", "@sentry/browser + replay", Kind.PEER, "peers/sentry-replay.js", _sentry_clicks),
]

PACKAGES = {
    "plausible-tracker": "plausible-tracker",
    "plausible-analytics": "@plausible-analytics/tracker",
    "faro": "@grafana/faro-web-sdk",
    "posthog": "posthog-js",
    "rrweb": "@rrweb/record",
    "clarity": "clarity-js",
    "sentry": "@sentry/browser",
    "sentry-replay": "@sentry/browser",
}
