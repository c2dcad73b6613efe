"""Where the marks of a chart stand: the templates only draw them.

Places are fractions, 0 to 1, of the axis' length, so that one drawing fits every width and its text is never scaled.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from usabtest.reports.figures import Limits, NpsFigures, SusFigures, TaskReport
from usabtest.reports.words import SUS_DOTS_AT_MOST, clock, nps_limits

OUTCOMES = ("success", "assisted", "partial", "failure", "gave_up", "timed_out", "abandoned")

# What a time axis may begin, end and be divided at, in seconds.
TIMES = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 28800)
# How wide a letter of an axis' words is at most, how far apart words stand, and how narrow a chart on a phone is.
_LETTER_PX = 6.5
_WORDS_APART_PX = 5.0
_NARROW_PX = 200.0
_LABELLED_FROM = 0.045
_SUS_BANDS = (("F", 0.0), ("D", 51.7), ("C", 62.7), ("B", 72.6), ("A", 78.9))
_SUS_ENDS = 100.0
_SUS_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Tick:
    place: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A dot on its interval; without the interval the dot is hollow. `rule` is a benchmark."""

    value: float
    low: float | None
    high: float | None
    ticks: tuple[float, ...]
    rule: float | None = None


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A logarithmic axis from one round time to another."""

    first_s: float
    last_s: float

    def place(self, seconds: float) -> float:
        inside = min(max(seconds, self.first_s), self.last_s)
        return math.log(inside / self.first_s) / math.log(self.last_s / self.first_s)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The times that are named below a chart, however narrow: all words stand in the middle below their lines."""
        return fitting(self._times, _NARROW_PX, ends_inside=False)

    def ticks_within(self, width_px: float) -> tuple[Tick, ...]:
        """The times that are named on an axis of that width, the first and the last inside its ends."""
        return fitting(self._times, width_px)

    @property
    def _times(self) -> tuple[Tick, ...]:
        inside = (one for one in TIMES if self.first_s < one < self.last_s)
        return tuple(Tick(self.place(one), _axis_words(one)) for one in (self.first_s, *inside, self.last_s))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked bar."""

    outcome: str
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2

    @property
    def labelled(self) -> bool:
        """Whether the count fits into it."""
        return self.width >= _LABELLED_FROM


@dataclass(frozen=True, slots=True)
class Band:
    words: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on a scale; equal ones are stacked."""

    place: float
    level: int


@dataclass(frozen=True, slots=True)
class Pile:
    """All people with one score, where a dot each would be too many; `height` is of the highest."""

    place: float
    height: float


@dataclass(frozen=True, slots=True)
class SusScale:
    """A SUS score on its norm scale; `before` is that of an earlier round, drawn below it."""

    bar: Bar
    before: Bar | None
    bands: tuple[Band, ...]
    dots: tuple[Dot, ...]
    columns: tuple[Pile, ...]
    levels: int
    ticks: tuple[Tick, ...]
    average: float


@dataclass(frozen=True, slots=True)
class Column:
    """How many people chose one point of a scale; `height` is of the highest column."""

    words: str
    count: int
    height: float


def fitting(ticks: Sequence[Tick], width_px: float, *, ends_inside: bool = True) -> tuple[Tick, ...]:
    """Both ends of an axis, and between them the words that do not run into others.

    >>> ticks = [Tick(0, "10 min"), Tick(0.3, "30 min"), Tick(0.6, "1 h"), Tick(1, "2 h")]
    >>> [tick.words for tick in fitting(ticks, 128)]
    ['10 min', '1 h', '2 h']
    """

    def span(tick: Tick) -> tuple[float, float]:
        wide = _LETTER_PX * len(tick.words)
        middle = tick.place * width_px
        if ends_inside and tick.place in {0, 1}:
            return (0, wide) if tick.place == 0 else (width_px - wide, width_px)
        return middle - wide / 2, middle + wide / 2

    first, *between, last = ticks
    kept, end = [first], span(last)[0]
    for tick in between:
        left, right = span(tick)
        if left >= span(kept[-1])[1] + _WORDS_APART_PX and right + _WORDS_APART_PX <= end:
            kept.append(tick)
    return (*kept, last)


def rate_bar(rate: float | None, ci: Limits, *, benchmark: float | None = None) -> Bar | None:
    """A share on the whole of 0 to 100 %."""
    if rate is None:
        return None
    low, high = ci or (None, None)
    return Bar(rate, low, high, (0, 0.25, 0.5, 0.75, 1), benchmark)


def scale_bar(mean: float | None, ci: Limits, *, low: float, high: float, benchmark: float | None = None) -> Bar | None:
    """A mean on the scale that the answers were given on."""
    if mean is None:
        return None

    def place(value: float) -> float:
        return (value - low) / (high - low)

    points = round(high - low)
    ticks = tuple(tick / points for tick in range(points + 1)) if points <= 10 else (0, 0.5, 1)
    low_end, high_end = (place(ci[0]), place(ci[1])) if ci else (None, None)
    return Bar(place(mean), low_end, high_end, ticks, None if benchmark is None else place(benchmark))


