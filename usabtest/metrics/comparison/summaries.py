"""Values as what t tests need of them: mean, spread and count."""

import math
from dataclasses import dataclass

import numpy as np

from usabtest.metrics.comparison.results import Scale
from usabtest.metrics.intervals import Floats, Values, split_missing

NO_SPREAD = "no spread, t is undefined"


@dataclass(frozen=True, slots=True)
class Summary:
    mean: float
    sd: float | None
    n: int


def summary_of(values: Floats) -> Summary:
    if values.size == 0:
        return Summary(math.nan, None, 0)
    # Logarithms of equal ratios differ in their last digit, which is no spread.
    if np.ptp(values) <= 8 * np.finfo(np.float64).eps * np.abs(values).max():
        return Summary(float(values[0]), 0.0 if values.size > 1 else None, values.size)
    return Summary(float(values.mean()), float(values.std(ddof=1)), values.size)


def on_scale(name: str, values: Values, scale: Scale) -> tuple[Floats, int]:
    present, missing = split_missing(name, values)
    if scale == "raw":
        return present, missing
    valid = present[present > 0]
    return np.log(valid), missing + present.size - valid.size


def pooled_d(a: Summary, b: Summary) -> float | None:
    if a.sd is None or b.sd is None or a.n < 2 or b.n < 2:
        return None
    pooled = math.sqrt(((a.n - 1) * a.sd**2 + (b.n - 1) * b.sd**2) / (a.n + b.n - 2))
    return (a.mean - b.mean) / pooled if pooled else None
