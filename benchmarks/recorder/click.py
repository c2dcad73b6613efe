"""What a click costs a page that has loaded, and what a burst of mutations does, with or without a click before it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks.recorder.browser import Cost, Meter, session_of, visitor
from benchmarks.recorder.contestants import Contestant
from benchmarks.recorder.pages import DEAD_LEFT_PX, DEAD_TOP_PX, button_at
from benchmarks.recorder.report import Outcome, Promise, Table
from benchmarks.recorder.rounds import added, ratio, spread, take_turns
from benchmarks.recorder.servers import Servers

EVERYONE = ("none", "core", "full", "visible", "beacon", "journal", "plausible-tracker", "plausible-analytics")
PEERS = ("faro", "posthog", "rrweb", "clarity", "sentry-replay")
SETTLE_MS = 3000
GAP_MS = 20
BURSTS = 3


@dataclass(frozen=True, slots=True)
class Costs:
    """In milliseconds of the main thread's processor time, by click and by burst."""

    click_script: float
    click_task: float
    outside_script: float
    outside_task: float
    inside_script: float
    inside_task: float


def measure(
    browser: Browser,
    servers: Servers,
    contestants: Sequence[Contestant],
    *,
    rounds: int,
    clicks: int,
    chance: random.Random,
) -> Outcome:
    sessions = {each.key: session_of(browser, each, servers) for each in contestants}

    def sample(contestant: Contestant) -> Costs:
        return _costs(browser, servers, contestant, sessions[contestant.key], clicks)

    taken = take_turns(contestants, rounds=rounds, chance=chance, sample=sample)
    by_field = {
        name: [{key: getattr(costs, name) * 1000 for key, costs in each.items()} for each in taken]
        for name in Costs.__slots__
    }
    alone = {name: spread([each["none"] for each in values]).median for name, values in by_field.items()}
    rows = [[each.title, *_cells(by_field, each.key)] for each in contestants]
    title = (
        f"Per event, added µs of main-thread CPU ({rounds} rounds of {clicks} trusted clicks; page alone: click "
        f"{alone['click_script']:.0f} script, {alone['click_task']:.0f} task; burst {alone['outside_task']:.0f} task)"
    )
    head = [
        "contestant",
        "click: script",
        "±",
        "click: task",
        "±",
        "burst alone: task",
        "±",
        "burst after a click: task",
        "±",
    ]
    return Outcome(
        "click",
        [Table(title, head, rows)],
        _promises(by_field),
        {"rounds": [{key: asdict(costs) for key, costs in each.items()} for each in taken]},
    )


def _cells(by_field: dict[str, list[dict[str, float]]], key: str) -> list[str]:
    cells = []
    for name in ("click_script", "click_task", "outside_task", "inside_task"):
        found = added(by_field[name], key)
        cells += [f"{found.median:.0f}", f"± {found.mad:.0f}"]
    return cells


def _promises(by_field: dict[str, list[dict[str, float]]]) -> list[Promise]:
    keys = by_field["click_script"][0].keys()
    promises = []
    if {"core", "beacon"} <= keys:
        over = ratio(by_field["click_script"], "core", "beacon").median
        promises.append(Promise("script of a trusted click over that of a beacon per click", over, 1.0))
    if "core" in keys:
        for name, where in (("outside_task", "outside"), ("inside_task", "inside")):
            over = spread([each["core"] / each["none"] for each in by_field[name]]).median
            promises.append(Promise(f"a burst {where} 2.5 s after a click, over the page alone", over, 1.05))
    return promises


def _costs(browser: Browser, servers: Servers, contestant: Contestant, session: Any, clicks: int) -> Costs:
    with visitor(browser, session) as context:
        page = context.new_page()
        page.goto(f"{servers.site.url}/{contestant.key}/blank")
        meter = Meter(page)
        page.goto(f"{servers.site.url}/{contestant.key}/live")
        page.wait_for_timeout(SETTLE_MS)
        click = _clicks(page, meter, clicks)
        page.wait_for_timeout(SETTLE_MS)
        outside = _bursts(page, meter)
        inside = _bursts(page, meter, after_click=True)
        return Costs(
            click.script_ms / clicks,
            click.task_ms / clicks,
            outside.script_ms / BURSTS,
            outside.task_ms / BURSTS,
            inside.script_ms / BURSTS,
            inside.task_ms / BURSTS,
        )


def _clicks(page: Page, meter: Meter, clicks: int) -> Cost:
    """With what follows from them: the last batch on its way, and its answer."""
    before = meter.read()
    for place in range(clicks):
        page.mouse.click(*button_at(place))
        page.wait_for_timeout(GAP_MS)
    page.wait_for_timeout(SETTLE_MS)
    return meter.read() - before


def _bursts(page: Page, meter: Meter, *, after_click: bool = False) -> Cost:
    """Each after a click that the page does not react to, so that who waits for a reaction meets the whole burst."""
    spent = Cost(0, 0, 0, 0)
    for _ in range(BURSTS):
        if after_click:
            page.wait_for_timeout(SETTLE_MS)
            page.mouse.click(DEAD_LEFT_PX + 20, DEAD_TOP_PX + 20)
        before = meter.read()
        page.evaluate("burst()")
        after = meter.read()
        spent = Cost(*(getattr(spent, name) + getattr(after - before, name) for name in Cost.__slots__))
    return spent
