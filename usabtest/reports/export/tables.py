"""The tables of a report, typed: what each row is about, and what its columns hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from usabtest.measurement.fold import AttemptMeasures
from usabtest.metrics.errors import ErrorKind, Signal
from usabtest.reports.figures import (
    ChoiceFigures,
    Limits,
    OpenFigures,
    QuestionFigures,
    ScaleFigures,
    StudyReport,
    TaskReport,
)
from usabtest.reports.seen import AttemptView
from usabtest.reports.task_errors import ERROR_WORDS
from usabtest.reports.words import OUTCOME_NAMES, centre

Cell = str | int | float | bool | dt.datetime | None
Row = TypeVar("Row")
Block = TypeVar("Block")


class Kind(StrEnum):
    """What a column holds, and so how it is written."""

    WORDS = "words"
    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    SCORE = "score"
    MOMENT = "moment"
    YES_OR_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its head, what it holds, what of a row it shows, and what that means."""

    head: str
    kind: Kind
    value: Callable[[Row], Cell]
    about: str = ""


@dataclass(frozen=True, slots=True)
class TaskAttempt:
    """An attempt, the task that it was at, and how many errors and signals of each kind were in it."""

    task: TaskReport
    view: AttemptView
    counts: Mapping[str, int]

    def measured(self, read: Callable[[AttemptMeasures], Cell]) -> Cell:
        """Something of its measures, None where there are none."""
        measures = self.view.row.measures
        return None if measures is None else read(measures)


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many people gave one answer to one question; an open answer stands for itself."""

    task: str
    question: QuestionFigures
    answer: Cell
    people: int


def attempts_of(report: StudyReport) -> Iterator[TaskAttempt]:
    """Every ended attempt, task by task."""
    for task in report.tasks:
        for view in task.ended:
            measures = view.row.measures
            counts = {**measures.errors_by_kind, **measures.signals_by_kind} if measures else {}
            yield TaskAttempt(task, view, counts)


def answers_of(report: StudyReport, *, words: bool) -> Iterator[AnswerCount]:
    """The answers to the study's own questions; `words` are what people wrote themselves."""
    for task in report.tasks:
        for question in task.questions:
            yield from _counts(task.title, question, words=words)
    for question in report.questions:
        yield from _counts("After the test", question, words=words)


def _counts(task: str, question: QuestionFigures, *, words: bool) -> Iterator[AnswerCount]:
    match question:
        case ChoiceFigures():
            for answer, people in question.counts.items():
                yield AnswerCount(task, question, answer, people)
            texts = question.words
        case ScaleFigures():
            for point, people in question.counts.items():
                yield AnswerCount(task, question, int(point), people)
            texts = ()
        case OpenFigures():
            texts = question.answers
    if words:
        for text in texts:
            yield AnswerCount(task, question, text, 1)


def _low(ci: Limits) -> float | None:
    return None if ci is None else ci[0]


def _high(ci: Limits) -> float | None:
    return None if ci is None else ci[1]


def _below(figure: float | None, ci: Limits) -> float | None:
    """How far the interval reaches below the figure."""
    return None if figure is None or ci is None else figure - ci[0]


def _above(figure: float | None, ci: Limits) -> float | None:
    """How far the interval reaches above the figure."""
    return None if figure is None or ci is None else ci[1] - figure


def _in(block: Block | None, read: Callable[[Block], Cell]) -> Cell:
    """Something of a block of figures, None where the block is not there."""
    return None if block is None else read(block)


def _outcome_column(outcome: str) -> Column[TaskReport]:
    about = "Attempts that ended so."
    return Column(OUTCOME_NAMES[outcome], Kind.COUNT, lambda task: task.outcomes[outcome], about)


def _kind_column(kind: ErrorKind) -> Column[TaskReport]:
    return Column(ERROR_WORDS[kind], Kind.COUNT, lambda task: task.errors.by_kind[kind], "Errors of this kind.")


def _signal_column(signal: Signal) -> Column[TaskReport]:
    return Column(ERROR_WORDS[signal], Kind.COUNT, lambda task: task.errors.signals[signal], "Only a possible error.")


def _interval_columns(
    of: str, kind: Kind, read: Callable[[TaskReport], tuple[float | None, Limits]]
) -> tuple[Column[TaskReport], ...]:
    """How far an interval reaches to both sides, which is what charts draw it from."""
    about = "So far it reaches from the figure; for charts."
    return (
        Column(f"Interval below the {of}", kind, lambda task: _below(*read(task)), about),
        Column(f"Interval above the {of}", kind, lambda task: _above(*read(task)), about),
    )