def nps_bar(nps: NpsFigures) -> Bar | None:
    """A net score from -100 to 100, with a rule at 0; of too few answers without its interval."""
    if nps.score is None:
        return None
    low, high = None, None
    if limits := nps_limits(nps):
        low, high = (limits[0] + 100) / 200, (limits[1] + 100) / 200
    return Bar((nps.score + 100) / 200, low, high, (0, 1), 0.5)


def time_axis(times_s: Iterable[float]) -> TimeAxis:
    """The axis that all these times fit on.

    >>> time_axis([21.0, 143.0, 290.0])
    TimeAxis(first_s=10, last_s=300)
    """
    known = [time_s for time_s in times_s if time_s > 0]
    if not known:
        return TimeAxis(10, 300)
    first = max((one for one in TIMES if one <= min(known)), default=TIMES[0])
    last = min((one for one in TIMES if one >= max(known)), default=TIMES[-1])
    if last <= first:
        place = min(TIMES.index(first), len(TIMES) - 2)
        return TimeAxis(TIMES[place], TIMES[place + 1])
    return TimeAxis(first, last)


def finished_s(task: TaskReport) -> list[float]:
    """The times of the attempts that succeeded."""
    seen = task.seen
    found: list[float] = np.sort(seen.time_s[seen.timed & seen.successes]).tolist()
    return found


def outcome_parts(outcomes: Mapping[str, int]) -> tuple[Part, ...]:
    """The pieces of the stacked bar, in their fixed order."""
    n = sum(outcomes.get(outcome, 0) for outcome in OUTCOMES)
    parts: list[Part] = []
    start = 0.0
    for outcome in OUTCOMES:
        count = outcomes.get(outcome, 0)
        if count:
            parts.append(Part(outcome, count, start, count / n))
            start += count / n
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class SusAxis:
    """The norm scale of SUS: from 20, or from 0 if a score or its interval is below."""

    first: float

    def place(self, score: float) -> float:
        return (score - self.first) / (_SUS_ENDS - self.first)

    @property
    def bands(self) -> tuple[Band, ...]:
        starts = [max(self.first, start) for _, start in _SUS_BANDS]
        ends = [*starts[1:], _SUS_ENDS]
        return tuple(
            Band(name, self.place(start), self.place(end) - self.place(start))
            for (name, _), start, end in zip(_SUS_BANDS, starts, ends, strict=True)
        )

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.place(score), str(score)) for score in range(int(self.first), 101, 20))


def sus_axis(lowest: float) -> SusAxis:
    return SusAxis(20.0 if lowest >= 20 else 0.0)


def sus_scale(sus: SusFigures, before: SusFigures | None = None) -> SusScale | None:
    """A SUS score on its norm scale, perhaps with that of an earlier round below it."""
    if sus.mean is None:
        return None
    earlier = () if before is None or before.mean is None else (before.mean, *(before.ci or ()))
    axis = sus_axis(min(*sus.scores, *(sus.ci or ()), *earlier, _SUS_ENDS))
    counts = Counter(sus.scores)
    few = sus.n <= SUS_DOTS_AT_MOST
    dots = (Dot(axis.place(score), level) for score, count in counts.items() for level in range(count))
    most = max(counts.values(), default=0)
    return SusScale(
        bar=_sus_bar(sus.mean, sus.ci, axis),
        before=_sus_bar(before.mean, before.ci, axis) if before and before.mean is not None else None,
        bands=axis.bands,
        dots=tuple(dots) if few else (),
        columns=() if few else tuple(Pile(axis.place(score), count / most) for score, count in counts.items()),
        levels=most if few else _SUS_LEVELS,
        ticks=axis.ticks,
        average=axis.place(68),
    )


def _sus_bar(mean: float, ci: Limits, axis: SusAxis) -> Bar:
    low, high = (axis.place(ci[0]), axis.place(ci[1])) if ci else (None, None)
    return Bar(axis.place(mean), low, high, (), axis.place(68))


def columns(counts: Mapping[str, int]) -> tuple[Column, ...]:
    """How often each point of a scale was chosen."""
    highest = max(counts.values(), default=0) or 1
    return tuple(Column(words, count, count / highest) for words, count in counts.items())


def ease_counts(task: TaskReport) -> dict[str, int]:
    """How many people gave each point of the Single Ease Question."""
    counts = np.bincount(task.seen.ease_given.astype(np.int64), minlength=8).tolist()
    return {str(point): counts[point] for point in range(1, 8)}


def clock_ticks(length_s: float) -> tuple[Tick, ...]:
    """Round moments of a timeline that is so many seconds long."""
    for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600):
        if length_s / step <= 6:
            break
    return tuple(Tick(at / length_s, clock(at)) for at in range(0, int(length_s) + 1, step))


def _axis_words(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min"
    return f"{seconds // 3600:.0f} h"
