"""How an attempt ended, decided in one place from the events of its session.

Nothing here remembers: each call looks at all events that have arrived, in the order of their own times, so an end
that the server's clock had set gives way to a press that arrives late, and batches may come in any order.

An attempt ends by whatever happens first: a press on I'm done or I give up, the deciding criterion (where the task
finishes by itself), Leave the test, the time limit, or the idle limit running out. Only the last of these ends an
attempt earlier than it is noticed: the end is then the last sign of life.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from usabtest.events.types import (
    Answered,
    AnswerValue,
    ClockJump,
    CriterionMet,
    Done,
    Event,
    Finished,
    GaveUp,
    Left,
    TaskStarted,
    TimeUp,
    in_time_order,
)
from usabtest.metrics.success import Outcome
from usabtest.studyfile.types import Criterion, CriterionKind, Finish, TaskSpec

CLOCK_JUMP_OVER_MS = 1000


class How(StrEnum):
    """What brought an attempt to its end; a moderator skips a task, all else follows from the events."""

    DONE = "done"
    GAVE_UP = "gave_up"
    AUTO = "auto"
    LEFT = "left"
    TIMED_OUT = "timed_out"
    ABANDONED = "abandoned"
    SKIPPED = "skipped"


class EndFlag(StrEnum):
    """What to know about an ending.

    `no_press`: success was met and no press followed, so the time is that of the criterion. `clock_jump`: the
    browser's clock was set in between, the time is doubtful. `provisional`: only the server's clock says so yet.
    `awaiting_answer`: the answer that decides can still come.
    """

    NO_PRESS = "no_press"
    CLOCK_JUMP = "clock_jump"
    PROVISIONAL = "provisional"
    AWAITING_ANSWER = "awaiting_answer"


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt ended; moments in milliseconds since 1970, by the browser's clock.

    `met_side`, `met_index` and `met_ms` are the deciding criterion: its list, its place there (None for the site's
    own call, and for an I'm done that counts because the task names nothing else) and its moment. `rule` is what the
    criteria found (success, failure or None), `said` the participant's word (done, gave_up or None), `outcome` what
    follows from both.
    """

    started_ms: int
    ended_ms: int
    how: How
    outcome: Outcome
    rule: Outcome | None
    said: How | None
    met_side: str | None
    met_index: int | None
    met_ms: int | None
    time_on_task_ms: int
    flags: frozenset[EndFlag]

    @property
    def reached_ms(self) -> int | None:
        """How long it took until the criterion of success was met, or None."""
        if self.met_ms is None or self.met_side != "success":
            return None
        return self.met_ms - self.started_ms


def decide(
    task: TaskSpec,
    *,
    number: int,
    idle_limit_ms: float,
    events: Iterable[Event],
    answers: Mapping[str, AnswerValue],
    now_ms: int,
) -> Ending | None:
    """How the attempt of that number ended, or None while it runs (or has not begun: see :func:`started_at`).

    `events` are all of the session's, in any order; `answers` this attempt's, by the question's key, where None
    stands for a question that was left unanswered. `now_ms` is the present, by the same clock as the events.
    """
    session = in_time_order(events)
    started_ms = started_at(session, number)
    if started_ms is None:
        return None
    facts = _Facts(task, number, started_ms, session, idle_limit_ms, now_ms)
    end = min(facts.ends(), default=None)
    if end is None:
        return None
    return _ending(facts, end, answers)


def started_at(events: Iterable[Event], number: int) -> int | None:
    """When Start task was pressed for this attempt; in two tabs, the earlier press."""
    return min(
        (event.at_ms for event in events if event.attempt == number and isinstance(event.payload, TaskStarted)),
        default=None,
    )


def answers_of(events: Iterable[Event], number: int | None) -> dict[str, AnswerValue]:
    """What was answered after this attempt (None: after the test), by the question's key; the last word counts."""
    return {
        event.payload.question: event.payload.value
        for event in in_time_order(events)
        if isinstance(event.payload, Answered) and event.attempt == number
    }


def effective_outcome(ending: Ending | None, judged: Outcome | None) -> Outcome | None:
    """The moderator's outcome where there is one, else that of rule and participant; None while the attempt runs."""
    return judged or (ending.outcome if ending else None)


