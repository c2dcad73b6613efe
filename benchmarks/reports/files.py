"""A report's files: how long each takes, how large it is, how much memory."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdf

from benchmarks.reports.faces import body_of, signed_in
from benchmarks.reports.spent import apart, most_resident_mib, resident_mib, spent
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.reports.files import FILES


def measure(config: Config, keys: Sequence[str]) -> None:
    """Print a line for each file of each study."""
    print("\nFiles, each by a process of its own\n")
    print("| file | study | processor s | on the clock | MB | pages | most memory above the process, MiB |")
    print("|---|---|---|---|---|---|---|")
    for name in FILES:
        for key in keys:
            processor_s, clock_s, size, pages, mebibytes = apart(_made, config, name, key)
            print(
                f"| {name} | {key} | {processor_s:.1f} | {clock_s:.1f} | {size / 1e6:.1f} | {pages or '–'} | "
                f"{mebibytes:.0f} |",
                flush=True,
            )


def _made(config: Config, name: str, key: str) -> tuple[float, float, int, int, float]:
    with create_app(config).app_context():
        client, before, made = signed_in(), resident_mib(), b""

        def ask() -> None:
            nonlocal made
            made = body_of(client, f"/studies/{key}/{name}")

        took = spent(ask)
        most = most_resident_mib() - before
        return took.processor_s, took.clock_s, len(made), _pages(name, made), most


def _pages(name: str, made: bytes) -> int:
    if not name.endswith("pdf"):
        return 0
    document: Any = pypdf.PdfReader(io.BytesIO(made))
    return len(document.pages)
