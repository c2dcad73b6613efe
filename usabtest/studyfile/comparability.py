"""Can two studies be compared? Only if they asked the same, and judged it the same way."""

from __future__ import annotations

import hashlib
import json

from .types import StudySpec, TaskSpec
from .write import task_to_mapping, to_mapping

_OF_THE_STUDY = ("language", "after", "analysis", "idle_limit_min")
# Two rounds may run on two addresses: where a task starts is no part of what it asks.
_NOT_OF_A_TASK = ("key", "start_url", "entry_url")


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


def _compared(task: TaskSpec) -> dict[str, object]:
    return {key: value for key, value in task_to_mapping(task).items() if key not in _NOT_OF_A_TASK}