TASK_COLUMNS: tuple[Column[TaskReport], ...] = (
    Column("Task", Kind.WORDS, lambda task: task.title),
    Column("Key", Kind.WORDS, lambda task: task.key, "The task's name in the study as a file."),
    Column("n", Kind.COUNT, lambda task: task.n, "Attempts that count: all but those skipped or not recorded."),
    Column("Successes", Kind.COUNT, lambda task: task.success.successes, "Finished without help."),
    Column("Success rate", Kind.SHARE, lambda task: task.success.rate, "Successes of n."),
    Column("Rate, low", Kind.SHARE, lambda task: _low(task.success.ci), "Where the true rate likely begins."),
    Column("Rate, high", Kind.SHARE, lambda task: _high(task.success.ci), "Where the true rate likely ends."),
    *map(_outcome_column, OUTCOME_NAMES),
    Column("At it now", Kind.COUNT, lambda task: task.in_progress, "Attempts that still run."),
    Column("Times", Kind.COUNT, lambda task: task.time_on_task.n, "Successful attempts with a time."),
    Column("Geometric mean, s", Kind.SECONDS, lambda task: task.time_on_task.geometric_mean, "Of those times."),
    Column("Median, s", Kind.SECONDS, lambda task: task.time_on_task.median, "Of those times."),
    Column("Mean, s", Kind.SECONDS, lambda task: task.time_on_task.mean, "Of those times."),
    Column("Time, low, s", Kind.SECONDS, lambda task: _low(task.time_on_task.ci), "Where the typical time begins."),
    Column("Time, high, s", Kind.SECONDS, lambda task: _high(task.time_on_task.ci), "Where the typical time ends."),
    Column("Quickest, s", Kind.SECONDS, lambda task: task.time_on_task.min, "Of those times."),
    Column("Slowest, s", Kind.SECONDS, lambda task: task.time_on_task.max, "Of those times."),
    Column(
        "Typical time, s", Kind.SECONDS, lambda task: centre(task.time_on_task), "Geometric mean, from 25 on median."
    ),
    Column("Times that look odd", Kind.COUNT, lambda task: task.time_on_task.outliers, "Flagged, not left out."),
    Column("User errors", Kind.COUNT, lambda task: task.errors.user.total, "Errors that people ran into."),
    Column("User errors per attempt", Kind.SCORE, lambda task: task.errors.user.per_attempt),
    Column("System errors", Kind.COUNT, lambda task: task.errors.system.total, "Errors of the site itself."),
    Column("System errors per attempt", Kind.SCORE, lambda task: task.errors.system.per_attempt),
    Column("Ran into errors", Kind.COUNT, lambda task: task.errors.attempts_with_errors.count, "Attempts with any."),
    Column("Ran into errors, share", Kind.SHARE, lambda task: task.errors.attempts_with_errors.rate),
    Column("Errors per opportunity", Kind.SCORE, lambda task: task.errors.per_opportunity, "User errors only."),
    Column("Gave up or left", Kind.COUNT, lambda task: task.abandonment.count),
    Column("Gave up or left, share", Kind.SHARE, lambda task: task.abandonment.rate),
    Column("Clicks", Kind.COUNT, lambda task: task.clicks.total),
    Column("Clicks, median", Kind.SCORE, lambda task: task.clicks.median),
    Column("Clicks to finish, median", Kind.SCORE, lambda task: task.clicks.to_completion.median, "Of the successful."),
    Column("Page views", Kind.COUNT, lambda task: task.page_views.total),
    Column("Page load, median, s", Kind.SCORE, lambda task: task.page_load.median),
    Column("Lostness", Kind.SCORE, lambda task: _in(task.lostness, lambda it: it.mean), "Mean; below 0.4 is not lost."),
    Column("Path deviation", Kind.SCORE, lambda task: _in(task.path_deviation, lambda it: it.median), "Median."),
    Column("First clicks", Kind.COUNT, lambda task: _in(task.first_click, lambda it: it.n), "Attempts with a click."),
    Column("First clicks in the right place", Kind.COUNT, lambda task: _in(task.first_click, lambda it: it.correct)),
    Column("Began with a search", Kind.COUNT, lambda task: _in(task.search_to_navigation, lambda it: it.searched)),
    Column("Ease answers", Kind.COUNT, lambda task: _in(task.seq, lambda it: it.n), "Of the Single Ease Question."),
    Column("Ease, mean of 7", Kind.SCORE, lambda task: _in(task.seq, lambda it: it.mean)),
    Column("Ease, low", Kind.SCORE, lambda task: _in(task.seq, lambda it: _low(it.ci))),
    Column("Ease, high", Kind.SCORE, lambda task: _in(task.seq, lambda it: _high(it.ci))),
    Column("SUM", Kind.SHARE, lambda task: task.sum.value, "The single usability metric of Sauro and Kindlund."),
    Column("Rule and participant agree", Kind.COUNT, lambda task: task.agreement.rule_and_participant),
    Column("Thought done and was not", Kind.COUNT, lambda task: task.agreement.thinks_done_but_is_not),
    Column("Done without noticing", Kind.COUNT, lambda task: task.agreement.done_without_noticing),
    Column("Judged by hand", Kind.COUNT, lambda task: task.agreement.judged),
    *map(_kind_column, ErrorKind),
    *map(_signal_column, Signal),
    *_interval_columns("rate", Kind.SHARE, lambda task: (task.success.rate, task.success.ci)),
    *_interval_columns("time", Kind.SECONDS, lambda task: (centre(task.time_on_task), task.time_on_task.ci)),
    *_interval_columns("ease", Kind.SCORE, lambda task: (task.seq.mean, task.seq.ci) if task.seq else (None, None)),
)


