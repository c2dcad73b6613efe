"""How far a participant is: facts that can be added up in any order, and the place that follows from them.

The browser keeps the same facts and draws the same conclusions (`static/snippet/progress.js`), so that it can go on
without the server; `tests/wire/progress.json` holds both to one meaning. Facts only ever grow: what was met or ended
earlier stays, and nothing here says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from usabtest.events.types import (
    Answered,
    AnswerValue,
    CriterionMet,
    Done,
    Event,
    Finished,
    GaveUp,
    Left,
    Step,
    TaskStarted,
    TimeUp,
    in_time_order,
)
from usabtest.participation.verdict import How

UNASKED = frozenset({How.ABANDONED, How.LEFT, How.SKIPPED})


class Phase(StrEnum):
    """Where a participant is: in a task, at its questions, at those after the test, at Finish, or through."""

    BEFORE = "before"
    RUNNING = "running"
    QUESTIONS = "questions"
    AFTER = "after"
    FINISH = "finish"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Position:
    """The phase; the attempt's number in the phases of a task; what is asked together, and the first one unanswered."""

    phase: Phase
    number: int | None = None
    questions: tuple[str, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """What of a task decides how it goes on: whether it ends by itself, and the keys of what is asked after it."""

    auto: bool
    answers: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A participant's way as it was laid out at the start: the tasks in their order, the questions after them."""

    tasks: tuple[PlannedTask, ...]
    after: tuple[str, ...]

    @classmethod
    def of(cls, definition: Mapping[str, Any]) -> Self:
        """The plan in a definition as the browser gets it."""
        return cls(
            tasks=tuple(
                PlannedTask(
                    auto=task["finish"] == "auto", answers=_keys(task["answers"]), questions=_keys(task["questions"])
                )
                for task in definition["tasks"]
            ),
            after=_keys(definition["after"]),
        )

    def asks(self, number: int | None, question: str) -> bool:
        """Whether this question belongs to the attempt of that number, or with None to what comes after the test."""
        if number is None:
            return question in self.after
        if number >= len(self.tasks):
            return False
        task = self.tasks[number]
        return question in task.answers or question in task.questions


@dataclass(frozen=True, slots=True)
class Met:
    side: str
    index: int | None
    at_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    how: How
    at_ms: int


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """What is known of one attempt; a task that was skipped ended without a start."""

    started_ms: int | None = None
    met: Met | None = None
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a session's course; `status` is the study's, which only the server knows."""

    attempts: Mapping[int, AttemptFacts] = field(default_factory=dict)
    answers: Mapping[str, AnswerValue] = field(default_factory=dict)
    left_ms: int | None = None
    finished_ms: int | None = None
    status: str | None = None


def facts_of(
    events: Iterable[Event], plan: Plan, *, ends: Mapping[int, Ended] | None = None, status: str | None = None
) -> Facts:
    """What a session's events say, and the ends that were set without an event: by the clock, or by a moderator."""
    facts = merge(
        _said(events, plan, status),
        Facts(attempts={number: AttemptFacts(ended=end) for number, end in (ends or {}).items()}),
    )
    return facts if facts.left_ms is None else _with_left_attempt(facts, facts.left_ms)


def merge(known: Facts, own: Facts) -> Facts:
    """Both sets of facts in one; of two answers to a question `own` is the later word, the status is `known`'s."""
    return Facts(
        attempts={
            number: _merged(known.attempts.get(number, _UNKNOWN), own.attempts.get(number, _UNKNOWN))
            for number in sorted(known.attempts.keys() | own.attempts.keys())
        },
        answers={**known.answers, **own.answers},
        left_ms=_earlier(known.left_ms, own.left_ms),
        finished_ms=_earlier(known.finished_ms, own.finished_ms),
        status=known.status,
    )


def position(plan: Plan, facts: Facts) -> Position:
    """Where the participant is, by the facts alone."""
    if facts.left_ms is not None or facts.finished_ms is not None:
        return Position(Phase.OVER)
    for number, task in enumerate(plan.tasks):
        attempt = facts.attempts.get(number)
        if attempt is None:
            return Position(Phase.BEFORE, number)
        if attempt.ended is None:
            return Position(Phase.RUNNING, number)
        questions = _asked(task, attempt)
        index = _first_unanswered(f"{number}/", questions, facts)
        if index is not None:
            return Position(Phase.QUESTIONS, number, questions, index)
    index = _first_unanswered("/", plan.after, facts)
    if index is not None:
        return Position(Phase.AFTER, questions=plan.after, index=index)
    return Position(Phase.FINISH)


def to_json(facts: Facts) -> dict[str, object]:
    """The facts as the wire's STATE."""
    return {
        "attempts": {str(number): _attempt_json(attempt) for number, attempt in facts.attempts.items()},
        "answers": dict(facts.answers),
        "left": facts.left_ms,
        "finished": facts.finished_ms,
        "status": facts.status,
    }


def from_json(state: Mapping[str, Any]) -> Facts:
    """The facts in a STATE."""
    return Facts(
        attempts={int(number): _attempt_from(attempt) for number, attempt in state["attempts"].items()},
        answers=dict(state["answers"]),
        left_ms=state["left"],
        finished_ms=state["finished"],
        status=state["status"],
    )


_UNKNOWN = AttemptFacts()


def _said(events: Iterable[Event], plan: Plan, status: str | None) -> Facts:
    """What all steps say; added up in place, for a session may have very many."""
    attempts: dict[int, AttemptFacts] = {}
    answers: dict[str, AnswerValue] = {}
    left_ms = finished_ms = None
    for event in in_time_order(events):
        if isinstance(event.payload, Step):
            own = _said_by(event, plan)
            for number, attempt in own.attempts.items():
                attempts[number] = _merged(attempts.get(number, _UNKNOWN), attempt)
            answers.update(own.answers)
            left_ms = _earlier(left_ms, own.left_ms)
            finished_ms = _earlier(finished_ms, own.finished_ms)
    return Facts(attempts, answers, left_ms, finished_ms, status)


def _said_by(event: Event, plan: Plan) -> Facts:
    """What this one event adds."""
    match event.payload:
        case Answered(question=question, value=value):
            return Facts(answers={f"{'' if event.attempt is None else event.attempt}/{question}": value})
        case Left():
            return Facts(left_ms=event.at_ms)
        case Finished():
            return Facts(finished_ms=event.at_ms)
    if event.attempt is None or event.attempt >= len(plan.tasks):
        return Facts()
    attempt = _said_of_attempt(event, plan.tasks[event.attempt])
    return Facts(attempts={event.attempt: attempt}) if attempt else Facts()


def _said_of_attempt(event: Event, task: PlannedTask) -> AttemptFacts | None:
    match event.payload:
        case TaskStarted():
            return AttemptFacts(started_ms=event.at_ms)
        case CriterionMet(side=side, index=index):
            ended = Ended(How.AUTO, event.at_ms) if task.auto else None
            return AttemptFacts(met=Met(side, index, event.at_ms), ended=ended)
        case Done():
            return AttemptFacts(ended=Ended(How.DONE, event.at_ms))
        case GaveUp():
            return AttemptFacts(ended=Ended(How.GAVE_UP, event.at_ms))
        case TimeUp():
            return AttemptFacts(ended=Ended(How.TIMED_OUT, event.at_ms))
    return None


def _with_left_attempt(facts: Facts, left_ms: int) -> Facts:
    """Leaving the test ends what ran at that moment."""
    left = AttemptFacts(ended=Ended(How.LEFT, left_ms))
    running = {
        number: left
        for number, attempt in facts.attempts.items()
        if attempt.started_ms is not None and attempt.started_ms <= left_ms
    }
    return merge(facts, Facts(attempts=running))


def _merged(known: AttemptFacts, own: AttemptFacts) -> AttemptFacts:
    return AttemptFacts(
        started_ms=_earlier(known.started_ms, own.started_ms),
        met=_earlier_met(known.met, own.met),
        ended=_deciding_end(known.ended, own.ended),
    )


def _earlier(known: int | None, own: int | None) -> int | None:
    return min((each for each in (known, own) if each is not None), default=None)


def _earlier_met(known: Met | None, own: Met | None) -> Met | None:
    if known is None or own is None:
        return known or own
    return own if own.at_ms < known.at_ms else known


def _deciding_end(known: Ended | None, own: Ended | None) -> Ended | None:
    """The earlier end, but one that only silence had brought about gives way to any other."""
    if known is None or own is None:
        return known or own
    return min(known, own, key=lambda end: (end.how is How.ABANDONED, end.at_ms))


def _asked(task: PlannedTask, attempt: AttemptFacts) -> tuple[str, ...]:
    if attempt.ended is None or attempt.ended.how in UNASKED:
        return ()
    if attempt.ended.how is How.DONE and attempt.met is None:
        return task.answers + task.questions
    return task.questions


def _first_unanswered(prefix: str, questions: Iterable[str], facts: Facts) -> int | None:
    return next((index for index, key in enumerate(questions) if prefix + key not in facts.answers), None)


def _keys(questions: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(question["key"] for question in questions)


def _attempt_json(attempt: AttemptFacts) -> dict[str, object]:
    met, ended = attempt.met, attempt.ended
    return {
        "started": attempt.started_ms,
        "met": {"side": met.side, "index": met.index, "at": met.at_ms} if met else None,
        "ended": {"how": str(ended.how), "at": ended.at_ms} if ended else None,
    }


def _attempt_from(attempt: Mapping[str, Any]) -> AttemptFacts:
    met, ended = attempt["met"], attempt["ended"]
    return AttemptFacts(
        started_ms=attempt["started"],
        met=Met(met["side"], met["index"], met["at"]) if met else None,
        ended=Ended(How(ended["how"]), ended["at"]) if ended else None,
    )
