"""Which participants a report is about, as its address says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from usabtest.errors import Fault, NotValid

CHOICES = ("device", "browser", "language", "status", "group")
_ATTRIBUTE = "attr."


@dataclass(frozen=True, slots=True)
class Filters:
    """Of each name the values that are let through; no values, no limit.

    `since` and `until` bound the moment at which a participant pressed Start: from the first on, and before the second.
    """

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    echo: Mapping[str, str | list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.echo)


def read_filters(given: Mapping[str, Sequence[str]], *, passed_over: frozenset[str] = frozenset()) -> Filters:
    """Read query parameters; one that is unknown or malformed is refused, lest a report shows more than was asked for.

    Examples
    --------
    >>> read_filters({"device": ["phone"], "attr.plan": ["free", "pro"]}).attributes
    {'plan': ('free', 'pro')}
    """
    faults: list[Fault] = []
    choices: dict[str, tuple[str, ...]] = {}
    attributes: dict[str, tuple[str, ...]] = {}
    since = until = None
    wanted = {name: [value for value in values if value] for name, values in given.items() if name not in passed_over}
    wanted = {name: values for name, values in wanted.items() if values}
    for name, values in wanted.items():
        if name in CHOICES:
            choices[name] = tuple(values)
        elif name.startswith(_ATTRIBUTE) and len(name) > len(_ATTRIBUTE):
            attributes[name.removeprefix(_ATTRIBUTE)] = tuple(values)
        elif name in {"from", "to"}:
            moment = _moment(values[-1], end_of_day=name == "to")
            if moment is None:
                faults.append(Fault(name, "a day like 2026-01-31, or a moment like 2026-01-31T12:00:00Z, belongs here"))
            elif name == "from":
                since = moment
            else:
                until = moment
        else:
            known = ", ".join((*CHOICES, "from", "to", "attr.NAME"))
            faults.append(Fault(name, f"there is no such filter; there are {known}"))
    if faults:
        raise NotValid(*faults)
    echo = {name: values[0] if len(values) == 1 else values for name, values in sorted(wanted.items())}
    return Filters(choices, attributes, since, until, echo)


def _moment(text: str, *, end_of_day: bool) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    whole_day = "T" not in text and " " not in text
    return moment + dt.timedelta(days=1) if end_of_day and whole_day else moment
