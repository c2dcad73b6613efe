"""A study's events as CSV, all of them: how long it takes, and how much memory."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.reports.faces import signed_in
from benchmarks.reports.fill import fill_events
from benchmarks.reports.spent import apart, most_resident_mib, resident_mib
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db


def measure(config: Config, counts: Sequence[int]) -> None:
    """Print a line for each number of events."""
    print("\nEvents as CSV\n\n| events | MB | processor s | most memory above the process, MiB | largest piece, KB |")
    print("|---|---|---|---|---|")
    for count in counts:
        app = create_app(config)
        with app.app_context():
            key = fill_events(count).key
            db.engine.dispose()
        lines, size, processor_s, mebibytes, largest = apart(_read, config, key)
        print(
            f"| {lines:,} | {size / 1e6:.0f} | {processor_s:.1f} | {mebibytes:.0f} | {largest / 1000:.0f} |", flush=True
        )


def _read(config: Config, key: str) -> tuple[int, int, float, float, int]:
    with create_app(config).app_context():
        before, start = resident_mib(), time.process_time()
        lines, size, largest = -1, 0, 0
        answer = signed_in().get(f"/studies/{key}/events.csv", buffered=False)
        for piece in answer.iter_encoded():
            lines += piece.count(b"\r\n")
            size += len(piece)
            largest = max(largest, len(piece))
        return lines, size, time.process_time() - start, most_resident_mib() - before, largest
