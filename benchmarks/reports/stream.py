"""A study's events, all of them, as they are downloaded: how long it takes, and how much memory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from benchmarks.reports.faces import signed_in
from benchmarks.reports.fill import fill_events
from benchmarks.reports.spent import apart, most_resident_mib, resident_mib
from tests.factories import api_headers
from usabtest.accounts.models import User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

FORMATS = {
    "CSV": "/api/v1/studies/{key}/events?format=csv",
    "NDJSON": "/api/v1/studies/{key}/events?format=ndjson",
    "all lists as CSV in a ZIP": "/studies/{key}/data-csv.zip",
}


@dataclass(frozen=True, slots=True)
class Streamed:
    lines: int
    size: int
    first_byte_s: float
    processor_s: float
    mebibytes: float
    largest: int


def measure(config: Config, counts: Sequence[int]) -> None:
    """Print a line for each format and number of events, each read by a process of its own."""
    print(
        "\nEvents as they are downloaded\n\n"
        "| | lines | MB | ms to the first byte | processor s | most memory above the process, MiB | largest piece, KB |"
    )
    print("|---|" + "---|" * 6)
    for count in counts:
        app = create_app(config)
        with app.app_context():
            key = fill_events(count).key
            db.engine.dispose()
        for name, address in FORMATS.items():
            one = apart(_read, config, address.format(key=key))
            print(
                f"| {name} | {one.lines:,} | {one.size / 1e6:.0f} | {1000 * one.first_byte_s:.0f} "
                f"| {one.processor_s:.1f} | {one.mebibytes:.1f} | {one.largest / 1000:.0f} |",
                flush=True,
            )


def _read(config: Config, address: str) -> Streamed:
    with create_app(config).app_context():
        client, headers = signed_in(), api_headers(db.session.scalars(sa.select(User)).one())
        db.session.commit()
        before, start, clock = resident_mib(), time.process_time(), time.perf_counter()
        lines = size = largest = 0
        first_byte_s = 0.0
        for piece in client.get(address, headers=headers, buffered=False).iter_encoded():
            first_byte_s = first_byte_s or time.perf_counter() - clock
            lines += 0 if address.endswith(".zip") else piece.count(b"\n")
            size += len(piece)
            largest = max(largest, len(piece))
        processor_s = time.process_time() - start
        return Streamed(lines, size, first_byte_s, processor_s, most_resident_mib() - before, largest)
