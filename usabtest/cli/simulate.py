"""usabtest simulate: synthetic participants for a study."""

from __future__ import annotations

import os
import secrets
import sys
from collections import Counter

import click

from usabtest.cli.opened import tell
from usabtest.simulation.crowd import crowd

DEFAULT_BASE = "http://127.0.0.1:8000"


@click.command()
@click.argument("key")
@click.option("--participants", required=True, type=click.IntRange(1, 10_000), help="How many are to take part.")
@click.option("--seed", type=int, help="The same seed plays the same participants; by chance, if left out.")
@click.option(
    "--base",
    metavar="URL",
    help=f"Where usabtest runs; USABTEST_PUBLIC_URL, if left out, else {DEFAULT_BASE}.",
)
def simulate(key: str, participants: int, seed: int | None, base: str | None) -> None:
    """Play synthetic participants of the study KEY on a running server, through the addresses that browsers use.

    They make up what they do: use a study of your own for trying things out, not one that real people take part in.
    """
    base = (base or os.environ.get("USABTEST_PUBLIC_URL") or DEFAULT_BASE).rstrip("/")
    seed = secrets.randbelow(2**31) if seed is None else seed
    with click.progressbar(
        crowd(base, key, participants, seed=seed),
        length=participants,
        label="Participants",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as played:
        kinds = Counter("screened out" if not one.admitted else one.persona for one in played)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    tell(f"{participants} took part ({told}). Seed {seed} plays the same ones again.")
