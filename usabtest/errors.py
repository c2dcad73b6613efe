"""What can go wrong in our own domain.

::

    UsabtestError
    └── StudyFileError      a study file has faults; it carries every one of them

Each error carries what a message needs; pages, problem documents and the command line word it in one place each.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in what somebody sent: where it is, and what to do about it.

    `path` reads like ``tasks[2].success[0].url_regex``; it is empty where the whole is meant. `line` is known
    only for what the text itself does wrong (its syntax, duplicate keys, aliases).
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = [part for part in (f"line {self.line}" if self.line else "", self.path) if part]
        return ", ".join(where) + f": {self.message}" if where else self.message


class UsabtestError(Exception):
    """The base of all errors of our domain."""


class StudyFileError(UsabtestError):
    """A study file that cannot be taken; `faults` names every one of its faults, and there is at least one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
