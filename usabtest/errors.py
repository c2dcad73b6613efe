"""What can go wrong in our own domain.

::

    UsabtestError
    ├── ConfigError         a setting cannot be taken; the program does not start
    ├── StudyFileError      a study file has faults; it carries every one of them
    ├── Conflict            what is asked for does not go together with how things stand (409)
    │   └── Frozen          it would change what real participants have already met; names the fields
    ├── NotAllowed          the person or key that asks may not (403)
    ├── NotFound            there is no such thing, or not for whoever asks (404)
    ├── Gone                a link that was good once, and is no longer (410)
    ├── NotValid            what somebody sent is wrong; names each fault (422 for programs, the form for people)
    ├── TooMany             too often; says when to try again (429)
    └── Refused             what the snippet sent cannot be taken; carries the status of the wire format

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
        if not self.path:
            return f"line {self.line}: {self.message}" if self.line else self.message
        return f"{self.path}: {self.message}" + (f" (line {self.line})" if self.line else "")


class UsabtestError(Exception):
    """The base of all errors of our domain."""


class StudyFileError(UsabtestError):
    """A study file that cannot be taken; `faults` names every one of its faults, and there is at least one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class ConfigError(UsabtestError):
    """A setting that cannot be taken: which, and what belongs there."""


class Conflict(UsabtestError):
    """What is asked for contradicts how things stand."""


class Frozen(Conflict):
    """A change to what real participants have already met."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(
            f"Frozen since the first live participant: {', '.join(fields)}. Duplicate the study to change that."
        )
        self.fields = fields


class NotAllowed(UsabtestError):
    """Whoever asks may not."""


class NotFound(UsabtestError):
    """There is no such thing, or not for whoever asks; `advice` says what to do where the usual does not fit."""

    def __init__(self, message: str = "", *, advice: str | None = None) -> None:
        super().__init__(message)
        self.advice = advice


class Gone(UsabtestError):
    """A link that was good once: used up, or over; `advice` says what to do where the usual does not fit."""

    def __init__(self, message: str = "", *, advice: str | None = None) -> None:
        super().__init__(message)
        self.advice = advice


class NotValid(UsabtestError):
    """What somebody sent is wrong; `faults` names each fault."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class TooMany(UsabtestError):
    """Asked too often."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Refused(UsabtestError):
    """What the snippet sent cannot be taken; `status` says what the snippet is to do (docs/wire-format.md)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
