"""The page of one participant: their attempts, and what happened in one of them, moment by moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from usabtest.collection.queries import Completeness
from usabtest.events.types import (
    Activation,
    Click,
    CriterionMet,
    Custom,
    Done,
    Event,
    GaveUp,
    Left,
    PageLoad,
    PageView,
    ProblemReported,
    TaskStarted,
    TimeUp,
)
from usabtest.measurement.fold import AttemptMeasures
from usabtest.measurement.queries import AttemptRow
from usabtest.reports import charts
from usabtest.reports.criteria_words import in_words
from usabtest.reports.moments import moment_anchor
from usabtest.reports.pages import page_name, without_site
from usabtest.reports.task_errors import ERROR_WORDS
from usabtest.reports.words import OUTCOME_NAMES, clock, duration, named, number, plural
from usabtest.studyfile.match import path_matches
from usabtest.studyfile.types import TaskSpec

EVENTS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What is known of one participant: their attempts, all their events, their ratings of ease, by attempt."""

    code: str
    pilot: bool
    excluded_reason: str | None
    status: str
    about: tuple[str, ...]
    problem: str | None
    completeness: Completeness
    tasks: tuple[TaskSpec, ...]
    attempts: tuple[AttemptRow, ...]
    events: tuple[Event, ...]
    ease: Mapping[int, int]
    judges: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class AttemptCard:
    number: int
    title: str
    outcome: str | None
    words: str
    current: bool


# About how wide the drawing is on a desktop, and a letter in it.
DRAWING_PX = 950
LETTER_PX = 6.5


@dataclass(frozen=True, slots=True)
class PageStretch:
    words: str
    start: float
    width: float
    off_path: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in the drawing: where it stands, and the name of its row in the list."""

    place: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One attempt drawn: what stands where from its start (0) to its end (1)."""

    pages: tuple[PageStretch, ...]
    clicks: tuple[float, ...]
    bursts: tuple[float, ...]
    errors: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    ticks: tuple[charts.Tick, ...]
    end: float
    end_words: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the list: when, what kind of mark, what, where; `notable` rows are those to read.

    `anchor` is its name in addresses, made of its moment alone, so that what knows when something was can lead to it.
    `place` is where it stands in the drawing.
    """

    at_s: float
    mark: str
    what: str
    where: str
    notable: bool
    anchor: str = ""
    place: float = 0.0

    @property
    def clock(self) -> str:
        return clock(max(0.0, self.at_s))


@dataclass(frozen=True, slots=True)
class Witness:
    """What one of the three says: in a word, and why."""

    who: str
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class AttemptShown:
    id: str
    number: int
    heading: str
    outcome: str | None
    contradiction: str
    witnesses: tuple[Witness, ...]
    figures: tuple[tuple[str, str], ...]
    timeline: Timeline | None
    happenings: tuple[Happening, ...]
    happenings_in_all: int
    judged: str | None
    judged_reason: str


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Everything that the page shows of a participant."""

    record: PersonRecord
    about: str
    cards: tuple[AttemptCard, ...]
    attempt: AttemptShown | None
    everything: bool


def person_shown(
    record: PersonRecord, *, number: int | None = None, task_key: str = "", everything: bool = False
) -> PersonShown:
    """Make the page's content, with one attempt opened: of that number or task, else the first that did not succeed."""
    chosen = _chosen(record.attempts, number, task_key)
    complete = record.completeness
    arrived = f"{complete.events_received:,} of {complete.events_received + complete.events_missing:,} events arrived"
    return PersonShown(
        record=record,
        about=" · ".join((*record.about, *([arrived] if complete.events_received else ()))),
        cards=tuple(_card(record, one, current=one is chosen) for one in record.attempts),
        attempt=_attempt(record, chosen, everything=everything) if chosen else None,
        everything=everything,
    )


def _chosen(attempts: Sequence[AttemptRow], number: int | None, task_key: str) -> AttemptRow | None:
    asked = next((one for one in attempts if one.number == number or one.task_key == task_key), None)
    failed = next((one for one in attempts if one.outcome not in (None, "success")), None)
    return asked or failed or next(iter(attempts), None)


def _task(record: PersonRecord, row: AttemptRow) -> TaskSpec:
    return next(task for task in record.tasks if task.key == row.task_key)


def _card(record: PersonRecord, row: AttemptRow, *, current: bool) -> AttemptCard:
    time = duration(row.measures.time_on_task_s) if row.measures else "" if row.outcome else "at it now"
    return AttemptCard(row.number, _task(record, row).title, row.outcome, time, current)


