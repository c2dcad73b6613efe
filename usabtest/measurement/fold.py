"""One attempt's events in, its measures out.

An attempt's events are all those of the session from its start to its end, both included: in whichever tab, under
whichever attempt's number, and however they were cut into batches. What is decided by a threshold is decided here and
not in the browser, so that a study may change it afterwards. The arithmetic is in `usabtest.metrics`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

import msgspec

from usabtest.events.types import (
    Activation,
    Click,
    CriterionMet,
    Event,
    Flag,
    FormError,
    Input,
    JavascriptError,
    Marked,
    PageEnd,
    PageLoad,
    PageView,
    Payload,
    Reaction,
    Request,
    Step,
    TaskStarted,
    TimeUp,
    Visibility,
    in_time_order,
)
from usabtest.metrics import friction, navigation
from usabtest.metrics.errors import ErrorKind, Signal
from usabtest.metrics.time import idle_gaps
from usabtest.participation.verdict import EndFlag, Ending
from usabtest.studyfile.match import path_matches
from usabtest.studyfile.types import Analysis, StudySpec, TaskSpec

RULES_VERSION = 1
"""Which rules made a measure; to be raised whenever the same events would give another figure."""

SCROLL_REACTION_MS = 100
REAL_LOADS = ("load", "reload", "history")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An error or a signal: what it was, when after the start, on which page, and what it hit or said."""

    kind: str
    at_s: float
    page: str
    what: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that the attempt saw; the first is the one on which it began."""

    at_s: float
    page: str


@dataclass(frozen=True, slots=True)
class LoadTimes:
    """How fast a page came, in seconds since its navigation began; None where the browser did not say."""

    page: str
    load_s: float | None
    ttfb_s: float | None
    fcp_s: float | None
    dcl_s: float | None
    lcp_s: float | None


@dataclass(frozen=True, slots=True)
class FirstClick:
    """Where the first click went: the element, the place in it in thousandths, and in the viewport in pixels."""

    at_s: float
    page: str
    selector: str
    x: float
    y: float
    left: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptMeasures:
    """What an attempt comes to.

    `page_views` is S, `pages` N of lostness; `steps` are the views that are no reload. `first_click` is None without a
    click or without an area, `searched` without a first action (`acted`) or without anything that counts as a search.
    `time_on_task_s` is what reports use; `raw_time_s` and `hidden_s` are what it was made from. `idle` says that
    nothing was put in for more than a minute.
    """

    time_on_task_s: float
    raw_time_s: float
    hidden_s: float
    reached_s: float | None
    no_press: bool
    clock_jump: bool
    idle: bool
    clicks: int
    activations: int
    page_views: int
    pages: int
    steps: int
    path: tuple[Visit, ...]
    page_loads: tuple[LoadTimes, ...]
    errors: tuple[Occurrence, ...]
    signals: tuple[Occurrence, ...]
    lostness: float | None
    path_deviation: float | None
    first_click: bool | None
    first_click_at: FirstClick | None
    acted: bool
    searched: bool | None

    @property
    def errors_by_kind(self) -> dict[str, int]:
        """How many errors of each kind, all kinds named."""
        return _by_kind(ErrorKind, self.errors)

    @property
    def signals_by_kind(self) -> dict[str, int]:
        """How many signals of each kind, all kinds named."""
        return _by_kind(Signal, self.signals)


_DECODER = msgspec.json.Decoder(AttemptMeasures)


def fold(spec: StudySpec, task: TaskSpec, ending: Ending, events: Iterable[Event]) -> AttemptMeasures:
    """Measure one ended attempt; `events` are all of its session's, in any order."""
    attempt = _Attempt(spec.analysis, task, ending, in_time_order(events))
    first = next(iter(attempt.clicks), None)
    acted = attempt.first_action()
    path = attempt.views
    pages = len({view.page for view in path})
    return AttemptMeasures(
        time_on_task_s=attempt.time_on_task_ms / 1000,
        raw_time_s=ending.time_on_task_ms / 1000,
        hidden_s=attempt.hidden_ms / 1000,
        reached_s=None if ending.reached_ms is None else ending.reached_ms / 1000,
        no_press=EndFlag.NO_PRESS in ending.flags,
        clock_jump=EndFlag.CLOCK_JUMP in ending.flags,
        idle=attempt.idle(),
        clicks=len(attempt.clicks),
        activations=sum(1 for _ in attempt.those(Activation, lambda activation: activation.counts)),
        page_views=len(path),
        pages=pages,
        steps=attempt.steps(),
        path=tuple(Visit(attempt.after_start_s(view), view.page) for view in path),
        page_loads=tuple(attempt.page_loads()),
        errors=attempt.errors(),
        signals=attempt.signals(),
        lostness=_lostness(task, len(path), pages),
        path_deviation=_path_deviation(task, attempt.steps()),
        first_click=bool(first[1].flags & Flag.FIRST_CLICK_AREA) if first and task.first_click else None,
        first_click_at=_first_click(attempt, *first) if first else None,
        acted=acted is not None,
        searched=bool(acted.flags & Flag.SEARCH) if acted and task.search else None,
    )