def answer_accepted(value: AnswerValue, accept: Sequence[str]) -> bool:
    """Whether an answer is one of the accepted, whatever its capitals and spaces."""
    if value is None or isinstance(value, list):
        return False
    return _normal(str(value)) in {_normal(one) for one in accept}


@dataclass(frozen=True, slots=True, order=True)
class _End:
    """A way to end: what fires first decides, and of two at one moment the one that stands first in `How`."""

    fires_ms: float
    rank: int
    at_ms: int
    how: How
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """One attempt, seen in the events of its session."""

    task: TaskSpec
    number: int
    started_ms: int
    session: tuple[Event, ...]
    idle_limit_ms: float
    now_ms: int

    def ends(self) -> Iterator[_End]:
        """Everything that would end this attempt if nothing else had before."""
        yield from self._presses()
        if self.task.finish is Finish.AUTO and (met := next(self.met(), None)):
            yield _end(How.AUTO, met.at_ms)
        yield from self._leaving()
        yield from self._limit()
        yield from self._silence()

    def met(self) -> Iterator[_Met]:
        """The criteria that were met, first to last."""
        for event in self._own():
            payload = event.payload
            if isinstance(payload, CriterionMet) and self._stands(payload):
                yield _Met(payload.side, payload.index, self._not_before_start(event))

    @property
    def last_sign_ms(self) -> int:
        return self.session[-1].at_ms

    def over(self) -> bool:
        """Whether the participant finished or left the test."""
        return any(isinstance(event.payload, Finished | Left) for event in self.session)

    def clock_jumped(self, until_ms: int) -> bool:
        """Whether the clock was set between start and end, or a step of this attempt lies before its own start."""
        jumped = any(
            isinstance(event.payload, ClockJump) and abs(event.payload.ms) > CLOCK_JUMP_OVER_MS
            for event in self.session
            if self.started_ms <= event.at_ms <= until_ms
        )
        return jumped or any(
            event.at_ms < self.started_ms
            for event in self._own()
            if isinstance(event.payload, Done | GaveUp | CriterionMet)
        )

    def _presses(self) -> Iterator[_End]:
        for event in self._own():
            if isinstance(event.payload, Done):
                yield _end(How.DONE, self._not_before_start(event))
            elif isinstance(event.payload, GaveUp):
                yield _end(How.GAVE_UP, self._not_before_start(event))

    def _leaving(self) -> Iterator[_End]:
        for event in self.session:
            if isinstance(event.payload, Left) and event.at_ms >= self.started_ms:
                yield _end(How.LEFT, event.at_ms)

    def _limit(self) -> Iterator[_End]:
        if self.task.time_limit_s is None:
            return
        limit_ms = self.started_ms + round(self.task.time_limit_s * 1000)
        told = any(isinstance(event.payload, TimeUp) for event in self._own())
        seen = told or self.last_sign_ms >= limit_ms
        if seen or self.now_ms >= limit_ms:
            yield _end(How.TIMED_OUT, limit_ms, provisional=not seen)

    def _silence(self) -> Iterator[_End]:
        """The first gap between signs of life that is longer than the idle limit; the present is the last of them.

        Once the browser has said that the time is up nobody need give a sign of life any more: what was said stays
        said, whatever its clock says about the moment.
        """
        signs = [self.started_ms, *(event.at_ms for event in self.session if event.at_ms > self.started_ms)]
        present = [] if self._told_time_up() else [self.now_ms]
        for sign_ms, next_ms in pairwise([*signs, *present]):
            if next_ms - sign_ms > self.idle_limit_ms:
                fires_ms = sign_ms + self.idle_limit_ms
                yield _end(How.ABANDONED, sign_ms, fires_ms=fires_ms, provisional=sign_ms == signs[-1])
                return

    def _told_time_up(self) -> bool:
        return self.task.time_limit_s is not None and any(isinstance(event.payload, TimeUp) for event in self._own())

    def _own(self) -> Iterator[Event]:
        return (event for event in self.session if event.attempt == self.number)

    def _not_before_start(self, event: Event) -> int:
        """A step of this attempt follows its start, whatever a clock that was set back in between says."""
        return max(event.at_ms, self.started_ms)

    def _stands(self, met: CriterionMet) -> bool:
        """Whether the task has this criterion; the site's own calls have no place in its lists."""
        criteria = self.task.success if met.side == "success" else self.task.failure
        return met.index is None or met.index < len(criteria)


