"""What a questionnaire is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an instrument: a scale of whole numbers from `min` to `max` whose ends are described.

    `step` is above 1 where only some of the numbers are offered.
    """

    key: str
    text: str
    min: int
    max: int
    labels: tuple[str, str]
    step: int = 1


@dataclass(frozen=True, slots=True)
class Instrument:
    """A standard questionnaire, in English; `scoring` names the function of `usabtest.metrics` that scores it."""

    key: str
    name: str
    items: tuple[Item, ...]
    scoring: str
    source: str
    note: str = ""
