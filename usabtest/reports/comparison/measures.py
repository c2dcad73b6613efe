"""What is compared, and from which difference on it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """A measure that two sides are compared in; the names are those of the report's blocks."""

    SUCCESS = "success"
    TIME = "time_on_task"
    ERRORS = "errors"
    EASE = "seq"
    FIRST_CLICK = "first_click"
    ABANDONMENT = "abandonment"
    CLICKS = "clicks"
    LOSTNESS = "lostness"
    SUS = "sus"
    UMUX_LITE = "umux_lite"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


TASK_MEASURES = (
    *(Measure.SUCCESS, Measure.TIME, Measure.ERRORS, Measure.EASE),
    *(Measure.FIRST_CLICK, Measure.ABANDONMENT, Measure.CLICKS, Measure.LOSTNESS),
)
SCORES = (Measure.SUS, Measure.UMUX_LITE, Measure.NPS, Measure.CSAT, Measure.CES)


class Unit(StrEnum):
    """How a change is counted: shares in points of a hundred, scores in their own points, times as a ratio."""

    SHARE = "share"
    POINTS = "points"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the change of a measure is counted in, and between which limits it does not matter.

    `limits` are a difference, or for times a ratio: within them two sides are told to be alike. `widest` is the
    largest difference that can be. `more_is_better` says which direction is good; `digits` how exactly it is
    written, `each` what one of it is called.
    """

    heading: str
    unit: Unit
    limits: tuple[float, float]
    widest: float
    more_is_better: bool = True
    digits: int = 0
    each: str = "point"

    @property
    def same(self) -> float:
        """The change that is none."""
        return 1.0 if self.unit is Unit.RATIO else 0.0


# Limits of success, SUS and time are those of the design; the others are as wide on their scales. A tenth of lostness
# parts who is not lost (below 0.4) from who is (above 0.5).
KINDS: Mapping[Measure, Kind] = {
    Measure.SUCCESS: Kind(heading="Finished without help", unit=Unit.SHARE, limits=(-0.1, 0.1), widest=1),
    Measure.TIME: Kind(
        heading="Time of those who finished",
        unit=Unit.RATIO,
        limits=(0.8, 1.25),
        widest=float("inf"),
        more_is_better=False,
    ),
    Measure.ERRORS: Kind(
        heading="Ran into errors", unit=Unit.SHARE, limits=(-0.1, 0.1), widest=1, more_is_better=False
    ),
    Measure.EASE: Kind(heading="Felt easy", unit=Unit.POINTS, limits=(-0.5, 0.5), widest=6, digits=1),
    Measure.FIRST_CLICK: Kind(heading="First click in the right place", unit=Unit.SHARE, limits=(-0.1, 0.1), widest=1),
    Measure.ABANDONMENT: Kind(
        heading="Gave up or left", unit=Unit.SHARE, limits=(-0.1, 0.1), widest=1, more_is_better=False
    ),
    Measure.CLICKS: Kind(
        heading="Clicks of those who finished",
        unit=Unit.POINTS,
        limits=(-1, 1),
        widest=float("inf"),
        more_is_better=False,
        digits=1,
        each="click",
    ),
    Measure.LOSTNESS: Kind(
        heading="Lostness",
        unit=Unit.POINTS,
        limits=(-0.1, 0.1),
        widest=2**0.5,
        more_is_better=False,
        digits=2,
        each="",
    ),
    Measure.SUS: Kind(heading="How usable it felt", unit=Unit.POINTS, limits=(-5, 5), widest=100),
    Measure.UMUX_LITE: Kind(heading="UMUX-Lite", unit=Unit.POINTS, limits=(-5, 5), widest=100),
    Measure.NPS: Kind(heading="Would recommend", unit=Unit.POINTS, limits=(-10, 10), widest=200),
    Measure.CSAT: Kind(heading="Satisfied", unit=Unit.SHARE, limits=(-0.1, 0.1), widest=1),
    Measure.CES: Kind(heading="Made it easy", unit=Unit.POINTS, limits=(-0.5, 0.5), widest=6, digits=1),
}
