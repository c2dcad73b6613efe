"""Attempts as columns: what reports count, so many at once that a row object each would cost more than the figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np

from usabtest.measurement.packed import Ints, Numbers, unpack
from usabtest.metrics.success import Outcome
from usabtest.participation.verdict import How

OUTCOMES = tuple(map(str, Outcome))
RULES = ("success", "failure")
SAID = tuple(map(str, How))
NONE = -1
"""The code of what is not there: an attempt that still runs, a rule that found nothing, nobody's word."""


@dataclass(frozen=True, slots=True)
class AttemptColumns:
    """The attempts at one task, in the order in which the participants came.

    `person` is the participant's place in that order; `outcome`, `rule`, `said` and `judged` are places in OUTCOMES,
    RULES, SAID and OUTCOMES, or NONE. `reasons` are those of the judgements.
    """

    person: Ints
    number: Ints
    outcome: Ints
    rule: Ints
    said: Ints
    judged: Ints
    reasons: tuple[str | None, ...]
    measures: Numbers

    def __len__(self) -> int:
        return len(self.person)


def by_task(columns: Sequence[Any], tasks: Sequence[str], places: Mapping[int, int]) -> dict[str, AttemptColumns]:
    """Sort attempts into the columns of each task; `places` are those of the participants who count, by id.

    The columns are participant, number, task, the outcome that counts, the rule's word, the participant's, judgement,
    its reason, and packed numbers behind each other with the size of each.
    """
    ids, numbers, keys, outcomes, rules, said, judged, reasons, packed = columns
    person, number = places_of(ids, places), np.array(numbers, np.int64)
    codes = tuple(
        places_of(words, _PLACES[known])
        for words, known in ((outcomes, OUTCOMES), (rules, RULES), (said, SAID), (judged, OUTCOMES))
    )
    task = np.where(person == NONE, NONE, places_of(keys, {key: place for place, key in enumerate(tasks)}))
    measures = unpack(*packed)
    found = {}
    for key, these in zip(tasks, grouped(task, len(tasks)), strict=True):
        in_order = these[np.lexsort((number[these], person[these]))]
        outcome, rule, by_participant, by_moderator = (column[in_order] for column in codes)
        was_judged = in_order[by_moderator != NONE].tolist()
        found[key] = AttemptColumns(
            person=person[in_order],
            number=number[in_order],
            outcome=outcome,
            rule=rule,
            said=by_participant,
            judged=by_moderator,
            reasons=tuple(reasons[place] for place in was_judged),
            measures=measures.at(in_order),
        )
    return found


_PLACES = {known: {word: place for place, word in enumerate(known)} for known in (OUTCOMES, RULES, SAID)}


def places_of(words: Collection[Any], places: Mapping[Any, int]) -> Ints:
    """The place of each word, NONE of those that have none."""
    return np.fromiter(map(places.get, words, repeat(NONE)), np.int64, len(words))


def numbered(words: Collection[Any]) -> tuple[Ints, list[Any]]:
    """The different words in the order in which they come first, and of each word its place among them.

    >>> numbered(["b", "a", "b"])
    (array([0, 1, 0]), ['b', 'a'])
    """
    known = list(dict.fromkeys(words))
    return places_of(words, {word: place for place, word in enumerate(known)}), known


def grouped(groups: Ints, count: int) -> list[Ints]:
    """Which values belong to each of so many groups, in their order; those of NONE belong to none.

    >>> [found.tolist() for found in grouped(np.array([1, 0, NONE, 1]), 3)]
    [[1], [0, 3], []]
    """
    order = np.argsort(groups.astype(np.int32), kind="stable")
    ends = np.searchsorted(groups[order], np.arange(count + 1))
    return [order[first:last] for first, last in pairwise(ends.tolist())]
