"""Many synthetic participants, one after the other, always the same ones for the same seed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from usabtest.simulation.browser import Browser, ScreenedOutError
from usabtest.simulation.persona import device_of, personas
from usabtest.simulation.play import Participant
from usabtest.simulation.script import TaskScript

LONGEST_SESSION_S = 45 * 60


@dataclass(frozen=True, slots=True)
class Played:
    """Who took part, and whether the study wanted them."""

    persona: str
    admitted: bool


def crowd(
    base: str, key: str, count: int, *, seed: int, scripts: Mapping[str, TaskScript] | None = None, past_s: float = 0
) -> Iterator[Played]:
    """Play `count` participants of a study on the server at `base`, and tell of each as they are through.

    Their clocks are behind ours by an hour or so, and by up to `past_s` more: all that they do has happened.
    """
    rng = Random(seed)  # noqa: S311 - the same participants for the same seed is what is wanted
    kinds = personas(rng)
    for place in range(count):
        persona, device = next(kinds), device_of(rng)
        behind_s = LONGEST_SESSION_S + past_s * (count - place) / count
        with Browser(base, device, rng) as browser:
            try:
                browser.begin(key)
            except ScreenedOutError:
                yield Played(persona.name, admitted=False)
                continue
            participant = Participant(browser, persona, device, rng, round((time.time() - behind_s) * 1000))
            participant.play(scripts or {})
        yield Played(persona.name, admitted=True)
