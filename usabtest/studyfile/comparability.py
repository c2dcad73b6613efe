"""Can two studies be compared? Only if they asked the same, and judged it the same way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .types import StudySpec, TaskSpec
from .write import task_to_mapping, to_mapping

_OF_THE_STUDY = ("language", "after", "analysis", "idle_limit_min")
# Two rounds may run on two addresses: where a task starts is no part of what it asks.
_NOT_OF_A_TASK = ("key", "start_url", "entry_url")


class Aspect(StrEnum):
    """What two studies, or two tasks, may have unlike: in the words in which it is told."""

    WORDS = "its words"
    CRITERIA = "what counts as success or failure"
    LIMIT = "its time limit"
    QUESTIONS = "the questions after it"
    ERRORS = "what counts as an error"
    YARDSTICKS = "what its way and its time are measured against"
    LANGUAGE = "the language"
    AFTER = "the questions after the test"
    THRESHOLDS = "the thresholds for errors and signals"
    HIDDEN_TIME = "whether time in other tabs counts"
    IDLE_LIMIT = "after how long without a sign somebody has left"
    ORDER = "the order of the tasks"


@dataclass(frozen=True, slots=True)
class TaskPair:
    """One task in both studies, and what is not the same about it."""

    before: TaskSpec
    after: TaskSpec
    unlike: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Comparability:
    """What is not the same in two studies: as a whole, task by task, and tasks that only one of them has."""

    unlike: tuple[Aspect, ...]
    pairs: tuple[TaskPair, ...]
    only_before: tuple[TaskSpec, ...]
    only_after: tuple[TaskSpec, ...]

    @property
    def same(self) -> bool:
        return not (self.unlike or self.only_before or self.only_after or any(pair.unlike for pair in self.pairs))


def comparability(before: StudySpec, after: StudySpec) -> Comparability:
    """Find what is not the same in two studies; nothing is, exactly where their hashes are the same.

    Notes
    -----
    Tasks are the same by their key, else by asking and judging the same. Pairs stand in the order of `after`.
    """
    partners = _partners(before.tasks, after.tasks)
    pairs = tuple(
        TaskPair(partners[task.key], task, _unlike(_OF_A_TASK, partners[task.key], task))
        for task in after.tasks
        if task.key in partners
    )
    paired = {pair.before.key for pair in pairs}
    order = [task.key for task in before.tasks if task.key in paired]
    unlike = _unlike(_OF_A_STUDY, before, after)
    if order != [pair.before.key for pair in pairs]:
        unlike += (Aspect.ORDER,)
    return Comparability(
        unlike=unlike,
        pairs=pairs,
        only_before=tuple(task for task in before.tasks if task.key not in paired),
        only_after=tuple(task for task in after.tasks if task.key not in partners),
    )


def comparability_hash(study: StudySpec) -> str:
    """One and the same text for studies with the same tasks, success rules, limits, thresholds and questionnaires.

    Notes
    -----
    Sites, start addresses, keys, the study's title and how participants are found may differ: they do not change
    what a figure means.
    """
    mapping = to_mapping(study)
    compared = {key: mapping[key] for key in _OF_THE_STUDY if key in mapping}
    compared["tasks"] = [_compared(task) for task in study.tasks]
    return hashlib.sha256(json.dumps(compared, sort_keys=True).encode()).hexdigest()


_OF_A_TASK: Mapping[str, Aspect] = {
    "title": Aspect.WORDS,
    "scenario": Aspect.WORDS,
    "success": Aspect.CRITERIA,
    "failure": Aspect.CRITERIA,
    "finish": Aspect.CRITERIA,
    "time_limit_s": Aspect.LIMIT,
    "questions": Aspect.QUESTIONS,
    "allowed": Aspect.ERRORS,
    "error_opportunities": Aspect.ERRORS,
    "optimal": Aspect.YARDSTICKS,
    "expert_time_s": Aspect.YARDSTICKS,
    "max_time_s": Aspect.YARDSTICKS,
    "first_click": Aspect.YARDSTICKS,
    "search": Aspect.YARDSTICKS,
}
_OF_A_STUDY: Mapping[str, Aspect] = {
    "language": Aspect.LANGUAGE,
    "after": Aspect.AFTER,
    "idle_limit_min": Aspect.IDLE_LIMIT,
    "analysis.count_errors": Aspect.THRESHOLDS,
    "analysis.rage_click": Aspect.THRESHOLDS,
    "analysis.dead_click_ms": Aspect.THRESHOLDS,
    "analysis.quick_back_s": Aspect.THRESHOLDS,
    "analysis.subtract_hidden": Aspect.HIDDEN_TIME,
}


def _unlike(fields: Mapping[str, Aspect], before: object, after: object) -> tuple[Aspect, ...]:
    found = {aspect for name, aspect in fields.items() if _field(before, name) != _field(after, name)}
    return tuple(aspect for aspect in Aspect if aspect in found)


def _field(value: object, name: str) -> object:
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _partners(before: Sequence[TaskSpec], after: Sequence[TaskSpec]) -> dict[str, TaskSpec]:
    """The tasks of `before`, by the keys of those of `after` that are the same."""
    by_key = {task.key: task for task in before}
    found = {task.key: by_key[task.key] for task in after if task.key in by_key}
    free = [task for task in before if task.key not in found]
    for task in after:
        same = next((one for one in free if _compared(one) == _compared(task)), None)
        if task.key not in found and same is not None:
            free.remove(same)
            found[task.key] = same
    return found


def _compared(task: TaskSpec) -> dict[str, object]:
    return {key: value for key, value in task_to_mapping(task).items() if key not in _NOT_OF_A_TASK}
