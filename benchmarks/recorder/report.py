"""A part's outcome: tables for people, the same figures for programs, and the promises that they keep or break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Promise:
    """A line below which a release should not go."""

    what: str
    value: float
    most: float

    @property
    def kept(self) -> bool:
        return self.value <= self.most


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    part: str
    tables: Sequence[Table]
    promises: Sequence[Promise]
    figures: dict[str, Any] = field(default_factory=dict)


def markdown(outcome: Outcome) -> str:
    return "\n\n".join([*map(_table, outcome.tables), *([_promises(outcome.promises)] if outcome.promises else [])])


def _table(table: Table) -> str:
    line = "| " + " | ".join(["---", *["---:"] * (len(table.head) - 1)]) + " |"
    rows = [f"| {' | '.join(row)} |" for row in [table.head, *table.rows]]
    return "\n".join([f"### {table.title}", "", rows[0], line, *rows[1:]])


def _promises(promises: Sequence[Promise]) -> str:
    rows = [
        f"| {each.what} | {each.value:.3g} | {each.most:g} | {'yes' if each.kept else '**no**'} |" for each in promises
    ]
    return "\n".join(["| must | measured | at most | kept |", "| --- | ---: | ---: | --- |", *rows])
