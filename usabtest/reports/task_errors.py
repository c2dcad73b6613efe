"""What went wrong in a task: by kind, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from usabtest.measurement.fold import Occurrence
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.moments import Moment
from usabtest.reports.pages import page_name, without_site
from usabtest.reports.seen import AttemptView
from usabtest.reports.tables import Table
from usabtest.reports.words import named, of

PLACES_AT_MOST = 8
MOMENTS_AT_MOST = 12

NamePlace = Callable[[str, str], tuple[str, str]]
"""Names what was hit, and the page: the same few places come thousands of times."""

ERROR_WORDS = {
    "form": "A form was refused",
    "wrong_path": "Went to a page off the way",
    "marked": "The site said there was an error",
    "javascript": "Script error",
    "network": "Failed request",
    "dead_click": "Click that did nothing",
    "rage_click": "Angry clicking",
    "error_click": "Click just before a script error",
    "quick_back": "Went straight back",
}
_USER = ("form", "wrong_path", "marked")
_SYSTEM = ("javascript", "network")
_SIGNALS = ("dead_click", "rage_click", "error_click", "quick_back")


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One kind of error: how often, and how long its bar is; a signal is only a possible error."""

    words: str
    count: int
    share: float
    possible: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where something went wrong: the element or address, its page, what it was, how often and in how many attempts.

    `counted`: these are errors that the study counts. What it does not count has places of its own.
    `moments` are the first of each attempt, of some of them.
    """

    what: str
    page: str
    kinds: tuple[tuple[str, int], ...]
    count: int
    attempts: int
    counted: bool
    moments: tuple[Moment, ...]

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(f"{kind} {count}" for kind, count in self.kinds)


@dataclass(frozen=True, slots=True)
class ErrorsShown:
    """Places with most errors come first, those of what is not counted last; `commonest` says which saw the most."""

    user_total: int
    system_total: int
    user: tuple[ErrorLine, ...]
    system: tuple[ErrorLine, ...]
    places: tuple[Place, ...]
    more_places: int
    commonest: str
    table: Table


def errors_shown(report: StudyReport, task: TaskReport) -> ErrorsShown:
    name = cache(_named_place)
    errors = _places(task.counted, name, report.count_errors, counted=True)
    others = _places(task.counted, name, ERROR_WORDS.keys() - set(report.count_errors), counted=False)
    places = (*errors, *others)
    return ErrorsShown(
        user_total=task.errors.user.total,
        system_total=task.errors.system.total,
        user=_user_lines(report, task),
        system=_system_lines(report, task),
        places=places[:PLACES_AT_MOST],
        more_places=max(0, len(places) - PLACES_AT_MOST),
        commonest=_commonest(errors, others, task.n),
        table=errors_table(task),
    )


def _user_lines(report: StudyReport, task: TaskReport) -> tuple[ErrorLine, ...]:
    """What people ran into, the commonest first; below it what may have been an error."""
    errors = [_line(report, task, kind, possible=False) for kind in _USER]
    signals = [_line(report, task, kind, possible=True) for kind in _SIGNALS]
    seen = [one for one in (*errors, *signals) if one.count]
    return tuple(sorted(seen, key=lambda one: (one.possible, -one.count)))


def _system_lines(report: StudyReport, task: TaskReport) -> tuple[ErrorLine, ...]:
    """What failed in the site, the commonest first."""
    seen = [line for kind in _SYSTEM if (line := _line(report, task, kind, possible=False)).count]
    return tuple(sorted(seen, key=lambda one: -one.count))


def _line(report: StudyReport, task: TaskReport, kind: str, *, possible: bool) -> ErrorLine:
    counts = {**task.errors.by_kind, **task.errors.signals}
    longest = max(counts.values(), default=0) or 1
    return ErrorLine(ERROR_WORDS[kind], counts[kind], counts[kind] / longest, possible, kind in report.count_errors)


def _places(
    attempts: Iterable[AttemptView], name: NamePlace, kept: Collection[str], *, counted: bool
) -> tuple[Place, ...]:
    """Elements and addresses as they were recorded, the one with the most errors of the `kept` kinds first."""
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    moments: dict[tuple[str, str], list[Moment]] = defaultdict(list)
    for one in attempts:
        first_s: dict[tuple[str, str], float] = {}
        for each in _occurrences(one):
            if each.kind not in kept:
                continue
            place = name(each.what, each.page)
            kinds[place][each.kind] += 1
            first_s[place] = min(each.at_s, first_s.get(place, each.at_s))
        for place, at_s in first_s.items():
            moments[place].append(Moment(one.code, one.row.number, at_s))
    found = [
        Place(
            what,
            page,
            kinds=tuple((ERROR_WORDS[kind], n) for kind, n in seen.most_common()),
            count=seen.total(),
            attempts=len(moments[what, page]),
            counted=counted,
            moments=tuple(moments[what, page][:MOMENTS_AT_MOST]),
        )
        for (what, page), seen in kinds.items()
    ]
    return tuple(sorted(found, key=lambda place: (-place.count, -place.attempts, place.what)))


def _commonest(errors: tuple[Place, ...], others: tuple[Place, ...], n: int) -> str:
    """Say which place saw the most errors that are counted; if there were none, the most that may have been some."""
    worst = next(iter(errors or others), None)
    if worst is None or worst.attempts < 2:
        return ""
    where = "" if worst.what == worst.page else f" on {worst.page}"
    what = "The commonest place" if errors else "What may have been one was commonest here"
    return f"{what}: {named(worst.what)}{where}, in {of(worst.attempts, n)} attempts."


def _occurrences(one: AttemptView) -> tuple[Occurrence, ...]:
    measures = one.row.measures
    return (*measures.errors, *measures.signals) if measures else ()


def _named_place(what: str, address: str) -> tuple[str, str]:
    """What was hit, and the page; a page that is itself the error is named once."""
    page = page_name(address)
    return (page if not what or what == address else without_site(what, address), page)


def errors_table(task: TaskReport) -> Table:
    """All errors and signals by kind and place, the commonest first: how often, and in how many attempts."""
    name = cache(_named_place)
    times: Counter[tuple[str, str, str]] = Counter()
    met: Counter[tuple[str, str, str]] = Counter()
    for one in task.counted:
        each = [(occurrence.kind, *name(occurrence.what, occurrence.page)) for occurrence in _occurrences(one)]
        times.update(each)
        met.update(set(each))
    rows = tuple(
        (ERROR_WORDS[kind], what, page, n, met[kind, what, page]) for (kind, what, page), n in times.most_common()
    )
    return Table("errors", "Errors by kind and place", ("Kind", "Where", "Page", "Times", "Attempts"), rows)
