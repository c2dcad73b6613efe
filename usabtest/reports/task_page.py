"""The page of one task: what it shows, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from usabtest.reports import charts, words
from usabtest.reports.criteria_words import how_it_ends
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.overview import Asked, asked
from usabtest.reports.seen import AttemptView
from usabtest.reports.words import Sentence, duration, number, of, short

PLACES_AT_MOST = 8
FIRST_CLICKS_AT_MOST = 6

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
class Stat:
    """A figure with n and its doubt, for the macro `stat`."""

    label: str
    figure: str
    n: int
    words: str
    bar: charts.Bar | None = None
    of: str = "people"

    @property
    def drawn(self) -> dict[str, object] | None:
        """The bar as the macro takes it."""
        return asdict(self.bar) if self.bar else None


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
    """Where something went wrong: the element or address, its page, what it was, how often."""

    what: str
    page: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class FirstClickLine:
    selector: str
    page: str
    count: int
    share: float
    right: bool | None


@dataclass(frozen=True, slots=True)
class AttemptLine:
    code: str
    number: int
    outcome: str
    time: str
    errors: str
    ease: str
    clicks: str
    why: str


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Everything that the page shows of a task."""

    task: TaskReport
    place: str
    before: str | None
    after: str | None
    lead: Sentence
    ends: str
    stats: tuple[Stat, ...]
    parts: tuple[charts.Part, ...]
    outcome_sentence: str
    outcomes: tuple[tuple[str, int], ...]
    chart: charts.TimeChart | None
    time_sentence: str
    time_rows: tuple[tuple[str, str], ...]
    ease: tuple[charts.Column, ...]
    ease_sentence: str
    errors_sentence: str
    user_total: int
    system_total: int
    user_errors: tuple[ErrorLine, ...]
    system_errors: tuple[ErrorLine, ...]
    places: tuple[Place, ...]
    first_clicks: tuple[FirstClickLine, ...]
    small_stats: tuple[Stat, ...]
    questions: tuple[Asked, ...]
    failed: tuple[AttemptLine, ...]
    every: tuple[AttemptLine, ...]


def task_shown(report: StudyReport, task: TaskReport, judges: Mapping[int, str]) -> TaskShown:
    """Make the page's content; `judges` are the names of those who judged attempts, by user id."""
    keys = [one.key for one in report.tasks]
    place = keys.index(task.key)
    lines = tuple(_attempt_line(one, judges) for one in task.ended)
    return TaskShown(
        task=task,
        place=f"Task {place + 1} of {len(keys)}",
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
        lead=words.managed(task.success.successes, task.n, task.success.rate, task.success.ci),
        ends=how_it_ends(task.task),
        stats=(_success(task), _time(task), _errors(task), _ease(task)),
        parts=charts.outcome_parts(task.outcomes),
        outcome_sentence=words.outcome_sentence(task),
        outcomes=tuple((outcome, count) for outcome, count in task.outcomes.items() if count),
        chart=charts.time_chart(task) if task.seen.timed.any() else None,
        time_sentence=words.time_sentence(task),
        time_rows=tuple(_time_rows(task)),
        ease=charts.columns(charts.ease_counts(task)) if task.seq and task.seq.n else (),
        ease_sentence=words.ease_sentence(task),
        errors_sentence=words.errors_sentence(task),
        user_total=task.errors.user.total,
        system_total=task.errors.system.total,
        user_errors=_user_lines(report, task),
        system_errors=_system_lines(report, task),
        places=tuple(_places(task)),
        first_clicks=tuple(_first_clicks(task)),
        small_stats=tuple(_small_stats(task)),
        questions=tuple(map(asked, task.questions)),
        failed=tuple(line for line in lines if line.outcome != "success"),
        every=lines,
    )


def _success(task: TaskReport) -> Stat:
    success = task.success
    return Stat(
        "Finished without help",
        of(success.successes, success.n) if success.n else "–",
        success.n,
        words.share_beside(success.rate, success.ci, success.n, success.reasons.get("rate")),
        charts.rate_bar(success.rate, success.ci, benchmark=words.AVERAGE_SUCCESS),
    )


