"""Ours beside peers and floors, in one Chromium: python -m benchmarks.recorder [size load click wire loss]"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.recorder import click, load, loss, size, wire
from benchmarks.recorder.browser import chromium
from benchmarks.recorder.bundles import Built, bundles, install_peers, ours, tags
from benchmarks.recorder.contestants import CONTESTANTS, Contestant, Kind
from benchmarks.recorder.report import Outcome, markdown
from benchmarks.recorder.servers import Servers, Sink, Site, serving

PARTS = ("size", "load", "click", "wire", "loss")


def main() -> None:
    given = _arguments()
    install_peers()
    built = ours(given.dist)
    outcomes = [size.measure(built)] if "size" in given.parts else []
    if measured := [part for part in given.parts if part != "size"]:
        sink = Sink(built.files())
        site = Site(tags(sink.url), bundles(sink.url))
        with serving(site, sink) as servers, chromium() as browser:
            print(_machine(browser))
            for part in measured:
                print(f"{part} …", file=sys.stderr, flush=True)
                outcomes.append(_measure(part, browser, servers, given))
                print(f"\n{markdown(outcomes[-1])}", flush=True)
    if outcomes and outcomes[0].part == "size":
        print(f"\n{markdown(outcomes[0])}")
    if given.json:
        given.json.write_text(json.dumps(_figures(built, outcomes), indent=1) + "\n")
    sys.exit(any(not promise.kept for outcome in outcomes for promise in outcome.promises))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recorder", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which parts: {', '.join(PARTS)} (all)")
    parser.add_argument("--rounds", type=int, default=10, help="of load and click (10)")
    parser.add_argument("--clicks", type=int, default=100, help="in a round of click (100)")
    parser.add_argument("--trials", type=int, default=200, help="of loss, for ours and the floors (200)")
    parser.add_argument("--peer-trials", type=int, default=20, help="of loss, for each peer and for no script (20)")
    parser.add_argument("--cases", nargs="+", default=[case.key for case in loss.CASES], help="of loss (all)")
    parser.add_argument("--only", nargs="+", help="these contestants and no others, besides no script")
    parser.add_argument("--without-peers", action="store_true", help="only those that the promises speak of")
    parser.add_argument("--dist", type=Path, help="another build of ours than static/dist/")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write every figure there")
    given = parser.parse_args()
    given.parts = given.parts or list(PARTS)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return given


def _measure(part: str, browser: Browser, servers: Servers, given: argparse.Namespace) -> Outcome:
    chance = random.Random(given.seed)
    match part:
        case "load":
            who = _who(given, load.EVERYONE, load.PEERS)
            return load.measure(browser, servers, who, rounds=given.rounds, chance=chance)
        case "click":
            who = _who(given, click.EVERYONE, click.PEERS)
            return click.measure(browser, servers, who, rounds=given.rounds, clicks=given.clicks, chance=chance)
        case "wire":
            who = [each for each in _who(given, wire.EVERYONE, wire.PEERS) if each.kind is not Kind.NONE]
            return wire.measure(browser, servers, who)
        case _:
            who = _who(given, loss.EVERYONE, loss.PEERS)
            cases = [case for case in loss.CASES if case.key in given.cases]
            return loss.measure(browser, servers, who, cases, trials=lambda each: _trials(each, given), chance=chance)


def _trials(contestant: Contestant, given: argparse.Namespace) -> int:
    lesser: int = given.peer_trials
    return lesser if contestant.kind in (Kind.PEER, Kind.NONE) else int(given.trials)


def _who(given: argparse.Namespace, everyone: Sequence[str], peers: Sequence[str]) -> list[Contestant]:
    keys = {*everyone, *(() if given.without_peers else peers)}
    if given.only:
        keys = {"none", *given.only}
    return [each for each in CONTESTANTS if each.key in keys]


def _machine(browser: Browser) -> str:
    load_1, load_5, _ = os.getloadavg()
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, Chromium {browser.version}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load average {load_1:.1f} now and {load_5:.1f} over five minutes"
    )


def _figures(built: Built, outcomes: Sequence[Outcome]) -> dict[str, object]:
    return {
        "core": built.core_name,
        "widget": built.widget_name,
        "parts": {
            each.part: {"figures": each.figures, "promises": [asdict(p) for p in each.promises]} for each in outcomes
        },
    }


if __name__ == "__main__":
    main()
