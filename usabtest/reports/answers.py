"""Answers, found by where they were given and to which question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from usabtest.instruments.types import Item
from usabtest.measurement.answers import rating
from usabtest.reports.rows import AnswerRow

ByPerson = Mapping[int, object]
ByQuestion = Mapping[str, ByPerson]


@dataclass(frozen=True)
class Answers:
    """All answers of the people who count."""

    rows: Iterable[AnswerRow]

    @property
    def after(self) -> ByQuestion:
        """Those given after the test."""
        return self._by_task.get(None, {})

    def of_task(self, key: str) -> ByQuestion:
        """Those given after a task."""
        return self._by_task.get(key, {})

    @cached_property
    def _by_task(self) -> Mapping[str | None, ByQuestion]:
        found: dict[str | None, dict[str, dict[int, object]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.rows:
            found[row.task_key][row.question][row.participant_id] = row.value
        return found


def ratings_of(item: Item, answers: ByQuestion) -> dict[int, int]:
    """The points that people gave on the scale of a standard item; who left it empty is left out."""
    given = {person: rating(value, item.min, item.max) for person, value in answers.get(item.key, {}).items()}
    return {person: points for person, points in given.items() if points is not None}


def forms_of(items: Iterable[Item], answers: ByQuestion) -> list[list[int | None]]:
    """The filled forms of a questionnaire, a person a row; one in which nothing was chosen is none."""
    return list(filled_forms(items, answers).values())


def filled_forms(items: Iterable[Item], answers: ByQuestion) -> dict[int, list[int | None]]:
    """The filled forms of a questionnaire, by participant."""
    columns = [ratings_of(item, answers) for item in items]
    people = sorted({person for column in columns for person in column})
    return {person: [column.get(person) for column in columns] for person in people}