def _attempt(record: PersonRecord, row: AttemptRow, *, everything: bool) -> AttemptShown:
    task = _task(record, row)
    length_s = _length_s(row)
    happenings = tuple(_placed(sorted(_happenings(record, row), key=lambda one: one.at_s), length_s))
    shown = happenings if everything else tuple(one for one in happenings if one.notable or one.mark == "page")
    length = f", {duration(row.measures.time_on_task_s)}" if row.measures else ""
    return AttemptShown(
        id=row.id,
        number=row.number,
        heading=f"Task {row.position}: {task.title}{length}",
        outcome=row.outcome,
        contradiction=_contradiction(row),
        witnesses=tuple(_witnesses(record, row, task)),
        figures=tuple(_figures(row.measures)) if row.measures else (),
        timeline=_timeline(row, task, happenings, length_s),
        happenings=shown[:EVENTS_AT_MOST],
        happenings_in_all=len(happenings),
        judged=row.judged,
        judged_reason=row.judged_reason or "",
    )


def _length_s(row: AttemptRow) -> float:
    """How much time the drawing spans: the attempt, and a little room behind its end."""
    end_s = (row.ended_ms - row.started_ms) / 1000 if row.ended_ms is not None else 0.0
    return max(end_s, 0.1) * 1.04


def _placed(happenings: Iterable[Happening], length_s: float) -> Iterator[Happening]:
    """Give each its place in the drawing and its name; of several at one moment the first has the plain one."""
    seen: Counter[str] = Counter()
    for one in happenings:
        name = moment_anchor(one.at_s)
        seen[name] += 1
        anchor = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield replace(one, anchor=anchor, place=_place(one.at_s, length_s))


def _place(at_s: float, length_s: float) -> float:
    return min(max(at_s / length_s, 0.0), 1.0)


def _contradiction(row: AttemptRow) -> str:
    """What the participant believed against what the criteria found, if the two differ."""
    if row.outcome is None:
        return ""
    if row.said == "done" and row.rule != "success":
        return "Thinks it is done, but it is not."
    if row.rule == "success" and row.said != "done":
        return "Was done without noticing."
    return ""


_SAID = {"done": "Done", "gave_up": "Gave up"}
_RULE = {"success": "Success", "failure": "Failure"}
_HOW = {
    "left": "left the test",
    "abandoned": "did nothing for too long",
    "timed_out": "ran out of time",
    "auto": "ended by itself",
    "skipped": "was passed over",
}


def _witnesses(record: PersonRecord, row: AttemptRow, task: TaskSpec) -> Iterator[Witness]:
    yield Witness("The criteria", _RULE.get(row.rule or "", "Nothing met"), _met(row, task))
    pressed = {"done": "pressed “I’m done”", "gave_up": "pressed “I give up”"}.get(row.said or "", "")
    said = pressed or _HOW.get(row.ended_how or "", "")
    ease = record.ease.get(row.number)
    rated = f"found it {_ease_word(ease)}, {ease} of 7" if ease is not None else ""
    word = _SAID.get(row.said or "", "Said nothing" if row.outcome else "At it now")
    yield Witness("Participant", word, "; ".join(one for one in (said, rated) if one))
    if row.judged is None:
        yield Witness("Moderator", "Not judged", "")
    else:
        by = record.judges.get(row.judged_by or 0, "")
        why = f"{row.judged_reason} ({by})" if by else row.judged_reason or ""
        yield Witness("Moderator", OUTCOME_NAMES[row.judged], why)


def _ease_word(ease: int) -> str:
    return "difficult" if ease <= 3 else "easy" if ease >= 5 else "neither hard nor easy"


def _met(row: AttemptRow, task: TaskSpec) -> str:
    if row.met_side is None:
        return ""
    criteria = task.success if row.met_side == "success" else task.failure
    if row.met_index is None or row.met_index >= len(criteria):
        return "the participant’s word counts" if task.self_reported else "the site said so"
    return in_words(criteria[row.met_index])


def _figures(measures: AttemptMeasures) -> Iterator[tuple[str, str]]:
    yield "Time on task", duration(measures.time_on_task_s)
    if measures.reached_s is not None:
        yield "Goal reached after", duration(measures.reached_s)
    if measures.hidden_s >= 1:
        yield "Of it in another tab or window", duration(measures.hidden_s)
    yield "Clicks", str(measures.clicks)
    if measures.activations:
        yield "Pressed by keyboard", str(measures.activations)
    yield "Page views", str(measures.page_views)
    if measures.lostness is not None:
        yield "Lostness", f"{number(measures.lostness, 2)} (below 0.4 is not lost)"
    if measures.clock_jump:
        yield "The clock was set meanwhile", "times are doubtful"
    if measures.idle:
        yield "Nothing was put in for over a minute", "perhaps they were elsewhere"


