"""What a report is made from, as plain values: people, their attempts with measures, their answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from usabtest.collection.queries import Completeness
from usabtest.measurement.columns import AttemptColumns
from usabtest.measurement.queries import AttemptRow
from usabtest.participation.queries import ParticipantCounts
from usabtest.reports.answers import Answers
from usabtest.studyfile.types import StudySpec


class PersonRow(msgspec.Struct, frozen=True):
    """One participant who counts; `external_id` is what they are called outside, the same in every study."""

    id: int
    code: str
    status: str
    device: str | None
    sent_at: dt.datetime
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One participant who was left out by hand, and why."""

    code: str
    reason: str


class ReadWhole(Protocol):
    """Reads the attempts at a task one by one: all of them, or at least those that were lost."""

    def __call__(self, task_key: str, *, lost: bool = False) -> Sequence[AttemptRow]: ...


@dataclass(frozen=True, slots=True)
class StudyRows:
    """All that a report of one study is made from, read at one moment.

    `filters` are those in force, by the names of their query parameters. `people`, `attempts` (by task) and `answers`
    are those that count: no pilots, nobody who was left out. `whole` reads the attempts at a task one by one.
    """

    key: str
    title: str
    status: str
    spec: StudySpec
    read_at: dt.datetime
    filters: Mapping[str, str | list[str]]
    counts: ParticipantCounts
    completeness: Completeness
    people: tuple[PersonRow, ...]
    left_out: tuple[LeftOutRow, ...]
    attempts: Mapping[str, AttemptColumns]
    answers: Answers
    whole: ReadWhole