def to_json(measures: AttemptMeasures) -> dict[str, Any]:
    """The measures as plain values, to be kept."""
    plain: dict[str, Any] = msgspec.to_builtins(measures)
    return plain


def from_json(kept: str | bytes) -> AttemptMeasures:
    """The measures that were kept, under the same rules' version."""
    return _DECODER.decode(kept)


P = TypeVar("P", bound=Payload)


@dataclass(frozen=True)
class _Attempt:
    """One attempt, seen in the ordered events of its session."""

    analysis: Analysis
    task: TaskSpec
    ending: Ending
    session: tuple[Event, ...]

    @cached_property
    def start(self) -> Event:
        """The press on Start task."""
        for event in self.session:
            if event.at_ms == self.ending.started_ms and isinstance(event.payload, TaskStarted):
                return event
        raise ValueError(f"ending.started_ms is {self.ending.started_ms}, but no task was started then")

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened from the start to the end; what the starting page did in the very millisecond before, not."""
        return tuple(
            event
            for event in self.session
            if self.ending.started_ms <= event.at_ms <= self.ending.ended_ms and not self._precedes_start(event)
        )

    @cached_property
    def clicks(self) -> list[tuple[Event, Click]]:
        return list(self.those(Click, lambda click: click.counts))

    @cached_property
    def views(self) -> tuple[Event, ...]:
        """The page on which Start task was pressed, and every page view until the end."""
        return (self.start, *(event for event, _ in self.those(PageView)))

    @cached_property
    def measured_until_ms(self) -> int:
        return self.ending.started_ms + self.ending.time_on_task_ms

    @cached_property
    def hidden_ms(self) -> int:
        """How much of the time on task the participant looked elsewhere."""
        since_ms, until_ms = self.ending.started_ms, self.measured_until_ms
        return sum(
            max(0, min(end_ms, until_ms) - max(begin_ms, since_ms))
            for begin_ms, end_ms in _hidden_stretches(self.session, until_ms)
        )

    @property
    def time_on_task_ms(self) -> int:
        hidden_ms = self.hidden_ms if self.analysis.subtract_hidden else 0
        return self.ending.time_on_task_ms - hidden_ms

    def those(self, kind: type[P], wanted: Callable[[P], bool] = lambda _: True) -> Iterator[tuple[Event, P]]:
        """The events of one kind, each with its payload."""
        for event in self.events:
            if isinstance(event.payload, kind) and wanted(event.payload):
                yield event, event.payload

    def after_start_s(self, event: Event) -> float:
        return (event.at_ms - self.ending.started_ms) / 1000

    def steps(self) -> int:
        """The pages gone through, reloads not counted."""
        return 1 + sum(1 for _ in self.those(PageView, lambda view: view.how != "reload"))

    def first_action(self) -> Click | Activation | Input | None:
        """The first click, keyboard activation or focus by input in an element of the page."""
        for event in self.events:
            if isinstance(event.payload, Click | Activation | Input) and event.payload.counts:
                return event.payload
        return None

    def page_loads(self) -> Iterator[LoadTimes]:
        """How fast the attempt's pages came; the browser says it only later, when a page has settled or goes away."""
        said = {event.stream: event.payload for event in self.session if isinstance(event.payload, PageLoad)}
        for view in (*self._starting_load(), *(view for view, _ in self.those(PageView, _is_real_load))):
            if view.stream in said:
                yield _load_times(view.page, said[view.stream])

    def idle(self) -> bool:
        """Whether for more than a minute nothing was put in; a new page is a sign of the address bar or Back."""
        inputs = (event for event in self.events if _shows(event.payload) and event.at_ms <= self.measured_until_ms)
        return bool(idle_gaps([0, *map(self.after_start_s, inputs), self.ending.time_on_task_ms / 1000]))

    def errors(self) -> tuple[Occurrence, ...]:
        found = [*self._javascript(), *self._network(), *self._form(), *self._wrong_paths(), *self._marked()]
        return tuple(sorted(found, key=lambda error: (error.at_s, error.kind)))

    def signals(self) -> tuple[Occurrence, ...]:
        found = [*self._dead_clicks(), *self._rage_clicks(), *self._error_clicks(), *self._quick_backs()]
        return tuple(sorted(found, key=lambda signal: (signal.at_s, signal.kind)))

    def _starting_load(self) -> Iterator[Event]:
        """The load that brought the starting page, unless it was an earlier attempt's."""
        before = self.session[: self.session.index(self.start)]
        for event in reversed(before):
            if isinstance(event.payload, TaskStarted):
                return
            if isinstance(event.payload, PageView) and event.stream == self.start.stream:
                if event.attempt is None and _is_real_load(event.payload):
                    yield event
                return

    def _precedes_start(self, event: Event) -> bool:
        start = self.start
        return event.at_ms == start.at_ms and event.stream == start.stream and event.ordinal < start.ordinal

    def _occurrence(self, kind: ErrorKind | Signal, event: Event, what: str) -> Occurrence:
        return Occurrence(str(kind), self.after_start_s(event), event.page, what)

    def _javascript(self) -> Iterator[Occurrence]:
        errors = list(self.those(JavascriptError))
        for place in friction.javascript_errors([(event.at_ms, error.message, error.stack) for event, error in errors]):
            event, error = errors[place]
            yield self._occurrence(ErrorKind.JAVASCRIPT, event, error.message)

    def _network(self) -> Iterator[Occurrence]:
        """Requests of the page's scripts, and documents: these once, when they came."""
        asked = [
            *((event, request.status, request.aborted, _asked_for(request)) for event, request in self._requests()),
            *((event, view.status, False, f"page {event.page}: {view.status}") for event, view in self._documents()),
        ]
        for place in friction.network_errors([(status, aborted) for _, status, aborted, _ in asked]):
            event, _, _, what = asked[place]
            yield self._occurrence(ErrorKind.NETWORK, event, what)

    def _requests(self) -> Iterator[tuple[Event, Request]]:
        """Those of scripts: a picture that is missing is no error of the attempt."""
        return self.those(Request, lambda request: request.how != "element")

    def _documents(self) -> Iterator[tuple[Event, PageView]]:
        """The loads whose status is known; a page from the back/forward cache or a route was answered before."""
        return self.those(PageView, lambda view: view.status > 0 and _is_real_load(view))

    def _form(self) -> Iterator[Occurrence]:
        for event, error in self.those(FormError):
            yield self._occurrence(ErrorKind.FORM, event, error.selector)

    def _wrong_paths(self) -> Iterator[Occurrence]:
        if not self.task.allowed:
            return
        for place in friction.wrong_paths([(view.page, self._allowed(view.page)) for view in self.views]):
            view = self.views[place]
            yield self._occurrence(ErrorKind.WRONG_PATH, view, view.page)

    def _allowed(self, page: str) -> bool:
        return any(path_matches(glob, page) for glob in self.task.allowed)

    def _marked(self) -> Iterator[Occurrence]:
        for event, mark in self.those(Marked):
            yield self._occurrence(ErrorKind.MARKED, event, mark.message)

    def _dead_clicks(self) -> Iterator[Occurrence]:
        judged = [
            (event, click) for event, click in self._signalling() if (event.stream, event.ordinal) in self._reactions
        ]
        answered = [
            (bool(click.flags & Flag.LOOKS_CLICKABLE), _reaction_ms(self._reactions[event.stream, event.ordinal]))
            for event, click in judged
        ]
        for place in friction.dead_clicks(answered, dead_click_ms=self.analysis.dead_click_ms):
            event, click = judged[place]
            yield self._occurrence(Signal.DEAD_CLICK, event, click.selector)

    @cached_property
    def _reactions(self) -> dict[tuple[str, int], Reaction]:
        """What answered each click, by the click's stream and ordinal; it may come after the attempt's end."""
        found: dict[tuple[str, int], Reaction] = {}
        for event in self.session:
            match event.payload:
                case Reaction() as reaction:
                    found[event.stream, reaction.click] = reaction
                case Click(ms=ms, what=str(what)):
                    found[event.stream, event.ordinal] = Reaction(event.ordinal, ms, what)
        return found

    def _rage_clicks(self) -> Iterator[Occurrence]:
        """Bursts on one spot of one page's window: clicks in two tabs are no neighbours."""
        rule = self.analysis.rage_click
        by_tab = sorted(self._signalling(), key=lambda click: click[0].stream)
        for _, group in groupby(by_tab, key=lambda click: click[0].stream):
            clicks = list(group)
            spots = [(event.at_ms, click.left, click.top) for event, click in clicks]
            for burst in friction.rage_clicks(spots, at_least=rule.clicks, within_ms=rule.within_ms, px=rule.px):
                event, click = clicks[burst.first]
                yield self._occurrence(Signal.RAGE_CLICK, event, f"{click.selector} ({burst.clicks} clicks)")

    def _error_clicks(self) -> Iterator[Occurrence]:
        errors_ms = [event.at_ms for event, _ in self.those(JavascriptError)]
        for place in friction.error_clicks([event.at_ms for event, _ in self.clicks], errors_ms):
            event, click = self.clicks[place]
            yield self._occurrence(Signal.ERROR_CLICK, event, click.selector)

    def _quick_backs(self) -> Iterator[Occurrence]:
        visits = [(view.at_ms, view.page) for view in self.views]
        for place in friction.quick_backs(visits, within_s=self.analysis.quick_back_s):
            yield self._occurrence(Signal.QUICK_BACK, self.views[place], f"back from {self.views[place - 1].page}")

    def _signalling(self) -> list[tuple[Event, Click]]:
        """The clicks that dead and rage clicks are looked for in."""
        return [(event, click) for event, click in self.clicks if not click.flags & Flag.NO_SIGNAL]


