"""Whether two groups are the same participants."""

from collections.abc import Hashable, Mapping

from usabtest.metrics.comparison.results import Design
from usabtest.metrics.intervals import Flag


def design_of(a: Mapping[Hashable, object], b: Mapping[Hashable, object]) -> tuple[Design, tuple[Flag, ...]]:
    if a.keys() == b.keys():
        return "within", ()
    return "between", (Flag.MIXED_PARTICIPANTS,) if a.keys() & b.keys() else ()
