"""A comparison as one tree of values: two sides, what each came to, and the changes between them.

The change is always the later side less the earlier one (times: divided by it), or the study less the benchmark.
Shares are fractions 0 to 1, times seconds. What could not be computed is None, and `reason` says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from usabtest.reports.comparison.measures import Measure
from usabtest.reports.comparison.verdict import Verdict
from usabtest.reports.figures import Limits
from usabtest.studyfile.comparability import Comparability


class Among(StrEnum):
    """What is compared."""

    ROUNDS = "rounds"
    STUDIES = "studies"
    SEGMENTS = "segments"
    BENCHMARKS = "benchmarks"


class People(StrEnum):
    """Whether the same people took part on both sides, matched by what they are called outside.

    All but the same ones are analysed as different people.
    """

    DIFFERENT = "different"
    SAME = "same"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared; `name` is short (Round 1), `title` the whole title of its study."""

    name: str
    title: str
    key: str
    people: int
    filters: Mapping[str, str | list[str]]
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one side came to; `count` of `n` where it is a share. `suppressed`: too few people to be shown apart."""

    n: int
    value: float | None
    ci: Limits
    count: int | None = None
    reason: str | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect size by its name, and what it is measured in."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The test behind a change; `p_adjusted` is after Holm for all tests of the comparison.

    Against a benchmark, `beaten` is the one-sided p of having beaten it, and `beaten_exact` that of the exact test.
    """

    method: str
    statistic: float | None
    df: float | None
    p: float | None
    p_adjusted: float | None = None
    beaten: float | None = None
    beaten_exact: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference (times: a ratio) with its interval, its test, and the verdict on both.

    `pairs_lost` counts people without a figure on both sides, where pairs are compared.
    """

    value: float | None
    ci: Limits
    test: Evidence
    effects: tuple[Effect, ...]
    pairs_lost: int
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One measure of a task, or of the whole test, on both sides.

    `before` is None where the other side is a benchmark. Without a change, `not_compared` says why none is drawn.
    """

    measure: Measure
    task_key: str | None
    title: str
    before: Figure | None
    after: Figure
    benchmark: float | None
    change: Change | None
    not_compared: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two reports side by side, or one against benchmarks.

    `exploratory`: the groups were not named before the test. `common` counts the people who took part on both sides.
    `differing` is None where one study is compared with itself or with benchmarks.
    """

    generated_at: dt.datetime
    among: Among
    before: Side | None
    after: Side
    people: People
    common: int
    differing: Comparability | None
    exploratory: bool
    confidence: float
    scores: tuple[Compared, ...]
    tasks: tuple[Compared, ...]

    @property
    def family(self) -> int:
        """How many tests were made, and corrected for together."""
        return sum(1 for one in self if one.change is not None and one.change.test.p is not None)

    def of(self, measure: Measure) -> tuple[Compared, ...]:
        """What was compared in this measure, in the order of the tasks."""
        return tuple(one for one in self if one.measure is measure)

    def __iter__(self) -> Iterator[Compared]:
        return iter((*self.scores, *self.tasks))

    @property
    def nothing(self) -> bool:
        """Whether no change could be computed at all."""
        return not any(one.change is not None and one.change.value is not None for one in self)