def _happenings(record: PersonRecord, row: AttemptRow) -> Iterator[Happening]:
    """Every mark of the drawing, and every step."""
    last_ms = row.ended_ms if row.ended_ms is not None else max((one.at_ms for one in record.events), default=0)
    measures = row.measures
    if measures is not None:
        for each in (*measures.errors, *measures.signals):
            page = page_name(each.page)
            where = f"{without_site(each.what, each.page)} · {page}" if each.what != each.page else page
            yield Happening(each.at_s, "error", ERROR_WORDS[each.kind], where, notable=True)
    loads = {(one.stream, one.page): one.payload.load for one in record.events if isinstance(one.payload, PageLoad)}
    for event in record.events:
        if row.started_ms <= event.at_ms <= last_ms:
            at_s = (event.at_ms - row.started_ms) / 1000
            yield from _happening(event, at_s, loads)


def _happening(event: Event, at_s: float, loads: Mapping[tuple[str, str], float | None]) -> Iterator[Happening]:
    page = page_name(event.page)
    match event.payload:
        case TaskStarted():
            yield Happening(at_s, "step", "Pressed “Start task”", page, notable=True)
        case PageView():
            load = loads.get((event.stream, event.page))
            speed = f" · loaded in {number(load / 1000, 2)} s" if load else ""
            yield Happening(at_s, "page", page, f"{_VIEW_WORDS[event.payload.how]}{speed}", notable=False)
        case Click() if event.payload.counts:
            yield Happening(at_s, "click", "Click", f"{event.payload.selector} · {page}", notable=False)
        case Activation() if event.payload.counts:
            yield Happening(at_s, "click", "Key press", f"{event.payload.selector} · {page}", notable=False)
        case CriterionMet():
            side = event.payload.side
            yield Happening(at_s, "step", f"A criterion of {side} was met", page, notable=True)
        case Done():
            yield Happening(at_s, "step", "Pressed “I’m done”", page, notable=True)
        case GaveUp():
            yield Happening(at_s, "step", "Pressed “I give up”", page, notable=True)
        case TimeUp():
            yield Happening(at_s, "step", "Time was up", page, notable=True)
        case Left():
            yield Happening(at_s, "step", "Left the test", page, notable=True)
        case ProblemReported():
            yield Happening(at_s, "note", named(event.payload.text), "reported a problem", notable=True)
        case Custom():
            yield Happening(at_s, "site", f"The site said {named(event.payload.name)}", page, notable=False)


_VIEW_WORDS = {
    "load": "opened",
    "reload": "loaded again",
    "history": "by back or forward",
    "bfcache": "by back or forward",
    "route": "opened without a load",
}


def _timeline(row: AttemptRow, task: TaskSpec, happenings: Sequence[Happening], length_s: float) -> Timeline | None:
    measures = row.measures
    if measures is None or row.ended_ms is None:
        return None
    end_s = (row.ended_ms - row.started_ms) / 1000
    return Timeline(
        pages=tuple(_stretches(measures, task, end_s, length_s)),
        clicks=tuple(one.place for one in happenings if one.mark == "click"),
        bursts=tuple(_place(one.at_s, length_s) for one in measures.signals if one.kind == "rage_click"),
        errors=tuple(Mark(one.place, one.anchor) for one in happenings if one.mark == "error"),
        notes=tuple(Mark(one.place, one.anchor) for one in happenings if one.mark == "note"),
        ticks=charts.clock_ticks(length_s),
        end=_place(end_s, length_s),
        end_words={"done": "I’m done", "gave_up": "I give up"}.get(row.said or "", _end_words(row)),
    )


def _end_words(row: AttemptRow) -> str:
    return OUTCOME_NAMES.get(row.outcome or "", "End")


def _stretches(measures: AttemptMeasures, task: TaskSpec, end_s: float, length_s: float) -> Iterator[PageStretch]:
    """How long each page was open, one after the other."""
    moments = [*((visit.at_s, visit.page) for visit in measures.path), (end_s, "")]
    for (at_s, page), (until_s, _) in pairwise(moments):
        off_path = bool(task.allowed) and not any(path_matches(glob, page) for glob in task.allowed)
        width = max(0.0, until_s - at_s) / length_s
        yield PageStretch(_fitting(page_name(page), width), at_s / length_s, width, off_path)


def _fitting(name: str, width: float) -> str:
    """The page's name where its stretch has room for it; half a name says less than none, and the list has it whole."""
    return name if len(name) * LETTER_PX + 16 <= width * DRAWING_PX else ""


def session_length(started_s: float, ended_s: float) -> str:
    """How long somebody was at it.

    >>> session_length(0, 581)
    '9 min 41 s'
    """
    minutes, seconds = divmod(round(ended_s - started_s), 60)
    return f"{minutes} min {seconds} s" if minutes else plural(seconds, "second")
