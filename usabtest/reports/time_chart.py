"""Every attempt of a task over time: where each mark stands, and what takes their place when they are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from usabtest.metrics import Outcome
from usabtest.reports import words
from usabtest.reports.charts import OUTCOMES, Tick, TimeAxis, finished_s, time_axis
from usabtest.reports.figures import TaskReport
from usabtest.reports.seen import AttemptView

DOTS_AT_MOST = 400
SMALL_DOTS_AT_MOST = 60
GLYPHS_AT_MOST = 60
BINS = 60
_APART = 0.018
_GLYPHS_APART = 0.03
_DOT_PX, _DOTS_PX = 11.0, 150.0
# Stacks of smaller dots are columns that cannot be counted.
_SMALLEST_DOT_PX = 5.0
_GLYPH_PX = 19.0
_GLYPH_ROWS_AT_MOST = 5
_LANE_PX = 30.0
_SWARM_AT_MOST = 4
_COLUMN_PX = 120.0


@dataclass(frozen=True, slots=True)
class Column:
    """So many attempts of about that time; `height` is of the highest column beside it."""

    start: float
    width: float
    count: int
    height: float

    @property
    def middle(self) -> float:
        return self.start + self.width / 2


@dataclass(frozen=True, slots=True)
class Times:
    """Times of those who finished, small: dots, or columns where dots are too many; their centre on its interval."""

    dots: tuple[float, ...]
    columns: tuple[Column, ...]
    centre: float | None
    low: float | None
    high: float | None
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One attempt: its place over time, and how far above the others (or below) so that none hides another."""

    place: float
    outcome: str
    down_px: float
    odd: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The attempts of one outcome, as columns."""

    outcome: str
    count: int
    top_px: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Lengths down are pixels: the finished stand on `floor_px`, the rest hang below `rest_px`."""

    dots: tuple[Mark, ...]
    columns: tuple[Column, ...]
    dot_px: float
    centre: float | None
    centre_words: str
    low: float | None
    high: float | None
    ticks: tuple[Tick, ...]
    floor_px: float
    rest_px: float
    rest: tuple[Mark, ...]
    rest_count: int
    lanes: tuple[Lane, ...]
    height_px: float

    @property
    def column_px(self) -> float:
        return _COLUMN_PX

    @property
    def lane_px(self) -> float:
        return _LANE_PX


def times_of(task: TaskReport, axis: TimeAxis) -> Times:
    """The times of those who finished a task, on an axis that it shares."""
    time, finished = task.time_on_task, finished_s(task)
    typical = words.centre(time)
    low, high = (axis.place(time.ci[0]), axis.place(time.ci[1])) if time.ci else (None, None)
    places = [axis.place(time_s) for time_s in finished]
    few = len(places) <= SMALL_DOTS_AT_MOST
    return Times(
        dots=tuple(places) if few else (),
        columns=() if few else _columns_of(places),
        centre=None if typical is None else axis.place(typical),
        low=low,
        high=high,
        ticks=axis.ticks,
    )


def time_chart(task: TaskReport, odd: frozenset[str] = frozenset()) -> TimeChart:
    """Every attempt over time, the successful above, the others below; `odd` are the ids of those that look wrong."""
    timed = sorted((one for one in task.counted if one.time_s), key=_seconds)
    finished = [one for one in timed if one.row.outcome == Outcome.SUCCESS]
    rest = [one for one in timed if one.row.outcome != Outcome.SUCCESS]
    time = task.time_on_task
    axis = time_axis([*map(_seconds, timed), *(time.ci or ())])
    finished_at = [axis.place(_seconds(one)) for one in finished]
    many = len(finished) > DOTS_AT_MOST
    places, levels = ([], []) if many else _stacked(finished_at)
    step = min(_DOT_PX, _DOTS_PX / (1 + max(levels, default=0)))
    many = many or step < _SMALLEST_DOT_PX
    floor = 30 + (_COLUMN_PX if many else max(34.0, step * (1 + max(levels, default=0)) + 8))
    marks, lanes, rest_px = _rest(rest, axis, odd)
    typical = words.centre(time)
    return TimeChart(
        dots=()
        if many
        else tuple(
            Mark(place, "success", floor - 8 - step * (level + 0.5), one.row.id in odd)
            for one, place, level in zip(finished, places, levels, strict=True)
        ),
        columns=_columns_of(finished_at) if many else (),
        dot_px=min(5.0, step / 2),
        centre=None if typical is None else axis.place(typical),
        centre_words="" if typical is None else words.duration(typical),
        low=axis.place(time.ci[0]) if time.ci else None,
        high=axis.place(time.ci[1]) if time.ci else None,
        ticks=axis.ticks,
        floor_px=floor,
        rest_px=floor + 14,
        rest=marks,
        rest_count=len(rest),
        lanes=lanes,
        height_px=floor + 14 + rest_px,
    )


