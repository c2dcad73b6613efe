"""What a script costs a page that loads: the main thread's processor time up to 1.5 s after the load.

The browser's figure for script, of which the promises are, leaves microtasks out, and the core begins in one: hence the
tasks beside it, with all that the browser does around a script.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from playwright.sync_api import Browser

from benchmarks.recorder.browser import Cost, Meter, session_of, visitor
from benchmarks.recorder.contestants import Contestant
from benchmarks.recorder.report import Outcome, Promise, Table
from benchmarks.recorder.rounds import added, ratio, spread, take_turns
from benchmarks.recorder.servers import Servers

AFTER_MS = 1500
EVERYONE = (
    *("none", "empty", "gate", "recorder", "core", "full"),
    *("beacon", "journal", "plausible-tracker", "plausible-analytics"),
)
PEERS = ("faro", "posthog", "rrweb", "clarity", "sentry", "sentry-replay")


def measure(
    browser: Browser, servers: Servers, contestants: Sequence[Contestant], *, rounds: int, chance: random.Random
) -> Outcome:
    sessions = {each.key: session_of(browser, each, servers) for each in contestants}

    def sample(contestant: Contestant) -> Cost:
        return _load(browser, servers, contestant, sessions[contestant.key])

    taken = take_turns(contestants, rounds=rounds, chance=chance, sample=sample)
    scripts = [{key: cost.script_ms + cost.compile_ms for key, cost in each.items()} for each in taken]
    tasks = [{key: cost.task_ms for key, cost in each.items()} for each in taken]
    alone = spread([each["none"] for each in tasks])
    rows = []
    for each in contestants:
        script, task = added(scripts, each.key), added(tasks, each.key)
        rows.append(
            [each.title, f"{script.median:.2f}", f"± {script.mad:.2f}", f"{task.median:.1f}", f"± {task.mad:.1f}"]
        )
    title = (
        f"Load, added ms of main-thread CPU ({rounds} rounds; page alone: task {alone.median:.1f} ± {alone.mad:.1f} ms)"
    )
    return Outcome(
        "load",
        [Table(title, ["contestant", "script", "±", "task", "±"], rows)],
        _promises(scripts),
        {"rounds": [{key: asdict(cost) for key, cost in each.items()} for each in taken]},
    )


def _load(browser: Browser, servers: Servers, contestant: Contestant, session: Any) -> Cost:
    with visitor(browser, session) as context:
        page = context.new_page()
        page.goto(f"{servers.site.url}/{contestant.key}/blank")
        meter = Meter(page)
        page.goto(f"{servers.site.url}/{contestant.key}/shop")
        page.wait_for_timeout(AFTER_MS)
        return meter.read()


def _promises(scripts: Sequence[dict[str, float]]) -> list[Promise]:
    promises = []
    if {"gate", "plausible-tracker"} <= scripts[0].keys():
        over = ratio(scripts, "gate", "plausible-tracker").median
        promises.append(Promise("ordinary visitor's script over plausible-tracker's", over, 0.6))
    if {"recorder", "plausible-analytics"} <= scripts[0].keys():
        over = ratio(scripts, "recorder", "plausible-analytics").median
        promises.append(Promise("core's load and init over @plausible-analytics/tracker's", over, 2))
    return promises
