"""The page of one task: what it shows, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from markupsafe import Markup

from usabtest.flow.markdown import to_html
from usabtest.reports import charts, terms, words
from usabtest.reports.attempt_list import AttemptList, attempt_list, attempts_table
from usabtest.reports.criteria_words import how_it_ends
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.overview import Asked, asked
from usabtest.reports.overview_tables import questions_table
from usabtest.reports.tables import Table
from usabtest.reports.task_clicks import FirstClicks, first_clicks
from usabtest.reports.task_errors import ErrorsShown, errors_shown
from usabtest.reports.task_times import TimesShown, times_shown
from usabtest.reports.task_ways import WaysShown, ways_shown
from usabtest.reports.view import View
from usabtest.reports.words import OUTCOME_NAMES, Sentence, duration, number, of, plural, short

_AS_IT_COMES = View()


@dataclass(frozen=True, slots=True)
class Stat:
    """A figure with n and its doubt, for the macro `stat`; `about` explains what is measured."""

    label: str
    figure: str
    n: int
    words: str
    bar: charts.Bar | None = None
    of: str = "people"
    about: str = ""

    @property
    def drawn(self) -> dict[str, object] | None:
        """The bar as the macro takes it."""
        return asdict(self.bar) if self.bar else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the three witnesses say of the attempts that count: of each pair of verdicts how many, and who judged."""

    sentence: str
    said: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    judged: str


@dataclass(frozen=True, slots=True)
class TaskShown:
    """Everything that the page shows of a task."""

    task: TaskReport
    language: str
    place: str
    before: str | None
    after: str | None
    lead: Sentence
    ends: str
    scenario: Markup
    stats: tuple[Stat, ...]
    parts: tuple[charts.Part, ...]
    outcome_sentence: str
    outcomes: Table
    times: TimesShown
    ease: tuple[charts.Column, ...]
    ease_sentence: str
    ease_table: Table
    errors: ErrorsShown
    errors_sentence: str
    first_clicks: FirstClicks | None
    ways: WaysShown | None
    small_stats: tuple[Stat, ...]
    agreement: Agreement
    questions: tuple[Asked, ...]
    questions_table: Table
    attempts: AttemptList
    attempts_table: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """The figures behind every chart of the page, for the files."""
        others = [one.table for one in (self.first_clicks, self.ways) if one is not None]
        figures = (self.outcomes, self.times.table, self.ease_table, self.errors.table, *others)
        return (*figures, self.questions_table, self.attempts_table)


def task_shown(
    report: StudyReport, task: TaskReport, judges: Mapping[int, str], view: View = _AS_IT_COMES
) -> TaskShown:
    """Make the page's content; `judges` are the names of those who judged attempts, by user id."""
    keys = [one.key for one in report.tasks]
    place = keys.index(task.key)
    times = times_shown(task, confidence=report.confidence)
    ease = charts.columns(charts.ease_counts(task)) if task.seq and task.seq.n else ()
    return TaskShown(
        task=task,
        language=report.spec.language,
        place=f"Task {place + 1} of {len(keys)}",
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
        lead=words.managed(task.success.successes, task.n, task.success.rate, task.success.ci),
        ends=how_it_ends(task.task),
        scenario=to_html(task.task.scenario, links=False),
        stats=(_success(task), _time(task), _errors(task), _ease(task)),
        parts=charts.outcome_parts(task.outcomes),
        outcome_sentence=words.outcome_sentence(task),
        outcomes=_outcomes(task),
        times=times,
        ease=ease,
        ease_sentence=words.ease_sentence(task),
        ease_table=Table("ease", "How easy it felt", ("Of 7", "People"), tuple((one.words, one.count) for one in ease)),
        errors=errors_shown(report, task),
        errors_sentence=words.errors_sentence(task),
        first_clicks=first_clicks(task),
        ways=ways_shown(task),
        small_stats=tuple(_small_stats(task)),
        agreement=_agreement(task),
        questions=tuple(map(asked, task.questions)),
        questions_table=questions_table(task.questions),
        attempts=attempt_list(task, view, judges=judges, odd=times.odd.ids if times.odd else frozenset()),
        attempts_table=attempts_table(task, judges),
    )


def _outcomes(task: TaskReport) -> Table:
    rows = [(OUTCOME_NAMES[outcome], count) for outcome, count in task.outcomes.items() if count]
    if task.in_progress:
        rows.append(("At it now", task.in_progress))
    return Table(
        "outcomes", f"Outcomes of {plural(task.attempts, 'attempt')}", ("How it ended", "Attempts"), tuple(rows)
    )


def _success(task: TaskReport) -> Stat:
    success = task.success
    return Stat(
        "Finished without help",
        of(success.successes, success.n) if success.n else "–",
        success.n,
        words.share_beside(success.rate, success.ci, success.n, success.reasons.get("rate")),
        charts.rate_bar(success.rate, success.ci, benchmark=words.AVERAGE_SUCCESS),
        about="Attempts in which a criterion of success was met and nobody helped, of all that count. Those that were "
        "skipped or not recorded do not. The bar is where the true share likely lies; the dotted line is 78 %, a "
        "common average for tasks.",
    )