def _time(task: TaskReport) -> Stat:
    time = task.time_on_task
    typical = words.centre(time)
    if typical is None:
        return Stat("Typical time of those who finished", "–", time.n, "nobody finished, so there is no time")
    axis = charts.time_axis([*charts.finished_s(task), *(time.ci or ())])
    low, high = (axis.place(time.ci[0]), axis.place(time.ci[1])) if time.ci else (None, None)
    ticks = tuple(tick.place for tick in axis.ticks)
    said = f"{words.centre_name(time)}, {words.likely_times(time)}"
    bar = charts.Bar(axis.place(typical), low, high, ticks)
    return Stat("Typical time of those who finished", duration(typical), time.n, said, bar)


def _errors(task: TaskReport) -> Stat:
    share = task.errors.attempts_with_errors
    return Stat(
        "Ran into errors",
        of(share.count, share.n) if share.n else "–",
        share.n,
        words.share_beside(share.rate, share.ci, share.n, share.reasons.get("rate")),
        charts.rate_bar(share.rate, share.ci),
    )


def _ease(task: TaskReport) -> Stat:
    seq = task.seq
    if seq is None:
        return Stat("Felt easy, of 7", "–", 0, "was not asked", of="answers")
    if seq.mean is None:
        return Stat("Felt easy, of 7", "–", 0, "nobody has answered yet", of="answers")
    said = f"likely {number(seq.ci[0])} to {number(seq.ci[1])}" if seq.ci else "no interval from one"
    return Stat(
        "Felt easy, of 7", number(seq.mean), seq.n, said, charts.scale_bar(seq.mean, seq.ci, low=1, high=7), "answers"
    )


def _time_rows(task: TaskReport) -> Iterator[tuple[str, str]]:
    time = task.time_on_task
    yield "Who finished", f"{time.n} of {task.n}"
    for name, value in (("Geometric mean", time.geometric_mean), ("Median", time.median), ("Mean", time.mean)):
        yield name, "–" if value is None else f"{number(value)} s"
    yield (
        "Likely",
        "–" if time.ci is None else f"{number(time.ci[0])} to {number(time.ci[1])} s ({words.centre_name(time)})",
    )
    yield (
        "Quickest and slowest",
        "–" if time.min is None or time.max is None else f"{number(time.min)} and {number(time.max)} s",
    )
    yield "Ran out of time", str(time.censored)
    if time.kaplan_meier_median is not None:
        yield "Median with those out of time", f"{number(time.kaplan_meier_median)} s"
    yield "Times that look odd", str(time.outliers)


def _user_lines(report: StudyReport, task: TaskReport) -> tuple[ErrorLine, ...]:
    """What people ran into, the commonest first; below it what may have been an error."""
    errors = [_error_line(report, task, kind, possible=False) for kind in _USER]
    signals = [_error_line(report, task, kind, possible=True) for kind in _SIGNALS]
    seen = [one for one in (*errors, *signals) if one.count]
    return tuple(sorted(seen, key=lambda one: (one.possible, -one.count)))


def _system_lines(report: StudyReport, task: TaskReport) -> tuple[ErrorLine, ...]:
    lines = (_error_line(report, task, kind, possible=False) for kind in _SYSTEM)
    return tuple(one for one in lines if one.count)


def _error_line(report: StudyReport, task: TaskReport, kind: str, *, possible: bool) -> ErrorLine:
    counts = {**task.errors.by_kind, **task.errors.signals}
    longest = max(counts.values(), default=0) or 1
    return ErrorLine(ERROR_WORDS[kind], counts[kind], counts[kind] / longest, possible, kind in report.count_errors)


def _places(task: TaskReport) -> Iterator[Place]:
    """Where the most went wrong, elements and addresses as they were recorded."""
    found: Counter[tuple[str, str, str]] = Counter()
    for one in task.counted:
        if one.row.measures is not None:
            found.update(
                (each.what, each.page, each.kind) for each in (*one.row.measures.errors, *one.row.measures.signals)
            )
    for (what, page, kind), count in found.most_common(PLACES_AT_MOST):
        yield Place(what or page, page_name(page), ERROR_WORDS[kind], count)


