"""Which clicks arrive: a click and the page goes, the tab closes or its process dies, with the sink well or not."""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from benchmarks.recorder.browser import join, visitor
from benchmarks.recorder.contestants import Contestant, Kind
from benchmarks.recorder.report import Outcome, Promise, Table
from benchmarks.recorder.servers import Health, Servers

EVERYONE = ("none", "core", "beacon", "journal")
PEERS = ("plausible-tracker", "plausible-analytics", "faro", "posthog", "rrweb", "clarity", "sentry-replay")
QUIET_S = 3.0
PATIENCE_S = 90.0
LINK = (100, 100)
BUTTON = (100, 300)
MEASURED_WAIT = "document.readyState === 'complete'"


class End(StrEnum):
    """What happens to the page right after the click."""

    NAVIGATE = "navigate"
    CLOSE = "close"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Case:
    """`trouble` is how the sink is in half of the trials, chosen by chance, from before the click on. How long a page
    lives before it is clicked is chosen by chance, too, between the two in `dwell_ms`.
    """

    key: str
    title: str
    end: End
    trouble: Health = Health.WELL
    dwell_ms: tuple[int, int] = (500, 500)


CASES = [
    Case("nav", "navigate", End.NAVIGATE),
    Case("early", "navigate at once", End.NAVIGATE, dwell_ms=(0, 0)),
    Case("navAway", "navigate, sink away", End.NAVIGATE, Health.AWAY),
    Case("nav503", "navigate, sink 503", End.NAVIGATE, Health.BUSY),
    Case("close", "tab closed", End.CLOSE),
    Case("closeAway", "tab closed, sink away", End.CLOSE, Health.AWAY),
    Case("crash", "renderer killed", End.CRASH),
    Case("crashAway", "renderer killed, sink away", End.CRASH, Health.AWAY),
]


@dataclass(slots=True)
class Tally:
    """`lost` names the pages whose click never arrived; only ours tells of which page a click is."""

    made: int = 0
    arrived: int = 0
    lost: list[int] = field(default_factory=list)
    before_return: int = 0
    stored_twice: int = 0
    sent: int = 0
    sent_again: int = 0
    conflicts: int = 0
    held_ms: list[float] = field(default_factory=list)


def measure(
    browser: Browser,
    servers: Servers,
    contestants: Sequence[Contestant],
    cases: Sequence[Case],
    *,
    trials: Callable[[Contestant], int],
    chance: random.Random,
) -> Outcome:
    found: dict[str, dict[str, Tally]] = {each.key: {} for each in contestants}
    for case in cases:
        for each in contestants:
            found[each.key][case.key] = play(browser, servers, each, case, trials(each), chance)
            tally = found[each.key][case.key]
            print(f"  {case.key}, {each.key}: {tally.arrived}/{tally.made}", file=sys.stderr, flush=True)
    return Outcome(
        "loss",
        [_arrivals(contestants, cases, found), _delays(contestants, cases, found)],
        _promises(cases, found),
        {key: {case: asdict(tally) for case, tally in tallies.items()} for key, tallies in found.items()},
    )


def _arrivals(contestants: Sequence[Contestant], cases: Sequence[Case], found: dict[str, dict[str, Tally]]) -> Table:
    rows = []
    for each in contestants:
        if each.kind is Kind.NONE:
            continue
        tallies = [found[each.key][case.key] for case in cases]
        lost = sum(tally.made - tally.arrived for tally in tallies) / max(1, sum(tally.made for tally in tallies))
        rows.append([each.title, *map(_cell, tallies), f"{lost:.1%}"])
    head = ["contestant", *(case.title for case in cases), "lost"]
    return Table("Loss: clicks that arrived of those made (+ received again)", head, rows)


def _cell(tally: Tally) -> str:
    again = f" (+{tally.stored_twice})" if tally.stored_twice else ""
    return f"{tally.arrived}/{tally.made}{again}"


def _delays(contestants: Sequence[Contestant], cases: Sequence[Case], found: dict[str, dict[str, Tally]]) -> Table:
    moving = [case for case in cases if case.end is End.NAVIGATE]
    rows = []
    for each in contestants:
        held = [found[each.key][case.key].held_ms for case in moving]
        rows.append([each.title, *(f"{statistics.median(ms):.1f} / {max(ms):.1f}" if ms else "–" for ms in held)])
    return Table(
        "From the click to the start of its navigation, ms: median / most",
        ["contestant", *(case.title for case in moving)],
        rows,
    )


