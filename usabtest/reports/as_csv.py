"""The report as a table: a line a figure, named as in the JSON; besides by what it was made, and from which data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from usabtest.reports.as_json import to_plain
from usabtest.reports.figures import StudyReport
from usabtest.reports.origin import origin
from usabtest.web.tables import csv_lines

COLUMNS = ("task", "figure", "value")


def to_csv(report: StudyReport) -> str:
    """Write the study's own figures first (without a task), then each task's."""
    plain = to_plain(report)
    tasks = plain.pop("tasks")
    made = origin(report)
    lines = list(_figures("", {**plain, "version": made.version, "checksum": made.checksum}))
    for task in tasks:
        lines += _figures(task.pop("key"), task)
    return "".join(csv_lines(lines, COLUMNS))


def _figures(task: str, plain: Mapping[str, Any], before: str = "") -> Iterator[dict[str, Any]]:
    for key, value in plain.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _figures(task, value, f"{name}.")
        elif key.rpartition("_")[2] == "ci" and value is not None:
            yield from _figures(task, {"low": value[0], "high": value[1]}, f"{name}.")
        elif key == "questions":
            for question in value:
                yield from _figures(task, question, f"{name}.{question['key']}.")
        else:
            yield {"task": task, "figure": name, "value": value}
