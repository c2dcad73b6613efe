"""The ways that people took through a task: what is drawn of them, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from usabtest.metrics import Outcome
from usabtest.reports import paths
from usabtest.reports.figures import TaskReport
from usabtest.reports.pages import page_name, without_query
from usabtest.reports.tables import Table
from usabtest.reports.words import OUTCOME_NAMES, end_of, of, people, plural
from usabtest.studyfile.match import path_matches
from usabtest.studyfile.types import Criterion, CriterionKind, TaskSpec

_LETTER_PX = 8.6
_DESKTOP_PX, _PAPER_PX = 1000, 640
_WAY_AT_MOST = 6
_PAGE_LETTERS = 40
_PAGES_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class StopShown:
    """A stop with its words; `after` says where people went.

    `short` is its name as far as there is room, `shorter` the same where the page is narrow or paper.
    """

    stop: paths.Stop
    name: str
    short: str
    shorter: str
    under: tuple[str, ...]
    state: str
    share: float
    after: tuple[tuple[str, int], ...]

    def named_for(self, width_px: float, narrow_px: float) -> StopShown:
        """The same, its name as far as there is room in drawings of these widths."""
        if self.stop.kind != "page":
            return self
        room, less = (int(self.stop.width / paths.ACROSS * wide / _LETTER_PX) for wide in (width_px, narrow_px))
        return replace(self, short=end_of(self.name, room), shorter=end_of(self.name, less))


@dataclass(frozen=True, slots=True)
class FlowShown:
    flow: paths.Flow
    state: str


@dataclass(frozen=True, slots=True)
class WaysShown:
    stops: tuple[StopShown, ...]
    flows: tuple[FlowShown, ...]
    height_px: float
    sentence: str
    note: str
    table: Table

    def named_for(self, width_px: float) -> WaysShown:
        """The same, its pages named as far as there is room in a drawing of that width."""
        return self._named_for(width_px, width_px)

    def named_for_pages(self) -> WaysShown:
        """The same, its pages named for wide pages, and shorter for narrow ones and paper."""
        return self._named_for(_DESKTOP_PX, _PAPER_PX)

    def _named_for(self, width_px: float, narrow_px: float) -> WaysShown:
        return replace(self, stops=tuple(one.named_for(width_px, narrow_px) for one in self.stops))


def ways_shown(task: TaskReport) -> WaysShown | None:
    """The flow from start to end; None if no page of any attempt is known."""
    ways = list(_ways(task))
    drawn = paths.lay_out(ways)
    if drawn is None:
        return None
    stops = tuple(_stop(drawn, stop, task.task) for stop in drawn.stops)
    states = {one.stop.key: one.state for one in stops}
    return WaysShown(
        stops=stops,
        flows=tuple(FlowShown(flow, states[flow.target]) for flow in drawn.flows),
        height_px=drawn.height,
        sentence=_sentence(drawn, ways),
        note=_note(drawn),
        table=_table(drawn),
    ).named_for_pages()


def _ways(task: TaskReport) -> Iterator[paths.Way]:
    name = cache(page_name if _asks_for_queries(task.task) else lambda page: without_query(page_name(page)))
    for one in task.counted:
        measures = one.row.measures
        if measures is not None and measures.path:
            pages = tuple(dict.fromkeys(name(visit.page) for visit in measures.path[:_PAGES_AT_MOST]))
            yield paths.Way(pages, str(one.row.outcome))


def _asks_for_queries(task: TaskSpec) -> bool:
    """Whether a page is another one with another query, as far as the task says."""
    return any("?" in pattern for pattern in _patterns((*task.success, *task.failure)))


def _patterns(criteria: Sequence[Criterion]) -> Iterator[str]:
    for one in criteria:
        if one.kind == CriterionKind.ALL:
            yield from _patterns(one.parts)
        elif one.kind == CriterionKind.URL:
            yield one.pattern


def _stop(drawn: paths.Paths, stop: paths.Stop, task: TaskSpec) -> StopShown:
    name = _name(stop)
    return StopShown(
        stop=stop,
        name=name,
        short=name,
        shorter=name,
        under=_under(stop),
        state=_state(stop, task),
        share=stop.people / drawn.n,
        after=tuple((_name(drawn.stop(flow.target)), flow.people) for flow in drawn.after(stop.key)),
    )


def _name(stop: paths.Stop) -> str:
    if stop.kind == "page":
        return stop.key
    if stop.kind == paths.OTHERS:
        return "Other pages"
    [first, *more] = stop.outcomes
    return OUTCOME_NAMES[first] if not more else {"finished": "Finished", "stopped": "Stopped"}[stop.kind]


def _under(stop: paths.Stop) -> tuple[str, ...]:
    """Lines: how many, or of an end that is several how many each."""
    if len(stop.outcomes) > 1 and stop.kind in ("finished", "stopped"):
        return tuple(f"{n:,} {OUTCOME_NAMES[outcome].lower()}" for outcome, n in Counter(stop.outcomes).most_common())
    return (people(stop.people),)


def _state(stop: paths.Stop, task: TaskSpec) -> str:
    """`way`, `done`, `lost`, or `aside`: a page that the task does not need."""
    if stop.kind in ("failed", "stopped"):
        return "lost"
    if stop.kind == "finished":
        return "done"
    off = bool(task.allowed) and not any(path_matches(glob, f"https://site{stop.key}") for glob in task.allowed)
    return "aside" if stop.kind == paths.OTHERS or off else "way"


def _sentence(drawn: paths.Paths, ways: Sequence[paths.Way]) -> str:
    """The commonest way, and how far those came who did not finish."""
    (commonest, taken), *_ = Counter(way.pages for way in ways).most_common(1)
    if taken > 1:
        steps = " → ".join(end_of(page, _PAGE_LETTERS) for page in commonest[:_WAY_AT_MOST]) + (
            " → …" if len(commonest) > _WAY_AT_MOST else ""
        )
        said = f"The commonest way, taken by {of(taken, drawn.n)}: {steps}."
    else:
        said = "No two people took the same way." if drawn.n > 1 else "One person’s way."
    lost = Counter(
        {
            stop.key: sum(n for outcome, n in stop.outcomes.items() if outcome != Outcome.SUCCESS)
            for stop in drawn.stops
            if stop.kind in ("page", paths.OTHERS)
        }
    )
    (furthest, stuck), *_ = lost.most_common(1)
    if stuck > 1:
        name = end_of(_name(drawn.stop(furthest)), _PAGE_LETTERS)
        said += f" Of those who did not finish unaided, {of(stuck, lost.total())} came as far as {name}."
    return said


def _note(drawn: paths.Paths) -> str:
    said = "Ways back are not drawn: each person as far as they came."
    if drawn.n > 1:
        said = f"The wider, the more of the {people(drawn.n)}. {said}"
    if drawn.others:
        said += (
            f" {plural(drawn.others, 'page')} that fewer saw {'has' if drawn.others == 1 else 'have'} no place here."
        )
    return said


def _table(drawn: paths.Paths) -> Table:
    rows = tuple((_name(drawn.stop(flow.source)), _name(drawn.stop(flow.target)), flow.people) for flow in drawn.flows)
    return Table("paths", "Steps from page to page", ("From", "To", "People"), rows)