def page_name(page: str) -> str:
    """A page as people know it: without the site.

    >>> page_name("https://shop.example/basket/?page=2"), page_name("https://shop.example")
    ('/basket/?page=2', '/')
    """
    rest = page.partition("://")[2] or page
    return f"/{rest.partition('/')[2]}"


def _first_clicks(task: TaskReport) -> Iterator[FirstClickLine]:
    seen: Counter[tuple[str, str, bool | None]] = Counter()
    for one in task.counted:
        measures = one.row.measures
        if measures is not None and measures.first_click_at is not None:
            at = measures.first_click_at
            seen[at.selector, page_name(at.page), measures.first_click] += 1
    longest = max(seen.values(), default=0) or 1
    for (selector, page, right), count in seen.most_common(FIRST_CLICKS_AT_MOST):
        yield FirstClickLine(selector, page, count, count / longest, right)


def _small_stats(task: TaskReport) -> Iterator[Stat]:
    if (first := task.first_click) is not None:
        figure = of(first.correct, first.n) if first.n else "–"
        said = words.share_beside(first.rate, first.ci, first.n, first.reasons.get("rate"))
        yield Stat("First click in the right place", figure, first.n, said)
    clicks = task.clicks.to_completion
    if clicks.median is not None:
        likely = f", likely {short(clicks.ci[0])} to {short(clicks.ci[1])}" if clicks.ci else ""
        yield Stat("Clicks to finish", short(clicks.median), clicks.n, f"median of those who finished{likely}")
    if (lostness := task.lostness) is not None and lostness.mean is not None:
        yield Stat(
            "Lostness", number(lostness.mean, 2), lostness.n, "mean of those who finished; below 0.4 is not lost"
        )
    if (search := task.search_to_navigation) is not None and search.n:
        yield Stat(
            "Began with a search", of(search.searched, search.n), search.n, "the others began with a link or button"
        )
    if task.n:
        agreement = task.agreement
        yield Stat(
            "Criteria and participant agree",
            of(agreement.rule_and_participant, task.n),
            task.n,
            _disagreement(agreement.thinks_done_but_is_not, agreement.done_without_noticing, agreement.judged),
        )
    if task.abandonment.n:
        given_up = task.abandonment
        beside = f"{given_up.timed_out} more ran out of time" if given_up.timed_out else "nobody ran out of time"
        yield Stat("Gave up or left", of(given_up.count, given_up.n), given_up.n, beside)


def _disagreement(thinks_done: int, unnoticed: int, judged: int) -> str:
    said = []
    if thinks_done:
        said.append(f"{thinks_done} thought they were done and were not")
    if unnoticed:
        said.append(f"{unnoticed} did not notice that they were done")
    if judged:
        said.append(f"{judged} judged by hand")
    return "; ".join(said) or "nobody took it for something else"


def _attempt_line(one: AttemptView, judges: Mapping[int, str]) -> AttemptLine:
    measures = one.row.measures
    return AttemptLine(
        code=one.code,
        number=one.row.number,
        outcome=str(one.row.outcome),
        time=duration(one.time_s) if one.time_s is not None else "–",
        errors=str(one.user_errors + one.system_errors) if measures else "–",
        ease=str(one.ease) if one.ease is not None else "–",
        clicks=str(measures.clicks) if measures else "–",
        why=why_it_ended(one, judges),
    )


def why_it_ended(one: AttemptView, judges: Mapping[int, str]) -> str:
    """What is known of why an attempt ended so."""
    row = one.row
    if row.judged is not None:
        judge = judges.get(row.judged_by or 0, "")
        return f"{row.judged_reason} ({judge})" if judge else f"{row.judged_reason}"
    if row.said == "done" and row.rule != "success":
        return "Thought it was done" if row.rule == "failure" else "Thought it was done; nothing was reached"
    if row.rule == "success" and row.said != "done":
        return "Did not notice that it was done"
    if row.said == "gave_up":
        return "Pressed I give up"
    return "–"