def _hidden_stretches(session: Sequence[Event], until_ms: int) -> Iterator[tuple[int, int]]:
    """When no page of the session was in view, as (from, to).

    The page last seen is the one that counts: it going hidden begins a stretch, any page showing itself or being used
    ends it, and so does its unloading, for then the next page is on its way. Thus two tabs side by side never hide
    each other, and a page that a crash took away without a word hides nothing for ever.
    """
    seen: str | None = None
    hidden_ms: int | None = None
    for event in session:
        if event.at_ms > until_ms:
            break
        if _shows(event.payload):
            seen = event.stream
        elif isinstance(event.payload, PageEnd) and event.stream == seen:
            seen = None
        elif _hides(event.payload) and event.stream == seen:
            hidden_ms = event.at_ms if hidden_ms is None else hidden_ms
            continue
        else:
            continue
        if hidden_ms is not None:
            yield hidden_ms, event.at_ms
            hidden_ms = None
    if hidden_ms is not None:
        yield hidden_ms, until_ms


def _shows(payload: Payload) -> bool:
    """Whether the page is in view, since it says so or was just used."""
    if isinstance(payload, Visibility):
        return payload.state == "visible"
    return isinstance(payload, PageView) or _is_input(payload)


def _hides(payload: Payload) -> bool:
    return isinstance(payload, Visibility) and payload.state == "hidden"


