"""The same seed gives the same people, and a dozen is always mixed alike."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

from usabtest.simulation.persona import personas


def names(seed: int, count: int = 24) -> list[str]:
    return [persona.name for persona in islice(personas(Random(seed)), count)]


def test_it_works() -> None:
    assert names(1) == names(1)
    assert names(1) != names(2)


def test_every_dozen_holds_every_kind() -> None:
    assert Counter(names(3)[:12]) == Counter(names(3)[12:]) == Counter(names(4)[:12])
    assert len(set(names(3, 12))) == 5
