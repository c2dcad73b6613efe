"""Reports of many people beside the SQL that they need: python -m benchmarks.reports [--participants N …]"""

from __future__ import annotations

import argparse
import gc
import gzip
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from flask import Flask

from benchmarks.reports import files, stream
from benchmarks.reports.faces import FACES, asker, memory_of
from benchmarks.reports.fill import fill
from benchmarks.reports.floors import FLOORS, GROUPED, READ
from benchmarks.reports.spent import Spent, apart, spent
from tests.postgresql import find_programs, running_cluster
from usabtest import migrations
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

JSON, PAGE = "report as JSON", "report as a page"
AT_MOST = {JSON: (READ, 3.0), PAGE: (JSON, 2.0)}

Times = Mapping[str, Mapping[int, list[Spent]]]


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder, _database(given, folder) as url:
        config = Config(data_dir=Path(folder), database_url=url, secret_key="x" * 40)
        app = create_app(config)
        with app.app_context():
            migrations.upgrade(db.engine)
        print(_machine(app))
        if given.participants:
            _reports(app, config, given)
        if given.events:
            stream.measure(config, given.events)


@contextmanager
def _database(given: argparse.Namespace, folder: str) -> Iterator[str]:
    """The address of an empty database."""
    if given.postgresql:
        programs = find_programs()
        if programs is None:
            raise SystemExit("PostgreSQL's programs (initdb, pg_ctl) are not on this machine.")
        with running_cluster(programs) as url:
            yield url
    else:
        yield given.database or f"sqlite:///{folder}/lab.sqlite3"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--participants", type=int, nargs="*", default=[100, 1000, 10_000], metavar="N")
    parser.add_argument("--tasks", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--events", type=int, nargs="*", default=[50_000, 1_000_000], help="that are streamed as CSV")
    parser.add_argument("--postgresql", action="store_true", help="a PostgreSQL that is thrown away, instead of SQLite")
    parser.add_argument("--database", help="an empty database instead of an SQLite file that is thrown away")
    return parser.parse_args()


def _machine(app: Flask) -> str:
    with app.app_context():
        kind = db.engine.dialect.name
    load = ", ".join(f"{load:.0f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {kind} "
        f"(SQLite {sqlite3.sqlite_version}), load {load}"
    )


def _reports(app: Flask, config: Config, given: argparse.Namespace) -> None:
    keys = {}
    for people in given.participants:
        print(f"filling {people} × {given.tasks} …", file=sys.stderr, flush=True)
        with app.app_context():
            keys[people] = fill(people, given.tasks).key
    turns: dict[str, Callable[[str], object]] = {
        **{name: asker(app, floor) for name, floor in FLOORS.items()},
        **{name: asker(app, face) for name, face in FACES.items()},
    }
    times: dict[str, dict[int, list[Spent]]] = {name: {people: [] for people in keys} for name in turns}
    for turn in turns.values():  # what is compiled and loaded at the first request is not what is measured
        turn(keys[given.participants[0]])
    for _ in range(given.rounds):
        for people, key in keys.items():
            for name, turn in turns.items():
                gc.collect()
                times[name][people].append(spent(lambda turn=turn, key=key: turn(key)))
    _print_times(times, given.participants)
    with app.app_context():
        here = db.engine.dialect.name == "sqlite"
    _print_ratios(times, given.participants, here=here)
    _print_weights(app, keys)
    _print_memory(config, keys[max(keys)])
    files.measure(config, list(keys.values()))


def _print_times(times: Times, sizes: Sequence[int]) -> None:
    """Processor time, the median and the spread, and how it grows."""
    print(f"\nProcessor time in ms, median (least to most); {len(times[JSON][sizes[0]])} rounds, everyone in turn\n")
    print("| | " + " | ".join(f"{size:,} people" for size in sizes) + " | growth | least on the clock |")
    print("|---|" + "---|" * (len(sizes) + 2))
    for name, by_size in times.items():
        cells = [_milliseconds([one.processor_s for one in by_size[size]]) for size in sizes]
        least_s = [min(one.processor_s for one in by_size[size]) for size in sizes]
        clock = min(one.clock_s for one in by_size[sizes[-1]])
        print(f"| {name} | " + " | ".join(cells) + f" | {_growth(sizes, least_s)} | {1000 * clock:.0f} |")


def _growth(sizes: Sequence[int], least_s: Sequence[float]) -> str:
    """The power of n that fits best to the least times: the slope of the line through their logarithms."""
    if len(sizes) < 2:
        return "–"
    slope, _ = np.polyfit(np.log(sizes), np.log(least_s), 1)
    return f"n^{slope:.2f}"


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):.0f} ({1000 * min(seconds):.0f} to {1000 * max(seconds):.0f})"


def _print_ratios(times: Times, sizes: Sequence[int], *, here: bool) -> None:
    """Ratios inside each round, on the clock where a server of another process does the work."""
    print(f"\nRatios of {'processor time' if here else 'time on the clock'} inside a round, median (least to most)\n")
    print("| | " + " | ".join(f"{size:,} people" for size in sizes) + " | promised |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name, beside in ((JSON, READ), (JSON, GROUPED), (PAGE, JSON)):
        cells = []
        for size in sizes:
            pairs = zip(times[name][size], times[beside][size], strict=True)
            ratios = [
                ours.processor_s / theirs.processor_s if here else ours.clock_s / theirs.clock_s
                for ours, theirs in pairs
            ]
            cells.append(f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
        promised = AT_MOST.get(name)
        limit = f"at most {promised[1]:g}" if promised and promised[0] == beside else "–"
        print(f"| {name} / {beside} | " + " | ".join(cells) + f" | {limit} |")


def _print_weights(app: Flask, keys: Mapping[int, str]) -> None:
    print("\nKB of each answer, as it is and as it travels\n")
    print("| | " + " | ".join(f"{size:,} people" for size in keys) + " |\n|---|" + "---|" * len(keys))
    for name, face in FACES.items():
        bodies = [asker(app, face)(key) for key in keys.values()]
        cells = [f"{len(body) / 1000:.0f}, {len(gzip.compress(body)) / 1000:.0f}" for body in bodies]
        print(f"| {name} | " + " | ".join(cells) + " |")


def _print_memory(config: Config, key: str) -> None:
    print("\nMost memory, MiB above a process that has only begun\n\n| | |\n|---|---|")
    for name in (*FLOORS, *FACES):
        print(f"| {name} | {apart(memory_of, config, name, key):.0f} |", flush=True)


if __name__ == "__main__":
    main()