def _rest(
    rest: Sequence[AttemptView], axis: TimeAxis, odd: frozenset[str]
) -> tuple[tuple[Mark, ...], tuple[Lane, ...], float]:
    """The attempts without success: a glyph each, or a lane for each outcome; and how high that is."""
    few = len(rest) <= GLYPHS_AT_MOST
    levels = _levels([axis.place(_seconds(one)) for one in rest], apart=_GLYPHS_APART) if few else []
    if few and max(levels, default=0) < _GLYPH_ROWS_AT_MOST:
        marks = tuple(
            Mark(axis.place(_seconds(one)), str(one.row.outcome), _GLYPH_PX * level, one.row.id in odd)
            for one, level in zip(rest, levels, strict=True)
        )
        return marks, (), _GLYPH_PX * (1 + max(levels)) if rest else 0.0
    of_outcome = {outcome: [one for one in rest if one.row.outcome == outcome] for outcome in OUTCOMES}
    seen = {outcome: attempts for outcome, attempts in of_outcome.items() if attempts}
    places = {outcome: [axis.place(_seconds(one)) for one in attempts] for outcome, attempts in seen.items()}
    highest = max(max(Counter(map(_part, found)).values()) for found in places.values())
    lanes = tuple(
        Lane(outcome, len(found), place * _LANE_PX, _columns_of(found, highest))
        for place, (outcome, found) in enumerate(places.items())
    )
    return (), lanes, _LANE_PX * len(lanes)


def _seconds(one: AttemptView) -> float:
    return one.time_s or 0.0


def _levels(places: Iterable[float], *, apart: float) -> list[int]:
    """For marks from left to right the lowest level on which none is nearer than `apart`.

    >>> _levels([0.1, 0.11, 0.5, 0.505, 0.51], apart=0.02)
    [0, 1, 0, 1, 2]
    """
    last: list[float] = []
    levels = []
    for place in places:
        level = next((level for level, before in enumerate(last) if place - before >= apart), len(last))
        last[level : level + 1] = [place]
        levels.append(level)
    return levels


def _stacked(places: list[float]) -> tuple[list[float], list[int]]:
    """Dots that hide none: at their own place while few would, else stacked in equal parts of the axis."""
    levels = _levels(places, apart=_APART)
    if max(levels, default=0) <= _SWARM_AT_MOST:
        return places, levels
    parts = [_part(place) for place in places]
    seen: Counter[int] = Counter()
    levels = []
    for part in parts:
        levels.append(seen[part])
        seen[part] += 1
    return [(part + 0.5) / BINS for part in parts], levels


def _part(place: float) -> int:
    return min(BINS - 1, int(place * BINS))


def _columns_of(places: Iterable[float], highest: int = 0) -> tuple[Column, ...]:
    """How many stand where, in equal parts of the axis; the highest column is as high as can be, if nothing is said."""
    counts: Mapping[int, int] = Counter(map(_part, places))
    highest = highest or max(counts.values(), default=1)
    return tuple(Column(part / BINS, 1 / BINS, n, n / highest) for part, n in sorted(counts.items()))