def _promises(cases: Sequence[Case], found: dict[str, dict[str, Tally]]) -> list[Promise]:
    tallies = found.get("core", {})
    promises = []
    for case in cases:
        if tally := tallies.get(case.key):
            promises.append(Promise(f"{case.title}: lost of {tally.made}", tally.made - tally.arrived, 0))
    if tallies:
        sent = sum(tally.sent for tally in tallies.values())
        again = sum(tally.sent_again for tally in tallies.values())
        promises.append(Promise("stored twice", sum(tally.stored_twice for tally in tallies.values()), 0))
        promises.append(
            Promise("refused as another body under the same key", sum(tally.conflicts for tally in tallies.values()), 0)
        )
        promises.append(Promise(f"share of {sent} stored batches that came again", again / max(1, sent), 0.05))
    return promises


def play(
    browser: Browser, servers: Servers, contestant: Contestant, case: Case, trials: int, chance: random.Random
) -> Tally:
    """One visitor with a clean profile: so many clicks, each on a page of its own, and one more visit at the end."""
    sink = servers.sink
    with visitor(browser) as context:
        join(context, contestant, servers)
        sink.forget()
        tally = Tally(made=trials)
        numbers = range(1, trials + 1)
        if case.end is End.NAVIGATE:
            _wander(context, servers, contestant, case, numbers, chance, tally)
        else:
            _lose_pages(context, servers, contestant, case, numbers, chance)
        sink.become(Health.WELL)
        _wait_for_quiet(servers)
        tally.before_return = len(_clicks(servers, contestant))
        page = context.new_page()
        page.goto(_address(servers, contestant, trials + 2))
        if contestant.takes_part:
            _wait_for_empty_journal(page)
        _wait_for_quiet(servers)
    arrived = _clicks(servers, contestant)
    tally.arrived = min(trials, len(arrived))
    tally.stored_twice = arrived.total() - len(arrived)
    tally.conflicts = sink.conflicts
    if contestant.kind is Kind.OURS:
        tally.lost = [number for number in numbers if _address(servers, contestant, number) not in arrived]
        came = Counter(each.body for each in sink.received if each.stored and each.path.endswith("/batches"))
        tally.sent, tally.sent_again = len(came), sum(count > 1 for count in came.values())
    return tally


def _wander(
    context: BrowserContext,
    servers: Servers,
    contestant: Contestant,
    case: Case,
    numbers: range,
    chance: random.Random,
    tally: Tally,
) -> None:
    """From page to page by its link, as people do."""
    page = context.new_page()
    page.goto(_address(servers, contestant, numbers.start))
    for number in numbers:
        page.wait_for_timeout(chance.uniform(*case.dwell_ms))
        servers.sink.become(_by_chance(case, chance))
        page.mouse.click(*LINK)
        page.wait_for_url(f"**/p/{number + 1}", wait_until="load" if any(case.dwell_ms) else "domcontentloaded")
        tally.held_ms.append(page.evaluate("performance.timeOrigin - sessionStorage.clicked"))
    page.wait_for_timeout(case.dwell_ms[1])


def _lose_pages(
    context: BrowserContext,
    servers: Servers,
    contestant: Contestant,
    case: Case,
    numbers: range,
    chance: random.Random,
) -> None:
    """A new tab for each click; with its click the tab goes."""
    for number in numbers:
        page = context.new_page()
        page.goto(_address(servers, contestant, number))
        page.wait_for_timeout(chance.uniform(*case.dwell_ms))
        servers.sink.become(_by_chance(case, chance))
        page.mouse.click(*BUTTON)
        if case.end is End.CRASH:
            _crash(page)
        page.close(run_before_unload=False)
        servers.sink.become(Health.WELL)


def _crash(page: Page) -> None:
    """The renderer ends on the spot: no handler of the page runs."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def _by_chance(case: Case, chance: random.Random) -> Health:
    return chance.choice([Health.WELL, case.trouble])


def _address(servers: Servers, contestant: Contestant, number: int) -> str:
    return f"{servers.site.url}/{contestant.key}/p/{number}"


def _clicks(servers: Servers, contestant: Contestant) -> Counter[Hashable]:
    """Each click that arrived, and how often; ours by its page, for each page is clicked once."""
    sink = servers.sink
    if contestant.kind is Kind.OURS:
        pages: Any = contestant.clicks(list(sink.stored.values()))
        return Counter(page for page, _ in pages)
    return Counter(contestant.clicks(each.body for each in list(sink.received) if each.stored))


def _wait_for_quiet(servers: Servers) -> None:
    """Until nothing has come for a while."""
    received = servers.sink.received
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        last = received[-1].at_s if received else 0.0
        if time.monotonic() - last > QUIET_S:
            return
        time.sleep(0.1)


def _wait_for_empty_journal(page: Page) -> None:
    """Until all that the visit left is acknowledged: the live page's own stream has no events that wait."""
    waiting: Any = """() => Object.keys(localStorage).every(key => !/^usabtest\\.(j|early)\\./.test(key)
      || (key.split('.').length === 3 && !localStorage[key].includes('\\n')))"""
    page.wait_for_function(waiting, timeout=PATIENCE_S * 1000)