def _count_column(kind: ErrorKind | Signal) -> Column[TaskAttempt]:
    about = "Errors of this kind." if isinstance(kind, ErrorKind) else "Only a possible error."
    return Column(ERROR_WORDS[kind], Kind.COUNT, lambda one: one.counts.get(kind), about)


_JUDGED_REASON: Column[TaskAttempt] = Column("Why judged so", Kind.WORDS, lambda one: one.view.row.judged_reason)

_ATTEMPT_COLUMNS: tuple[Column[TaskAttempt], ...] = (
    Column("Participant", Kind.WORDS, lambda one: one.view.code),
    Column("Task", Kind.WORDS, lambda one: one.task.title),
    Column("Key", Kind.WORDS, lambda one: one.task.key, "The task's name in the study as a file."),
    Column("Attempt", Kind.WORDS, lambda one: one.view.row.id, "As the API names it."),
    Column("Position", Kind.COUNT, lambda one: one.view.row.position, "The task's place in the person's order."),
    Column("Outcome", Kind.WORDS, lambda one: _outcome(one.view.row.outcome), "How it ended, as it counts."),
    Column("By the criteria", Kind.WORDS, lambda one: one.view.row.rule, "What the rule found."),
    Column("By the participant", Kind.WORDS, lambda one: one.view.row.said, "What they pressed."),
    Column("By a moderator", Kind.WORDS, lambda one: one.view.row.judged, "What somebody judged later."),
    Column("Time on task, s", Kind.SECONDS, lambda one: one.measured(lambda it: it.time_on_task_s)),
    Column("Reached, s", Kind.SECONDS, lambda one: one.measured(lambda it: it.reached_s), "First criterion met."),
    Column("Clicks", Kind.COUNT, lambda one: one.measured(lambda it: it.clicks)),
    Column("Page views", Kind.COUNT, lambda one: one.measured(lambda it: it.page_views)),
    Column("Pages", Kind.COUNT, lambda one: one.measured(lambda it: it.pages), "Different ones."),
    *map(_count_column, (*ErrorKind, *Signal)),
    Column("Lostness", Kind.SCORE, lambda one: one.measured(lambda it: it.lostness)),
    Column("First click right", Kind.YES_OR_NO, lambda one: one.measured(lambda it: it.first_click)),
    Column("Searched", Kind.YES_OR_NO, lambda one: one.measured(lambda it: it.searched)),
    Column("Ease, of 7", Kind.COUNT, lambda one: one.view.ease),
)


def attempt_columns(*, words: bool) -> tuple[Column[TaskAttempt], ...]:
    """The columns of attempts; with `words` also what moderators wrote."""
    return (*_ATTEMPT_COLUMNS, _JUDGED_REASON) if words else _ATTEMPT_COLUMNS


ANSWER_COLUMNS: tuple[Column[AnswerCount], ...] = (
    Column("Task", Kind.WORDS, lambda one: one.task),
    Column("Question", Kind.WORDS, lambda one: one.question.question.text),
    Column("Key", Kind.WORDS, lambda one: one.question.key),
    Column("Type", Kind.WORDS, lambda one: str(one.question.type)),
    Column("Answers", Kind.COUNT, lambda one: one.question.n, "All answers to the question."),
    Column("Answer", Kind.WORDS, lambda one: one.answer, "An option, a point of the scale, or what was written."),
    Column("People", Kind.COUNT, lambda one: one.people, "How many gave it."),
)


@dataclass(frozen=True, slots=True)
class PersonOutcomes:
    """A person, and how their attempt at each task ended."""

    code: str
    status: str
    device: str | None
    sent_at: dt.datetime
    outcomes: tuple[str | None, ...]


def people_of(report: StudyReport) -> Iterator[PersonOutcomes]:
    """Everybody who counts."""
    ended = [task.outcome_of for task in report.tasks]
    for person in report.people:
        outcomes = tuple(_outcome(by_person.get(person.id)) for by_person in ended)
        yield PersonOutcomes(person.code, str(person.status), person.device, person.sent_at, outcomes)


def person_columns(tasks: Iterable[TaskReport]) -> tuple[Column[PersonOutcomes], ...]:
    """The columns of people, one a task."""
    return (
        Column("Participant", Kind.WORDS, lambda one: one.code),
        Column("Status", Kind.WORDS, lambda one: one.status),
        Column("Device", Kind.WORDS, lambda one: one.device),
        Column("Began, UTC", Kind.MOMENT, lambda one: one.sent_at),
        *(_ended_column(place, task) for place, task in enumerate(tasks)),
    )


def _ended_column(place: int, task: TaskReport) -> Column[PersonOutcomes]:
    return Column(task.title, Kind.WORDS, lambda one: one.outcomes[place], "How the attempt at this task ended.")


def _outcome(outcome: str | None) -> str | None:
    return None if outcome is None else OUTCOME_NAMES[outcome]
