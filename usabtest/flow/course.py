"""The course of one session, folded from its events: which attempts, how each ended, how far the participant came.

Pure: the same events, in whatever batches and order they came, give the same course.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from usabtest.events.types import Answered, AnswerValue, Event, Finished, Left, ProblemReported
from usabtest.flow.progress import Ended, Facts, Phase, Plan, facts_of, position
from usabtest.participation.queries import COME_BACK
from usabtest.participation.verdict import Ending, answers_of, decide, started_at
from usabtest.studyfile.types import StudySpec

PROBLEMS_LENGTH = 20_000
COME_BACK_MS = COME_BACK // dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class AttemptCourse:
    """One attempt: its task, its start, and its ending if it has one."""

    task_key: str
    started_ms: int
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class Reply:
    """The last word on one question; `number` is the attempt's, or None after the test."""

    number: int | None
    question: str
    value: AnswerValue
    at_ms: int


@dataclass(frozen=True, slots=True)
class Course:
    """All that follows from a session's events at one moment; times in milliseconds since 1970."""

    facts: Facts
    attempts: Mapping[int, AttemptCourse]
    replies: tuple[Reply, ...]
    phase: Phase
    number: int | None
    started_ms: int | None
    completed_ms: int | None
    left_ms: int | None
    deleted: bool
    idle_ms: int | None
    finished: bool
    problem: str | None


def course_of(
    spec: StudySpec,
    task_order: Sequence[int],
    definition: Mapping[str, Any],
    events: Sequence[Event],
    *,
    now_ms: int,
    status: str,
    returned_ms: int | None = None,
) -> Course:
    """Fold a session's events, in time order, into its course.

    `now_ms` is the present, `returned_ms` the moment when the participant last came back, by the browser's clock:
    who comes back has not left any more, only the task that they left stays ended.
    """
    idle_limit_ms = spec.idle_limit_min * 60_000
    attempts = _attempts(spec, task_order, events, idle_limit_ms=idle_limit_ms, now_ms=now_ms)
    ends = {
        number: Ended(attempt.ending.how, attempt.ending.ended_ms)
        for number, attempt in attempts.items()
        if attempt.ending is not None
    }
    plan = Plan.of(definition)
    facts = facts_of(events, plan, ends=ends, status=status)
    if facts.left_ms is not None and returned_ms is not None and returned_ms >= facts.left_ms:
        facts = replace(facts, left_ms=None)
    place = position(plan, facts)
    completed_ms = _completed_ms(facts, place.phase, ends, events)
    if completed_ms is None and facts.left_ms is None:
        facts = replace(facts, left_ms=_away_from_ms(events, now_ms))
        place = position(plan, facts)
    last_ms = events[-1].at_ms if events else None
    silent = last_ms is not None and now_ms - last_ms > idle_limit_ms
    return Course(
        facts=facts,
        attempts=attempts,
        replies=_replies(events, plan),
        phase=place.phase,
        number=place.number,
        started_ms=min((attempt.started_ms for attempt in attempts.values()), default=None),
        completed_ms=completed_ms,
        left_ms=facts.left_ms,
        deleted=any(isinstance(event.payload, Left) and not event.payload.keep for event in events),
        idle_ms=last_ms if silent and completed_ms is None and facts.left_ms is None else None,
        finished=any(isinstance(event.payload, Finished) for event in events),
        problem=_problem(events),
    )


def _attempts(
    spec: StudySpec, task_order: Sequence[int], events: Sequence[Event], *, idle_limit_ms: float, now_ms: int
) -> dict[int, AttemptCourse]:
    attempts = {}
    for number, place in enumerate(task_order):
        started_ms = started_at(events, number)
        if started_ms is None:
            continue
        task = spec.tasks[place]
        ending = decide(
            task,
            number=number,
            idle_limit_ms=idle_limit_ms,
            events=events,
            answers=answers_of(events, number),
            now_ms=now_ms,
        )
        attempts[number] = AttemptCourse(task.key, started_ms, ending)
    return attempts


def _completed_ms(facts: Facts, phase: Phase, ends: Mapping[int, Ended], events: Sequence[Event]) -> int | None:
    """When the last question was answered, or without questions the last task ended; Finish is not needed."""
    if facts.left_ms is not None or phase not in {Phase.FINISH, Phase.OVER}:
        return None
    answered = [event.at_ms for event in events if isinstance(event.payload, Answered)]
    return max([*answered, *(end.at_ms for end in ends.values())], default=None)


def _away_from_ms(events: Sequence[Event], now_ms: int) -> int | None:
    """Since when a participant was away for so long that the test does not go on; what they do on the site later is
    their own business. Times are the events' own: what was done in time may arrive late.
    """
    signs = [event.at_ms for event in events]
    gaps = pairwise([*signs, now_ms]) if signs else ()
    return next((sign_ms for sign_ms, next_ms in gaps if next_ms - sign_ms > COME_BACK_MS), None)


def _replies(events: Sequence[Event], plan: Plan) -> tuple[Reply, ...]:
    """The last word on each question that was asked; on others anybody could say anything."""
    last: dict[tuple[int | None, str], Reply] = {}
    for event in events:
        if isinstance(event.payload, Answered) and plan.asks(event.attempt, event.payload.question):
            reply = Reply(event.attempt, event.payload.question, event.payload.value, event.at_ms)
            last[reply.number, reply.question] = reply
    return tuple(last.values())


def _problem(events: Sequence[Event]) -> str | None:
    told = [event.payload.text for event in events if isinstance(event.payload, ProblemReported)]
    return "\n".join(told)[:PROBLEMS_LENGTH] or None
