"""The first page of a report: what it shows, in which words and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from usabtest.reports import charts, terms, words
from usabtest.reports.figures import (
    ChoiceFigures,
    CompletenessFigures,
    OpenFigures,
    ParticipantFigures,
    QuestionFigures,
    ScaleFigures,
    StudyReport,
    TaskReport,
)
from usabtest.reports.overview_tables import overview_tables
from usabtest.reports.rows import PersonRow
from usabtest.reports.tables import Table
from usabtest.reports.terms import Term
from usabtest.reports.time_chart import Times, times_of
from usabtest.reports.words import Sentence, duration, number, of, plural

GLYPHS_AT_MOST = 30
# How wide the axis of times is at least, in its column of the table.
_AXIS_PX = 150.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A count in bold and what it counts."""

    figure: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and small beside it what it is worth."""

    figure: str
    beside: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task among the others, each measure on the axis that all share."""

    key: str
    title: str
    under: str
    success: Cell
    success_bar: charts.Bar | None
    time: Cell
    times: Times | None
    errors: Cell
    ease: Cell
    ease_bar: charts.Bar | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A score: the figure, what stands beside it, the sentence, what it is drawn from, and its questionnaire.

    `table` is the name of the table with its figures; `ticks` are the words of its axis.
    """

    figure: str
    beside: str
    sentence: str
    n: int
    term: Term
    table: str
    ticks: tuple[charts.Tick, ...] = ()

    @property
    def answers(self) -> str:
        return plural(self.n, "answer")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was answered to it."""

    text: str
    type: str
    words: str
    columns: tuple[charts.Column, ...] = ()
    labels: tuple[str, str] | None = None
    texts: tuple[str, ...] = ()
    bar: charts.Bar | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """A row of Who did what: a task, and how each person's attempt ended (None: not tried, or still running)."""

    key: str
    title: str
    outcomes: tuple[str | None, ...]
    parts: tuple[charts.Part, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page shows of a report."""

    report: StudyReport
    lead: Sentence
    facts: tuple[Fact, ...]
    devices: str
    missing: str
    lines: tuple[TaskLine, ...]
    time_ticks: tuple[charts.Tick, ...]
    centre: str
    sus: Drawn | None
    sus_scale: charts.SusScale | None
    nps: Drawn | None
    nps_bar: charts.Bar | None
    others: tuple[tuple[str, Drawn, charts.Bar | None], ...]
    questions: tuple[Asked, ...]
    codes: tuple[str, ...]
    doers: tuple[Doer, ...]
    occurring: tuple[str, ...]
    odd: tuple[tuple[str, str, str], ...]
    tables: Mapping[str, Table]

    @property
    def empty(self) -> bool:
        """Whether nobody has tried a task."""
        return not any(task.attempts for task in self.report.tasks)

    @property
    def glyphs(self) -> bool:
        return len(self.codes) <= GLYPHS_AT_MOST


def overview(report: StudyReport) -> Overview:
    tasks = words.by_need(report.tasks)
    axis = charts.time_axis(_all_times(tasks))
    return Overview(
        report=report,
        lead=words.study_lead(report.tasks, filtered=bool(report.filters)),
        facts=_facts(report.participants, report.completeness),
        devices=_devices(report.people),
        missing=_missing(report.completeness),
        lines=tuple(_line(task, axis) for task in tasks),
        time_ticks=axis.ticks_within(_AXIS_PX),
        centre=_centre(tasks),
        sus=_sus(report),
        sus_scale=charts.sus_scale(report.sus) if report.sus else None,
        nps=_nps(report),
        nps_bar=charts.nps_bar(report.nps) if report.nps else None,
        others=tuple(_others(report)),
        questions=tuple(map(asked, report.questions)),
        codes=tuple(person.code for person in report.tried),
        doers=tuple(_doers(report)),
        occurring=_occurring(report.tasks),
        odd=tuple(_odd(report.tasks)),
        tables={table.name: table for table in overview_tables(report)},
    )


def asked(question: QuestionFigures) -> Asked:
    """A question of the study's own, in words."""
    text = question.question.text
    match question:
        case ChoiceFigures():
            return Asked(
                text, "choice", plural(question.n, "answer"), charts.columns(question.counts), texts=question.words
            )
        case ScaleFigures():
            return Asked(
                text, "scale", _scale_words(question), charts.columns(question.counts), question.question.labels
            )
        case OpenFigures():
            return Asked(text, "open", plural(question.n, "answer"), texts=question.answers)


def _scale_words(question: ScaleFigures) -> str:
    answers = plural(question.n, "answer")
    if question.mean is None:
        return answers
    said = f"{answers}, mean {number(question.mean)}"
    return f"{said}, likely {number(question.ci[0])} to {number(question.ci[1])}" if question.ci else said


def _all_times(tasks: Sequence[TaskReport]) -> list[float]:
    limits = [limit for task in tasks for limit in task.time_on_task.ci or ()]
    return [*limits, *(time_s for task in tasks for time_s in charts.finished_s(task))]


def _line(task: TaskReport, axis: charts.TimeAxis) -> TaskLine:
    success, time, errors = task.success, task.time_on_task, task.errors.attempts_with_errors
    typical = words.centre(time)
    return TaskLine(
        key=task.key,
        title=task.title,
        under=words.did_not_finish(task),
        success=Cell(
            of(success.successes, success.n) if success.n else "–",
            words.share_beside(success.rate, success.ci, success.n, success.reasons.get("rate")),
        ),
        success_bar=charts.rate_bar(success.rate, success.ci, benchmark=words.AVERAGE_SUCCESS),
        time=Cell(
            duration(typical) if typical is not None else "–",
            words.likely_times(time) if typical is not None else "nobody finished" if task.n else "",
        ),
        times=times_of(task, axis) if typical is not None else None,
        errors=Cell(of(errors.count, errors.n) if errors.n else "–", words.errors_words(task) if errors.n else ""),
        ease=_ease(task),
        ease_bar=charts.scale_bar(task.seq.mean, task.seq.ci, low=1, high=7) if task.seq else None,
    )


def _ease(task: TaskReport) -> Cell:
    if task.seq is None:
        return Cell("–", "not asked")
    if task.seq.mean is None:
        return Cell("–", "no answers")
    if task.seq.ci is None:
        return Cell(number(task.seq.mean), "one answer, no interval")
    return Cell(number(task.seq.mean), f"likely {number(task.seq.ci[0])} to {number(task.seq.ci[1])}")


def _centre(tasks: Sequence[TaskReport]) -> str:
    names = {words.centre_name(task.time_on_task) for task in tasks if task.time_on_task.n}
    return "geometric mean, from 25 people on the median" if len(names) > 1 else "".join(names)


def _facts(people: ParticipantFigures, complete: CompletenessFigures) -> tuple[Fact, ...]:
    facts = [Fact(f"{people.sent:,}", "sent to the site"), Fact(f"{people.started:,}", "started")]
    facts.append(Fact(f"{people.completed:,}", "reached the end"))
    if people.in_progress:
        facts.append(Fact(f"{people.in_progress:,}", "at it now"))
    if people.abandoned:
        facts.append(Fact(f"{people.abandoned:,}", "left before the end"))
    if people.screened_out:
        facts.append(Fact(f"{people.screened_out:,}", "screened out"))
    if people.excluded:
        facts.append(Fact(f"{people.excluded:,}", "left out"))
    if complete.events_received:
        whole = complete.events_received + complete.events_missing
        facts.append(Fact(f"{complete.events_received:,}", f"of {whole:,} events arrived, {_gaps(complete)}"))
    return tuple(facts)


def _devices(people: Sequence[PersonRow]) -> str:
    """On which devices those who count took part."""
    seen = Counter(person.device or "unknown device" for person in people)
    return ", ".join(plural(count, device) for device, count in seen.most_common())


def _gaps(complete: CompletenessFigures) -> str:
    if not complete.events_missing and not complete.dropped_in_browser:
        return "nothing missing"
    return "some missing"


def _missing(complete: CompletenessFigures) -> str:
    """What did not arrive, if anything."""
    said = []
    if complete.events_missing:
        gaps = plural(complete.sessions_with_gaps, "session has", "sessions have")
        said.append(f"{plural(complete.events_missing, 'event')} did not arrive: {gaps} a gap.")
    if complete.dropped_in_browser:
        said.append(f"{plural(complete.dropped_in_browser, 'event')} could not be kept in a participant’s browser.")
    return " ".join(said)


def _sus(report: StudyReport) -> Drawn | None:
    if report.sus is None:
        return None
    sus = report.sus
    figure = number(sus.mean) if sus.mean is not None else "–"
    return Drawn(figure, words.sus_interval(sus), words.sus_sentence(sus), sus.n, terms.SUS, "sus")


def _nps(report: StudyReport) -> Drawn | None:
    if report.nps is None:
        return None
    nps = report.nps
    if nps.score is None:
        return Drawn("–", "", words.nps_sentence(nps), 0, terms.NPS, "nps")
    score, likely = words.signed(nps.score), words.nps_interval(nps)
    return Drawn(score, likely, words.nps_sentence(nps), nps.n, terms.NPS, "nps")


def _others(report: StudyReport) -> list[tuple[str, Drawn, charts.Bar | None]]:
    """The shorter questionnaires that were asked: satisfaction, effort, UMUX-Lite."""
    found = []
    if (csat := report.csat) is not None:
        beside = words.share_beside(csat.rate, csat.ci, csat.n, csat.reasons.get("rate"))
        figure = of(csat.satisfied, csat.n) if csat.n else "–"
        told = "Satisfied: gave one of the two best of five points."
        drawn = Drawn(figure, beside, told, csat.n, terms.CSAT, "csat", _ends("0", "100 %"))
        found.append(("Satisfied", drawn, charts.rate_bar(csat.rate, csat.ci)))
    if (ces := report.ces) is not None:
        told = f"{of(ces.agreement.count, ces.n)} agreed that it was made easy (5 to 7 of 7)." if ces.n else ""
        drawn = Drawn(_mean(ces.mean), _likely(ces.mean, ces.ci), told, ces.n, terms.CES, "ces", _ends("1", "7"))
        found.append(("Made it easy", drawn, charts.scale_bar(ces.mean, ces.ci, low=1, high=7)))
    if (umux := report.umux_lite) is not None:
        told = f"A SUS of about {number(umux.sus_estimate)} is expected from it." if umux.sus_estimate else ""
        drawn = Drawn(
            _mean(umux.mean), _likely(umux.mean, umux.ci), told, umux.n, terms.UMUX_LITE, "umux-lite", _ends("0", "100")
        )
        found.append(("Useful and easy to use", drawn, charts.scale_bar(umux.mean, umux.ci, low=0, high=100)))
    return found


def _ends(low: str, high: str) -> tuple[charts.Tick, ...]:
    return (charts.Tick(0, low), charts.Tick(1, high))


def _mean(mean: float | None) -> str:
    return "–" if mean is None else number(mean)


def _likely(mean: float | None, ci: tuple[float, float] | None) -> str:
    if mean is None:
        return "Nobody has answered yet."
    return f"likely {number(ci[0])} to {number(ci[1])}" if ci else "one answer, no interval"


def _doers(report: StudyReport) -> list[Doer]:
    ids = [person.id for person in report.tried]
    return [
        Doer(task.key, task.title, tuple(map(task.outcome_of.get, ids)), charts.outcome_parts(task.outcomes))
        for task in report.tasks
    ]


def _odd(tasks: Sequence[TaskReport]) -> Iterator[tuple[str, str, str]]:
    """The tasks with times that look wrong: key, title, and how many."""
    for task in tasks:
        if task.time_on_task.outliers:
            yield task.key, task.title, plural(task.time_on_task.outliers, "odd time")


def _occurring(tasks: Sequence[TaskReport]) -> tuple[str, ...]:
    """The outcomes that a legend has to explain."""
    every = (*charts.OUTCOMES, "skipped", "invalid")
    return tuple(outcome for outcome in every if any(task.outcomes.get(outcome) for task in tasks))