@dataclass(frozen=True, slots=True)
class _Met:
    side: str
    index: int | None
    at_ms: int


def _end(how: How, at_ms: int, *, fires_ms: float | None = None, provisional: bool = False) -> _End:
    fires_ms = at_ms if fires_ms is None else fires_ms
    return _End(fires_ms, list(How).index(how), at_ms, how, provisional)


def _ending(facts: _Facts, end: _End, answers: Mapping[str, AnswerValue]) -> Ending:
    met = next((one for one in facts.met() if one.at_ms <= end.at_ms), None)
    awaiting = False
    rule = Outcome(met.side) if met else None
    if met is None and end.how is How.DONE:
        met, rule, awaiting = _at_done(facts, end.at_ms, answers)
    no_press = rule is Outcome.SUCCESS and end.how not in (How.DONE, How.GAVE_UP, How.AUTO)
    until_ms = met.at_ms if met and no_press else end.at_ms
    flags = {
        EndFlag.NO_PRESS: no_press,
        EndFlag.CLOCK_JUMP: facts.clock_jumped(end.at_ms),
        EndFlag.PROVISIONAL: end.provisional or awaiting,
        EndFlag.AWAITING_ANSWER: awaiting,
    }
    return Ending(
        started_ms=facts.started_ms,
        ended_ms=end.at_ms,
        how=end.how,
        outcome=rule or _OUTCOMES[end.how],
        rule=rule,
        said=end.how if end.how in (How.DONE, How.GAVE_UP) else None,
        met_side=met.side if met else None,
        met_index=met.index if met else None,
        met_ms=met.at_ms if met else None,
        time_on_task_ms=until_ms - facts.started_ms,
        flags=frozenset(flag for flag, raised in flags.items() if raised),
    )


_OUTCOMES = {
    How.DONE: Outcome.FAILURE,
    How.GAVE_UP: Outcome.GAVE_UP,
    How.TIMED_OUT: Outcome.TIMED_OUT,
    How.LEFT: Outcome.ABANDONED,
    How.ABANDONED: Outcome.ABANDONED,
}


def _at_done(
    facts: _Facts, done_ms: int, answers: Mapping[str, AnswerValue]
) -> tuple[_Met | None, Outcome | None, bool]:
    """What the moment of I'm done decides when nothing was met before it: the criterion, the verdict, is one awaited.

    A right answer is success; with none, one that is still owed leaves a failure that may yet turn. A task without
    answers is decided by the press itself if it is self-reported, else the rule has found nothing.
    """
    asked = list(_asked(facts.task))
    for side, index, criterion in asked:
        if answer_accepted(answers.get(_question(side, index)), criterion.accept):
            return _Met(side, index, done_ms), Outcome(side), False
    if any(_question(side, index) not in answers for side, index, _ in asked):
        alive = not facts.over() and facts.now_ms - facts.last_sign_ms <= facts.idle_limit_ms
        return None, Outcome.FAILURE, alive
    if facts.task.self_reported and all(answers[_question(side, index)] is not None for side, index, _ in asked):
        return _Met("success", _self_report(facts.task), done_ms), Outcome.SUCCESS, False
    return None, Outcome.FAILURE if asked else None, False


def _asked(task: TaskSpec) -> Iterator[tuple[str, int, Criterion]]:
    for side, criteria in (("success", task.success), ("failure", task.failure)):
        for index, criterion in enumerate(criteria):
            if criterion.kind is CriterionKind.ANSWER:
                yield side, index, criterion


def _question(side: str, index: int) -> str:
    return f"answer:{side}:{index}"


def _self_report(task: TaskSpec) -> int | None:
    return next((place for place, one in enumerate(task.success) if one.kind is CriterionKind.SELF_REPORT), None)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())
