"""What comparisons come back as: a difference with its interval, and what a test says."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from usabtest.metrics.intervals import Flag, Interval

Design: TypeAlias = Literal["between", "within"]
Scale: TypeAlias = Literal["raw", "log"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Significance:
    """What a test says: `p_value`, two-sided unless the test says otherwise, and what it was computed from.

    "No difference shown" is all that a large p says; it never says "equal".
    """

    p_value: float | None
    statistic: float | None
    df: float | None
    n: int
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionDifference:
    """Difference of two shares, A minus B, from -1 to 1."""

    value: float | None
    n: int
    interval: Interval | None
    confidence: float
    method: str
    reason: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanComparison:
    """Two groups of values: their difference (raw) or ratio (log), its interval and the test.

    `effect_size` is Cohen's d on the scale of the comparison; `effect_sd` says which SD it is measured in.
    """

    value: float | None
    n: int
    n_a: int
    n_b: int
    interval: Interval | None
    confidence: float
    method: str
    design: Design
    scale: Scale
    t: float | None
    df: float | None
    p_value: float | None
    effect_size: float | None
    effect_sd: Literal["pooled", "differences"]
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RateComparison:
    """Two completion rates: their difference with its interval, and the test that fits the design."""

    difference: ProportionDifference
    test: Significance
    design: Design
    rate_a: float | None
    rate_b: float | None
    cohen_h: float | None
    flags: tuple[Flag, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSize:
    """Standardised difference of two means: Cohen's d in `value`, and Hedges' g, corrected for small samples."""

    value: float | None
    g: float | None
    n: int
    method: str
    reason: str | None = None
