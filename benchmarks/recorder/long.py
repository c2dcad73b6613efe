"""The long run of the loss table: ours, thousands of clicks a row, several browsers side by side.

    python -m benchmarks.recorder.long --trials 10000 --minutes 120

It goes in walks of a hundred clicks. Each walk is a browser, a site and a sink of its own, and one line in a log, so
that a run can be stopped and goes on where it was; another build begins anew. On stdout come the tables of LOSS.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.recorder.browser import chromium
from benchmarks.recorder.bundles import HERE, Built, ours, tags
from benchmarks.recorder.contestants import CONTESTANTS
from benchmarks.recorder.loss import CASES, Case, End, Tally, play
from benchmarks.recorder.report import Outcome, Promise, Table, markdown
from benchmarks.recorder.servers import Sink, Site, serving

WALK = 100
# A page is clicked before its recorder is there, while it comes, or after.
DWELL_MS = (0, 200)
NAVIGATING = [case.key for case in CASES if case.end is End.NAVIGATE and any(case.dwell_ms)]

Walk = dict[str, Any]


def main() -> None:
    given = _arguments()
    built = ours(given.dist)
    log = given.log or HERE / ".cache" / f"loss-{checksum(built)}.jsonl"
    log.parent.mkdir(exist_ok=True)
    walks = _read(log)
    until = time.monotonic() + given.minutes * 60
    with (
        log.open("a") as file,
        ProcessPoolExecutor(given.browsers, mp_context=get_context("spawn")) as workers,
    ):
        under_way: set[Future[Walk]] = set()
        for case, number in _to_do(walks, given.cases, given.trials):
            if len(under_way) == given.browsers:
                _take(under_way, walks, file)
            if time.monotonic() > until:
                break
            under_way.add(workers.submit(walk, built, case, number))
        while under_way:
            _take(under_way, walks, file)
    outcome = told(walks, given.cases)
    print(f"Build {checksum(built)}, {walks[0]['at'][:10]} to {walks[-1]['at'][:10]}, {os.cpu_count()} cores\n")
    print(markdown(outcome))
    sys.exit(any(not promise.kept for promise in outcome.promises))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recorder.long", description=__doc__)
    parser.add_argument("--trials", type=int, default=10_000, help="clicks a row, in all runs together (10000)")
    parser.add_argument("--minutes", type=float, default=600, help="begin no walk after that (600)")
    parser.add_argument("--browsers", type=int, default=3, help="side by side (3)")
    parser.add_argument(
        "--cases",
        nargs="+",
        default=NAVIGATING,
        choices=[case.key for case in CASES],
        help="rows (those that navigate)",
    )
    parser.add_argument("--dist", type=Path, help="another build of ours than static/dist/")
    parser.add_argument("--log", type=Path, help="where the walks are kept (one a build, in .cache/ here)")
    return parser.parse_args()


def checksum(built: Built) -> str:
    """Return what names a build: all that a browser loads of it."""
    return hashlib.sha256(b"".join([built.gate, built.core, built.conduct, built.widget])).hexdigest()[:12]


def _read(log: Path) -> list[Walk]:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def _to_do(walks: Sequence[Walk], keys: Sequence[str], trials: int) -> Iterator[tuple[Case, int]]:
    """The walks that are missing, a row after the other in turns."""
    done = Counter(each["case"] for each in walks if "made" in each)
    for number in range(-(-trials // WALK)):
        for case in CASES:
            if case.key in keys and number >= done[case.key]:
                yield case, number


def walk(built: Built, case: Case, number: int) -> Walk:
    """One visitor, one browser, a hundred clicks."""
    [contestant] = [each for each in CONTESTANTS if each.key == "core"]
    if case.end is End.NAVIGATE and any(case.dwell_ms):
        case = replace(case, dwell_ms=DWELL_MS)
    sink = Sink(built.files())
    result: Walk = {"case": case.key, "number": number}
    try:
        with serving(Site(tags(sink.url), {}), sink) as servers, chromium() as browser:
            tally = play(browser, servers, contestant, case, WALK, random.Random(f"{case.key} {number}"))
        result |= asdict(tally)
    except Exception as error:  # noqa: BLE001 - one walk that breaks off must not end the night
        result |= {"broken_off": f"{type(error).__name__}: {error}"[:300]}
    return result | {"at": time.strftime("%Y-%m-%d %H:%M:%S")}


def _take(under_way: set[Future[Walk]], walks: list[Walk], file: Any) -> None:
    """Write down the walks that have ended, and say how it stands."""
    ended, rest = wait(under_way, return_when=FIRST_COMPLETED)
    under_way.clear()
    under_way.update(rest)
    for each in ended:
        walks.append(each.result())
        file.write(json.dumps(walks[-1]) + "\n")
        file.flush()
    made = Counter[str]()
    for each in walks:
        made[each["case"]] += each.get("made", 0)
    lost = sum(len(each.get("lost", [])) for each in walks)
    print(
        f"  {time.strftime('%H:%M:%S')} {dict(made)}, lost {lost}, {walks[-1].get('broken_off', '')}", file=sys.stderr
    )


def told(walks: Sequence[Walk], keys: Sequence[str]) -> Outcome:
    """All walks together, a row a case."""
    rows, promises = [], []
    together = Tally()
    broken = sum("broken_off" in each for each in walks)
    for case in CASES:
        mine = [each for each in walks if each["case"] == case.key and "made" in each]
        if case.key not in keys or not mine:
            continue
        made, arrived, twice = (sum(each[what] for each in mine) for what in ("made", "arrived", "stored_twice"))
        sent, again, conflicts = (sum(each[what] for each in mine) for what in ("sent", "sent_again", "conflicts"))
        held = sorted(ms for each in mine for ms in each["held_ms"])
        waits = f"{held[len(held) // 2]:.1f} / {held[len(held) * 99 // 100]:.1f}" if held else "–"
        rows.append([case.title, f"{made}", f"{made - arrived}", f"{twice}", f"{sent}", f"{again / sent:.1%}", waits])
        promises.append(Promise(f"{case.title}: lost of {made}", made - arrived, 0))
        together.stored_twice += twice
        together.conflicts += conflicts
    promises += [
        Promise("stored twice", together.stored_twice, 0),
        Promise("refused as another body under the same key", together.conflicts, 0),
        Promise("walks that broke off and were begun anew", broken, 0),
    ]
    head = ["", "clicks", "lost", "stored twice", "batches", "sent again", "click to navigation, ms: median / 99 %"]
    return Outcome("loss", [Table("Loss", head, rows)], promises)


if __name__ == "__main__":
    main()
