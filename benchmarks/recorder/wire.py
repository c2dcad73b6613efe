"""What a hundred clicks at five a second put on the wire."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.recorder.browser import session_of, visitor
from benchmarks.recorder.contestants import Contestant
from benchmarks.recorder.pages import button_at
from benchmarks.recorder.report import Outcome, Promise, Table
from benchmarks.recorder.servers import Received, Servers

EVERYONE = ("core", "beacon", "journal", "plausible-tracker", "plausible-analytics")
PEERS = ("faro", "posthog", "rrweb", "clarity", "sentry-replay")
CLICKS = 100
EVERY_S = 0.2
SETTLE_MS = 4000


@dataclass(frozen=True, slots=True)
class Wire:
    idle_requests: int
    idle_bytes: int
    requests: int
    body_bytes: int
    preflights: int
    clicks: int


def measure(browser: Browser, servers: Servers, contestants: Sequence[Contestant]) -> Outcome:
    found: dict[str, Wire] = {}
    examples: dict[str, str] = {}
    for each in contestants:
        found[each.key] = _visit(browser, servers, each, session_of(browser, each, servers))
        last = max(servers.sink.received, key=lambda received: received.at_s, default=None)
        examples[each.key] = last.body[:600].decode(errors="replace") if last else ""
    rows = [
        [
            each.title,
            f"{wire.idle_requests}",
            f"{wire.idle_bytes}",
            f"{wire.requests}",
            f"{wire.body_bytes / CLICKS:.1f}",
            f"{wire.preflights}",
            f"{wire.clicks}",
        ]
        for each in contestants
        for wire in [found[each.key]]
    ]
    head = [
        "contestant",
        "load: requests",
        "load: bytes",
        "requests",
        "bytes / click",
        "preflights",
        "clicks that arrived",
    ]
    promises = []
    if ours := found.get("core"):
        promises = [
            Promise("body bytes a click, one-second batches", ours.body_bytes / CLICKS, 60),
            Promise("requests for 100 clicks", ours.requests, 25),
            Promise("preflights", ours.preflights, 0),
            Promise("clicks that did not arrive", CLICKS - ours.clicks, 0),
        ]
    return Outcome(
        "wire",
        [Table(f"On the wire: {CLICKS} clicks, five a second", head, rows)],
        promises,
        {key: asdict(wire) | {"last": examples[key]} for key, wire in found.items()},
    )


def _visit(browser: Browser, servers: Servers, contestant: Contestant, session: Any) -> Wire:
    sink = servers.sink
    sink.forget()
    with visitor(browser, session) as context:
        page = context.new_page()
        page.goto(f"{servers.site.url}/{contestant.key}/live")
        page.wait_for_timeout(SETTLE_MS)
        idle = list(sink.received)
        _click_steadily(page)
        page.wait_for_timeout(SETTLE_MS)
        clicking = sink.received[len(idle) :]
        preflights = sink.preflights
    return Wire(len(idle), _length(idle), len(clicking), _length(clicking), preflights, _distinct(contestant, clicking))


def _click_steadily(page: Page) -> None:
    begun = time.monotonic()
    for place in range(CLICKS):
        page.mouse.click(*button_at(place))
        page.wait_for_timeout(max(0.0, begun + (place + 1) * EVERY_S - time.monotonic()) * 1000)


def _length(received: Sequence[Received]) -> int:
    return sum(len(each.body) for each in received)


def _distinct(contestant: Contestant, received: Sequence[Received]) -> int:
    """Some name only the element: as many as came, up to as many as were made."""
    return min(CLICKS, sum(Counter(contestant.clicks(each.body for each in received)).values()))