def _is_input(payload: Payload) -> bool:
    """Whether a person did something: in the page, or in the widget."""
    if isinstance(payload, Click | Activation | Input):
        return not payload.flags & Flag.BY_SCRIPT
    return isinstance(payload, Step) and not isinstance(payload, CriterionMet | TimeUp)


def _is_real_load(view: PageView) -> bool:
    return view.how in REAL_LOADS


def _asked_for(request: Request) -> str:
    return f"{request.method} {request.address}: {request.status or 'no answer'}"


def _reaction_ms(reaction: Reaction) -> float | None:
    """After how long the page answered a click, or None.

    Only changes of the page are measured against the study's threshold. A scroll or a selection that comes later than
    at once has another cause, and a navigation, a request, a dialog and the like are an answer however late they show.
    """
    if reaction.ms is None or not reaction.what:
        return None
    if reaction.what in ("scroll", "selection"):
        return reaction.ms if reaction.ms <= SCROLL_REACTION_MS else None
    return reaction.ms if reaction.what == "mutation" else 0


def _lostness(task: TaskSpec, views: int, pages: int) -> float | None:
    if task.optimal is None or task.optimal.pages is None:
        return None
    return navigation.lostness(views, pages, task.optimal.pages).value


def _path_deviation(task: TaskSpec, steps: int) -> float | None:
    if task.optimal is None or task.optimal.pages is None:
        return None
    return navigation.path_deviation(steps, task.optimal.pages).ratio


def _first_click(attempt: _Attempt, event: Event, click: Click) -> FirstClick:
    at_s = attempt.after_start_s(event)
    return FirstClick(at_s, event.page, click.selector, click.x, click.y, click.left, click.top)


def _load_times(page: str, load: PageLoad) -> LoadTimes:
    return LoadTimes(page, *(_seconds(each) for each in (load.load, load.ttfb, load.fcp, load.dcl, load.lcp)))


def _seconds(ms: float | None) -> float | None:
    return None if ms is None else ms / 1000


def _by_kind(kinds: Iterable[str], occurrences: Iterable[Occurrence]) -> dict[str, int]:
    counts = Counter(occurrence.kind for occurrence in occurrences)
    return {str(kind): counts[kind] for kind in kinds}
