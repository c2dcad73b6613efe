"""Who took part on which side, and what each of them came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from usabtest.measurement.packed import Bools, Floats
from usabtest.metrics import Outcome
from usabtest.reports.comparison.measures import SCORES, Measure
from usabtest.reports.comparison.values import People
from usabtest.reports.figures import StudyReport, TaskReport
from usabtest.reports.seen import Seen

Values = Mapping[Hashable, float | None]


@dataclass(frozen=True, slots=True)
class Names:
    """What each participant of a side is called when looked for on the other, by their id; only those who took part."""

    by_id: Mapping[int, Hashable]

    def of(self, values: Mapping[int, float | None]) -> dict[Hashable, float | None]:
        """The values of everybody who took part; None for who has none."""
        return {name: values.get(person) for person, name in self.by_id.items()}


def names_in(report: StudyReport, side: str, *, one_study: bool) -> Names:
    """Name the participants of a side.

    In one study everybody is themselves. In two, people are the same by what they are called outside; who has no such
    name, or shares it with somebody of their own side, is nobody else.
    """
    took_part = _took_part(report)
    if one_study:
        return Names({person: person for person in took_part})
    outside = {person.id: person.external_id for person in report.people if person.external_id}
    uses = Counter(outside[person] for person in took_part if person in outside)
    return Names(
        {person: outside[person] if uses.get(outside.get(person, "")) == 1 else (side, person) for person in took_part}
    )


def same_people(before: Names, after: Names, *, named: bool) -> tuple[People, int]:
    """Whether both sides are the same people, and how many are on both; without names that cannot be known."""
    if not named:
        return People.UNKNOWN, 0
    earlier, later = set(before.by_id.values()), set(after.by_id.values())
    common = len(earlier & later)
    if not common:
        return People.DIFFERENT, 0
    return (People.SAME if earlier == later else People.MIXED), common


def task_values(task: TaskReport, measure: Measure) -> dict[int, float | None]:
    """What a measure of a task came to, by participant; shares as 1 and 0."""
    seen = task.seen
    values, there = _values(seen, measure)
    known = (there & seen.counted & ~np.isnan(values)).tolist()
    return {
        seen.people[place].id: value if is_known else None
        for place, value, is_known, counts in zip(
            seen.attempts.person.tolist(), values.tolist(), known, seen.counted.tolist(), strict=True
        )
        if counts
    }


def _values(seen: Seen, measure: Measure) -> tuple[Floats, Bools]:
    """The measure of every attempt, and which of the attempts it is told of."""
    match measure:
        case Measure.SUCCESS:
            return seen.successes.astype(np.float64), seen.counted
        case Measure.TIME:
            return seen.time_s, seen.successes & seen.timed
        case Measure.ERRORS:
            return (seen.user_errors + seen.system_errors > 0).astype(np.float64), seen.measured
        case Measure.FIRST_CLICK:
            return seen.yes_or_no("first_click"), seen.measured
        case Measure.ABANDONMENT:
            gone = seen.ended_with(Outcome.GAVE_UP) | seen.ended_with(Outcome.ABANDONED)
            return gone.astype(np.float64), seen.counted
        case Measure.LOSTNESS:
            return seen.value("lostness"), seen.successes
        case Measure.CLICKS:
            return seen.value("clicks"), seen.successes
        case _:
            return seen.ease, seen.counted


def _took_part(report: StudyReport) -> list[int]:
    """Who has an ended attempt or an answer after the test, in the order in which they came."""
    took_part = {person.id for person in report.tried}
    took_part.update(person for score in SCORES if score in report.spec.after for person in report.scores(score))
    return [person.id for person in report.people if person.id in took_part]
