"""Kinds of people: how able, how quick, how patient, and with what in their hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Persona:
    """A kind of participant; shares run from 0 to 1.

    `skill` is the share of easy tasks that they finish, `pace` how much longer than average they take, `wander` the
    share of steps at which they go astray, `patience` the share of failures that are not given up, `care` the share of
    false ends that they notice, and `leaves` the share of tasks in which they close the browser.
    """

    name: str
    skill: float
    pace: float
    wander: float
    patience: float
    care: float
    leaves: float = 0.0


STEADY = Persona("steady", skill=0.98, pace=1.0, wander=0.1, patience=0.6, care=0.7)
HASTY = Persona("hasty", skill=0.85, pace=0.6, wander=0.2, patience=0.5, care=0.2)
LOST = Persona("lost", skill=0.7, pace=1.6, wander=0.45, patience=0.15, care=0.6)
SLOW = Persona("slow", skill=0.8, pace=3.0, wander=0.25, patience=1.0, care=0.9)
FLEETING = Persona("fleeting", skill=0.85, pace=0.9, wander=0.25, patience=0.4, care=0.5, leaves=0.25)

# A dozen as they come; shuffled, so that a small number of participants is mixed as well.
_DOZEN = (STEADY,) * 6 + (HASTY,) * 2 + (LOST,) * 2 + (SLOW, FLEETING)


def personas(rng: Random) -> Iterator[Persona]:
    """Give people without end, each dozen of them in the same mixture."""
    while True:
        dozen = list(_DOZEN)
        rng.shuffle(dozen)
        yield from dozen


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser tells of itself: its name, its viewport in CSS pixels, and its language."""

    user_agent: str
    width: int
    height: int
    language: str
    pointer: str = "m"


DEVICES = (
    Device(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/131.0.0.0 Safari/537.36",
        1536,
        730,
        "en-GB",
    ),
    Device("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", 1920, 947, "en-US"),
    Device(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.1 Safari/605.1.15",
        1440,
        790,
        "en-GB",
    ),
)


def device_of(rng: Random) -> Device:
    return rng.choice(DEVICES)
