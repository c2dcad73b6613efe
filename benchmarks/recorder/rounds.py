"""Fair turns: every round has everyone once, in random order, and is compared with itself only."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.recorder.contestants import NOBODY, Contestant

Sample = TypeVar("Sample")


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and the median distance from it."""

    median: float
    mad: float
    count: int


def take_turns(
    contestants: Sequence[Contestant], *, rounds: int, chance: random.Random, sample: Callable[[Contestant], Sample]
) -> list[dict[str, Sample]]:
    taken: list[dict[str, Sample]] = []
    for number in range(rounds):
        order = list(contestants)
        chance.shuffle(order)
        taken.append({each.key: sample(each) for each in order})
        print(f"  round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return taken


def spread(values: Sequence[float]) -> Spread:
    middle = statistics.median(values)
    return Spread(middle, statistics.median(abs(value - middle) for value in values), len(values))


def added(taken: Sequence[Mapping[str, float]], key: str) -> Spread:
    """Return what a contestant adds to the page without a script, difference by difference."""
    return spread([each[key] - each[NOBODY.key] for each in taken])


def ratio(taken: Sequence[Mapping[str, float]], key: str, other: str) -> Spread:
    """Return what a contestant adds over what another adds, round by round."""
    pairs = [(each[key] - each[NOBODY.key], each[other] - each[NOBODY.key]) for each in taken]
    return spread([ours / theirs for ours, theirs in pairs if theirs > 0] or [float("nan")])