def _time(task: TaskReport) -> Stat:
    label, about = (
        "Typical time of those who finished",
        (
            "From Start task to the end, of the attempts that succeeded. Below 25 of them it is the geometric mean, "
            "which a few slow people move less than the usual mean; from 25 on the median."
        ),
    )
    time = task.time_on_task
    typical = words.centre(time)
    if typical is None:
        return Stat(label, "–", time.n, "nobody finished, so there is no time", about=about)
    axis = charts.time_axis([*(one for one in (time.min, time.max) if one is not None), *(time.ci or ())])
    low, high = (axis.place(time.ci[0]), axis.place(time.ci[1])) if time.ci else (None, None)
    ticks = tuple(tick.place for tick in axis.ticks)
    said = words.likely_times(time) if time.n == 1 else f"{words.centre_name(time)}, {words.likely_times(time)}"
    return Stat(label, duration(typical), time.n, said, charts.Bar(axis.place(typical), low, high, ticks), about=about)


def _errors(task: TaskReport) -> Stat:
    share = task.errors.attempts_with_errors
    return Stat(
        "Ran into errors",
        of(share.count, share.n) if share.n else "–",
        share.n,
        words.share_beside(share.rate, share.ci, share.n, share.reasons.get("rate")),
        charts.rate_bar(share.rate, share.ci),
        about="Attempts that met at least one error: a form was refused, a page off the way was opened, the site said "
        "so, a script or a request failed. Clicks that did nothing are only possible errors and are not counted unless "
        "the study says so.",
    )


def _ease(task: TaskReport) -> Stat:
    seq, label, about = (
        task.seq,
        "Felt easy, of 7",
        ("The Single Ease Question after the task: 1 is very difficult, 7 very easy. An average task gets about 5.5."),
    )
    if seq is None:
        return Stat(label, "–", 0, "was not asked", of="answers", about=about)
    if seq.mean is None:
        return Stat(label, "–", 0, "nobody has answered yet", of="answers", about=about)
    said = f"likely {number(seq.ci[0])} to {number(seq.ci[1])}" if seq.ci else "no interval from one answer"
    bar = charts.scale_bar(seq.mean, seq.ci, low=1, high=7)
    return Stat(label, number(seq.mean), seq.n, said, bar, "answers", about)


def _small_stats(task: TaskReport) -> Iterator[Stat]:
    if (first := task.first_click) is not None:
        figure = of(first.correct, first.n) if first.n else "–"
        said = words.share_beside(first.rate, first.ci, first.n, first.reasons.get("rate"))
        yield Stat(terms.FIRST_CLICK.word, figure, first.n, said, about=terms.FIRST_CLICK.about)
    clicks = task.clicks.to_completion
    if clicks.median is not None:
        likely = f", likely {short(clicks.ci[0])} to {short(clicks.ci[1])}" if clicks.ci else ""
        said = f"median of those who finished{likely}"
        yield Stat(terms.CLICKS.word, short(clicks.median), clicks.n, said, about=terms.CLICKS.about)
    if (lostness := task.lostness) is not None and lostness.mean is not None:
        likely = f", likely {number(lostness.ci[0], 2)} to {number(lostness.ci[1], 2)}" if lostness.ci else ""
        said = f"mean of those who finished{likely}; {_lost(lostness.mean)}"
        yield Stat(terms.LOSTNESS.word, number(lostness.mean, 2), lostness.n, said, about=terms.LOSTNESS.about)
    if (search := task.search_to_navigation) is not None and search.n:
        yield Stat(
            "Began with a search", of(search.searched, search.n), search.n, "the others began with a link or button"
        )
    if task.abandonment.n:
        given_up = task.abandonment
        likely = words.share_beside(given_up.rate, given_up.ci, given_up.n)
        beside = f"{given_up.timed_out} more ran out of time" if given_up.timed_out else "nobody ran out of time"
        yield Stat("Gave up or left", of(given_up.count, given_up.n), given_up.n, f"{likely}; {beside}")


def _lost(mean: float) -> str:
    return "below 0.4, not lost" if mean < 0.4 else "above 0.5, lost" if mean > 0.5 else "between 0.4 and 0.5, unclear"


_RULES = (("success", "Success"), ("failure", "Failure"), (None, "Nothing met"))
_SAYINGS = (("done", "“I’m done”"), ("gave_up", "“I give up”"), (None, "Nothing"))


def _agreement(task: TaskReport) -> Agreement:
    seen = Counter((one.row.rule, one.row.said) for one in task.counted)
    found = task.agreement
    said = [f"The criteria and the participant agree in {of(found.rule_and_participant, task.n)}"]
    if found.thinks_done_but_is_not:
        said.append(f"{found.thinks_done_but_is_not} thought they were done and were not")
    if found.done_without_noticing:
        said.append(f"{found.done_without_noticing} did not notice that they were done")
    return Agreement(
        sentence="; ".join(said) + ".",
        said=tuple(words for _, words in _SAYINGS),
        rows=tuple((word, tuple(seen[rule, said] for said, _ in _SAYINGS)) for rule, word in _RULES),
        judged=_judged(task),
    )


def _judged(task: TaskReport) -> str:
    """What moderators said, and how often it was something else than what was found without them."""
    if not task.agreement.judged:
        return "No attempt was judged by a moderator."
    judged = [one.row for one in task.counted if one.row.judged is not None]
    confirmed = sum(1 for row in judged if row.judged == row.rule)
    return (
        f"Moderators judged {of(len(judged), task.n)}; {of(confirmed, len(judged))} as the criteria did. "
        "Their word counts; what the criteria and the participant say stays beside it."
    )
