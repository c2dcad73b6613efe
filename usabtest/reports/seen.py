"""What was seen of one task, as columns, sorted into the groups that figures and charts are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from usabtest import metrics
from usabtest.instruments.seq import SEQ
from usabtest.measurement.columns import NONE, OUTCOMES, RULES, SAID, AttemptColumns
from usabtest.measurement.packed import Bools, Floats
from usabtest.measurement.queries import AttemptRow
from usabtest.metrics import ErrorKind, Outcome, Signal
from usabtest.metrics.success import NOT_COUNTED
from usabtest.reports.answers import Answered
from usabtest.reports.rows import PersonRow, ReadWhole
from usabtest.studyfile.types import TaskSpec

_SEQ = SEQ.items[0]


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt as pages list it: by the participant's code, with the ease that they gave it."""

    row: AttemptRow
    code: str
    ease: int | None
    user_errors: int
    system_errors: int

    @property
    def time_s(self) -> float | None:
        return self.row.measures.time_on_task_s if self.row.measures else None


@dataclass(frozen=True)
class Seen:
    """The attempts at a task in the order in which the participants came; each column has a place for each attempt.

    `whole` reads a task's attempts one by one: their places, their words, who judged them. Only a page that lists them
    asks for it.
    """

    task: TaskSpec
    attempts: AttemptColumns
    answers: Answered
    count_errors: tuple[str, ...]
    confidence: float
    people: Sequence[PersonRow]
    whole: ReadWhole

    @cached_property
    def ended(self) -> tuple[AttemptView, ...]:
        """The attempts that have ended, one by one."""
        return self._views(self.whole(self.task.key), self.attempts.outcome != NONE)

    @cached_property
    def in_denominator(self) -> tuple[AttemptView, ...]:
        """Those of them that count, one by one."""
        return tuple(one for one in self.ended if one.row.outcome not in NOT_COUNTED)

    @cached_property
    def lost(self) -> tuple[AttemptView, ...]:
        """Those in the denominator that were no success, one by one."""
        return self._views(self.whole(self.task.key, lost=True), self.counted & ~self.successes)

    def _views(self, whole: Sequence[AttemptRow], wanted: Bools) -> tuple[AttemptView, ...]:
        rows = {(row.participant_id, row.number): row for row in whole}
        columns = (self.attempts.person, self.attempts.number, self.ease, self.user_errors, self.system_errors)
        return tuple(
            AttemptView(
                row=rows[self.people[place].id, number],
                code=self.people[place].code,
                ease=None if math.isnan(ease) else int(ease),
                user_errors=int(user_errors),
                system_errors=int(system_errors),
            )
            for place, number, ease, user_errors, system_errors in zip(
                *(column[wanted].tolist() for column in columns), strict=True
            )
            if (self.people[place].id, number) in rows
        )

    @cached_property
    def outcome_of(self) -> dict[int, str]:
        """How the attempt of each participant ended, by their id; who has not ended one is not in it."""
        return {
            self.people[place].id: OUTCOMES[code]
            for place, code in zip(self.attempts.person.tolist(), self.attempts.outcome.tolist(), strict=True)
            if code != NONE
        }

    @cached_property
    def outcomes(self) -> dict[str, int]:
        """How often each outcome occurs, all of them named."""
        ended = self.attempts.outcome[self.attempts.outcome != NONE]
        return dict(zip(OUTCOMES, np.bincount(ended, minlength=len(OUTCOMES)).tolist(), strict=True))

    @cached_property
    def n(self) -> int:
        return metrics.counted_attempts(self.outcomes)

    @cached_property
    def counted(self) -> Bools:
        """The attempts in the denominator."""
        left_out = [NONE, *(OUTCOMES.index(outcome) for outcome in NOT_COUNTED)]
        return ~np.isin(self.attempts.outcome, left_out)

    @cached_property
    def measured(self) -> Bools:
        """Those in the denominator that were measured."""
        return self.counted & self.attempts.measures.there

    @cached_property
    def successes(self) -> Bools:
        return self.ended_with(Outcome.SUCCESS)

    @cached_property
    def timed(self) -> Bools:
        """Those in the denominator whose time is possible."""
        return self.counted & (self.time_s > 0)

    @cached_property
    def time_s(self) -> Floats:
        """The time on task; NaN where nothing was measured."""
        return self.value("time_on_task_s")

    @cached_property
    def ease(self) -> Floats:
        """The Single Ease Question of each attempt's participant; NaN where it was left empty."""
        return self.answers.by_person(_SEQ)[self.attempts.person]

    @property
    def ease_given(self) -> Floats:
        """All answers to the Single Ease Question after attempts in the denominator."""
        given = self.ease[self.counted]
        return given[~np.isnan(given)]

    @property
    def user_errors(self) -> Floats:
        return self._errors[0]

    @property
    def system_errors(self) -> Floats:
        return self._errors[1]

    @property
    def numbers(self) -> NDArray[Any]:
        return self.attempts.measures.rows

    def verdicts(self) -> dict[tuple[str | None, str | None, str | None], int]:
        """How often rule, participant and moderator said which three, over the attempts in the denominator."""
        columns = (self.attempts.rule, self.attempts.said, self.attempts.judged)
        shape = tuple(len(words) + 1 for words in (RULES, SAID, OUTCOMES))
        places = np.ravel_multi_index(tuple(column[self.counted] - NONE for column in columns), shape)
        cases, counts = np.unique(places, return_counts=True)
        return {
            (_word(RULES, rule), _word(SAID, said), _word(OUTCOMES, judged)): count
            for rule, said, judged, count in zip(
                *(codes.tolist() for codes in np.unravel_index(cases, shape)), counts.tolist(), strict=True
            )
        }

    def ended_with(self, outcome: Outcome) -> Bools:
        ended: Bools = self.attempts.outcome == OUTCOMES.index(outcome)
        return ended

    def value(self, name: str) -> Floats:
        """A number of each attempt; NaN where it is missing."""
        return self.attempts.measures.value(name)

    def yes_or_no(self, name: str) -> Floats:
        """1, 0 or NaN of each attempt."""
        return self.attempts.measures.yes_or_no(name)

    @cached_property
    def _errors(self) -> tuple[Floats, Floats]:
        """User and system errors as the study's settings count them; none where nothing was measured."""
        kinds = dict(zip(ErrorKind, self.numbers["errors"].T, strict=True))
        signals = dict(zip(Signal, self.numbers["signals"].T, strict=True))
        return metrics.error_columns(kinds, signals, self.count_errors)


def _word(words: Sequence[str], place_from_1: int) -> str | None:
    return words[place_from_1 - 1] if place_from_1 else None
