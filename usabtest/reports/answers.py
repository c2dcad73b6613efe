"""Answers, found by where they were given and to which question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
import numpy as np

from usabtest.instruments.types import Item
from usabtest.measurement.answers import numbers_among, ratings
from usabtest.measurement.columns import NONE, grouped, numbered, places_of
from usabtest.measurement.packed import Floats, Ints


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Values:
    """The different values among a study's answers, each decoded once; `numbers` are NaN where one is no number."""

    values: Sequence[object]
    numbers: Floats


@dataclass(frozen=True, slots=True)
class Given:
    """All answers to one question, in no order: whose (their place), what (its place among the values), and when."""

    person: Ints
    value: Ints
    at_ms: Ints

    def in_time(self) -> Ints:
        """The answers' values in the order in which they were given."""
        return self.value[np.lexsort((self.person, self.at_ms))]


_NOTHING = Given(*(np.empty(0, np.int64) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers given at one place of the study: after a task, or after the test. `people` are all ids who count."""

    given: Mapping[str, Given]
    known: Values
    people: Ints

    def values(self, question: str) -> list[object]:
        """What was answered to a question, in the order in which it was given."""
        return [self.known.values[place] for place in self._of(question).in_time().tolist()]

    def points(self, item: Item) -> Floats:
        """The points that people gave on the scale of a standard item; who left it empty is left out."""
        points = ratings(self.known.numbers[self._of(item.key).in_time()], item.min, item.max)
        return points[~np.isnan(points)]

    def by_person(self, item: Item) -> Floats:
        """The point that each person gave, by their place; NaN of those who gave none."""
        points = np.full(len(self.people), np.nan)
        given = self._of(item.key)
        points[given.person] = ratings(self.known.numbers[given.value], item.min, item.max)
        return points

    def forms(self, items: Sequence[Item]) -> tuple[Ints, Floats]:
        """The filled forms of a questionnaire, a person a row, and whose; one in which nothing was chosen is none."""
        forms = np.stack([self.by_person(item) for item in items], axis=1)
        by_id = np.argsort(self.people)
        filled = by_id[~np.isnan(forms[by_id]).all(axis=1)]
        return self.people[filled], forms[filled]

    def _of(self, question: str) -> Given:
        return self.given.get(question, _NOTHING)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of the people who count, by task and question."""

    known: Values
    people: Ints
    by_task: Mapping[str | None, Mapping[str, Given]]

    @property
    def after(self) -> Answered:
        """Those given after the test."""
        return self._at(None)

    def of_task(self, key: str) -> Answered:
        """Those given after a task."""
        return self._at(key)

    def name_into(self, digest: Digest) -> None:
        """Give the answers to a digest, in an order that does not hang on the database's."""
        for task, questions in sorted(self.by_task.items(), key=lambda each: each[0] or ""):
            for question, given in sorted(questions.items()):
                order = np.argsort(given.person)
                numbers = self.known.numbers[given.value[order]]
                others = [self.known.values[place] for place in given.value[order][np.isnan(numbers)].tolist()]
                digest.update(given.person[order].tobytes())
                digest.update(numbers.tobytes())
                digest.update(msgspec.json.encode([task, question, others], order="deterministic"))

    def _at(self, task: str | None) -> Answered:
        return Answered(self.by_task.get(task, {}), self.known, self.people)


def answers_of(columns: Sequence[Sequence[Any]], people: Sequence[int]) -> Answers:
    """Sort answers by task and question; those of others than these people, by id, are left out.

    The columns are participant, task (None after the test), question, value as JSON (None is nothing), and when by the
    browser's clock.
    """
    ids, tasks, questions, texts, at_ms = columns
    task, known_tasks = numbered(tasks)
    question, known_questions = numbered(questions)
    value, known_texts = numbered(texts)
    person = places_of(ids, {one: place for place, one in enumerate(people)})
    when = np.array(at_ms, np.int64)
    by_task: dict[str | None, dict[str, Given]] = {key: {} for key in known_tasks}
    places = np.where(person == NONE, NONE, task * len(known_questions) + question)
    for place, these in enumerate(grouped(places, len(known_tasks) * len(known_questions))):
        at, asked = divmod(place, len(known_questions))
        by_task[known_tasks[at]][known_questions[asked]] = Given(person[these], value[these], when[these])
    values = [None if text is None else json.loads(text) for text in known_texts]
    return Answers(Values(values, numbers_among(values)), np.array(people, np.int64), by_task)
