"""One page in plain words: what people were asked, how many could, where it hurt, how it felt, how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from usabtest.conclusions.queries import Concluded, FindingText
from usabtest.metrics import Outcome
from usabtest.reports import charts
from usabtest.reports.cx.changed import Changed
from usabtest.reports.cx.cost import CostShown, cost_shown
from usabtest.reports.cx.felt import Felt, felt
from usabtest.reports.cx.suggestions import FINDINGS_AT_MOST, by_loss, figure_sentence, suggest
from usabtest.reports.cx.sure import MOST, not_sure_yet, sure_enough
from usabtest.reports.figures import StudyReport, SusFigures, TaskReport
from usabtest.reports.origin import Origin, filters_in_words, origin
from usabtest.reports.overview_tables import score_tables
from usabtest.reports.tables import Table
from usabtest.reports.terms import Term
from usabtest.reports.words import (
    AVERAGE_SUS,
    COUNTS_ONLY_BELOW,
    NOBODY_YET,
    PERCENT_LEADS_FROM,
    TOO_FEW,
    Sentence,
    by_need,
    lost_successes,
    named,
    number,
    of,
    people,
    percent,
    sus_drawn,
)

FIGURES_AT_MOST = 20
_COULD = Term(
    "How many could do it",
    "The share of people who would serve themselves. Whoever does not manage calls, writes, or leaves.",
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class AskedTask:
    """A task and how many managed it: up to twenty people as figures (True: alone), more as a bar."""

    key: str
    title: str
    count: str
    likely: str
    figures: tuple[bool, ...]
    bar: charts.Bar | None


@dataclass(frozen=True, slots=True)
class CxFinding:
    """Something that hurt: a headline, how many it cost their success, why, and what was seen."""

    number: int
    task_key: str | None
    title: str
    figure: str
    text: str
    seen: str
    suggested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CxSummary:
    """Everything that the page, the PDF and a shared link show of it; `terms` are those that it uses."""

    title: str
    whom: str
    lead: Sentence
    intro: str
    asked: tuple[AskedTask, ...]
    asked_note: str
    findings: tuple[CxFinding, ...]
    felt: tuple[Felt, ...]
    sus_scale: charts.SusScale | None
    sus_reading: str
    sus_table: Table | None
    changed: Changed | None
    cost: CostShown | None
    sure: tuple[str, ...]
    not_sure: tuple[str, ...]
    terms: tuple[Term, ...]
    origin: Origin

    @property
    def empty(self) -> bool:
        """Whether nobody has tried a task."""
        return not any(task.figures or task.bar for task in self.asked)

    @property
    def asked_reading(self) -> str:
        """How the drawing of how many could do it is read."""
        said = []
        if any(task.figures for task in self.asked):
            said.append("Each figure is one person; a filled one finished without help.")
        if any(task.bar for task in self.asked):
            said.append("Each dot is the share of people who finished without help.")
        return f"{' '.join(said)} The small print says how many of 100 other people would likely manage."

    @property
    def suggested(self) -> bool:
        """Whether somebody has yet to read the findings: they come from the data alone."""
        return any(finding.suggested for finding in self.findings)


def cx_summary(
    report: StudyReport,
    concluded: Concluded,
    *,
    changed: Changed | None = None,
    cost_changes: Mapping[str, str] | None = None,
) -> CxSummary:
    """Make the summary of a report, with what a researcher has written, and with what a reader put into the sum."""
    tasks = {task.key: task for task in report.tasks}
    findings = tuple(_findings(concluded.findings, tasks))
    rated = report.sus if report.sus is not None and report.sus.mean is not None else None
    said = tuple(felt(report))
    of_findings = [tasks.get(finding.task_key or "") for finding in findings]
    return CxSummary(
        title=report.study.title,
        whom=" · ".join(_whom(report)),
        lead=Sentence(concluded.lead, "", "") if concluded.lead else suggested_lead(report.tasks),
        intro=_intro(report),
        asked=tuple(map(_asked, report.tasks)),
        asked_note=_asked_note(report.tasks),
        findings=findings,
        felt=said,
        sus_scale=charts.sus_scale(rated, changed.sus if changed else None) if rated else None,
        sus_reading=" ".join(_sus_reading(rated, changed)) if rated else "",
        sus_table=next((table for table in score_tables(report) if table.name == "sus"), None) if rated else None,
        changed=changed,
        cost=cost_shown(concluded.cost, tasks, cost_changes or {}),
        sure=sure_enough(report.tasks),
        not_sure=not_sure_yet(report.tasks, of_findings, report.sus, report.completeness),
        terms=tuple(_terms(report, said)),
        origin=origin(report),
    )


def suggested_lead(tasks: Sequence[TaskReport]) -> Sentence:
    """The headline: the task that lost most, and what worked for most (only if that is likely so of other people)."""
    tried = [task for task in by_need(tuple(tasks)) if task.n]
    if not tried:
        return Sentence(NOBODY_YET, "", "")
    worst, others = tried[0], tried[1:]
    lost = lost_successes(worst)
    end = f" {TOO_FEW}" if worst.n < COUNTS_ONLY_BELOW else ""
    if not lost:
        return Sentence("Everyone we watched could do ", _things(len(tried), "all "), f".{end}")
    most = others and all(task.success.ci and task.success.ci[0] > MOST for task in others)
    before = f"Most people could do the other {_things(len(others))}. " if most else ""
    share = worst.n >= PERCENT_LEADS_FROM and worst.success.rate is not None
    whom = f"{percent(lost / worst.n)} of {worst.n:,} people" if share else of(lost, worst.n)
    return Sentence(before, named(worst.title), f" stopped {whom}.{end}")


def _things(count: int, every: str = "") -> str:
    if count == 1:
        return "the one thing that we asked" if every else "thing"
    return f"{every}{_SMALL[count] if count < len(_SMALL) else count} things"


def _sus_reading(sus: SusFigures, changed: Changed | None) -> Iterator[str]:
    """How the drawing of the score is read."""
    yield sus_drawn(sus)
    if changed and changed.sus and changed.sus.mean is not None:
        likely = f", likely {number(changed.sus.ci[0])} to {number(changed.sus.ci[1])}" if changed.sus.ci else ""
        yield f"The hollow mark is the round before: {number(changed.sus.mean)}{likely}."
    yield f"Letters are grades among other products; the dotted line is their average, {AVERAGE_SUS}."


def _whom(report: StudyReport) -> Iterator[str]:
    yield people(len(report.people))
    if report.people:
        first, last = (choose(person.sent_at for person in report.people) for choose in (min, max))
        yield _days(first, last)
    yield from (one.words for one in filters_in_words(report.filters) if one.name)


def _days(first: dt.datetime, last: dt.datetime) -> str:
    """The days from one to another.

    >>> _days(dt.datetime(2026, 11, 2), dt.datetime(2026, 11, 14))
    '2 to 14 November 2026'
    """
    if first.date() == last.date():
        return f"{last.day} {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B %Y}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {first:%B}{year} to {last.day} {last:%B %Y}"


def _intro(report: StudyReport) -> str:
    tried = len(report.tried)
    count = len(report.tasks)
    things = f"{_SMALL[count] if count < len(_SMALL) else count} {'thing' if count == 1 else 'things'}"
    if not tried:
        return f"We ask people to do {things} on the site on their own. Figures appear when the first has tried."
    return (
        f"We asked {people(tried)} to do {things} on the site on their own, and watched what happened. "
        "This page says what they could do, where it hurt, and how sure we are."
    )


def _asked(task: TaskReport) -> AskedTask:
    success = task.success
    few = task.n <= FIGURES_AT_MOST
    return AskedTask(
        key=task.key,
        title=task.title,
        count=of(success.successes, task.n) if task.n else "not tried yet",
        likely=_likely(task),
        figures=tuple([True] * success.successes + [False] * lost_successes(task)) if few else (),
        bar=None if few else charts.rate_bar(success.rate, success.ci),
    )


def _likely(task: TaskReport) -> str:
    if task.success.ci is None:
        return ""
    if task.n < COUNTS_ONLY_BELOW:
        return "too few to say of others"
    low, high = (number(100 * limit, 0) for limit in task.success.ci)
    return f"likely {low} to {high} of 100"


def _terms(report: StudyReport, said: Sequence[Felt]) -> Iterator[Term]:
    """The words that the summary uses, and nothing that was not asked."""
    yield _COULD
    intervals = [_likely(task) for task in report.tasks if task.success.ci and task.n >= COUNTS_ONLY_BELOW]
    word = intervals[0].capitalize() if intervals else "Likely"
    if intervals or any("likely" in one.doubt.lower() for one in said):
        about = (
            "We watched a few people, not all. If we had watched everyone, the true number would very likely "
            f"(in {number(100 * report.confidence, 0)} of 100 such studies) lie there."
        )
        yield Term(word, about)
    yield from (one.measure for one in said)


def _asked_note(tasks: Sequence[TaskReport]) -> str:
    helped = sum(task.outcomes.get(Outcome.ASSISTED, 0) for task in tasks)
    said = ["Whoever needed help is counted among those who could not."] if helped else []
    if len({task.n for task in tasks if task.n}) > 1:
        said.append("Not everyone came to every task.")
    return " ".join(said)


def _findings(written: tuple[FindingText, ...] | None, tasks: Mapping[str, TaskReport]) -> Iterator[CxFinding]:
    """Those of the researcher, each empty text as the data suggest it; without any the three that cost most."""
    if written is None:
        worst = by_loss(tuple(tasks.values()))[:FINDINGS_AT_MOST]
        written = tuple(FindingText(task_key=task.key) for task in worst)
    told = {one.task_key for one in written}
    by_task = {one.task_key: one for one in suggest([task for key, task in tasks.items() if key in told])}
    for place, one in enumerate(written, start=1):
        suggestion = by_task.get(one.task_key or "")
        task = tasks.get(one.task_key or "")
        title = one.title or (suggestion.title if suggestion else "")
        if not title:
            continue
        yield CxFinding(
            number=place,
            task_key=one.task_key if task else None,
            title=title,
            figure=figure_sentence(task) if task and task.n else "",
            text=one.text or (suggestion.text if suggestion and not one.title else ""),
            seen=one.seen or (suggestion.seen if suggestion else ""),
            suggested=not one.title,
        )
