"""What a share is to be, read from what a program or a person sent; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from usabtest.accounts.passwords import LONGEST as LONGEST_PASSWORD
from usabtest.errors import Fault, NotValid
from usabtest.reports.comparison.choice import choice_echo, read_choice, says_what_is_compared
from usabtest.reports.filters import read_filters
from usabtest.sharing.sections import Section

USUAL_SECTIONS = (Section.CX, Section.OVERVIEW, Section.TASKS)
USUAL_DAYS = 30
MOST_DAYS = 365
LONGEST_LABEL = 200
# Whoever guesses must have the link already, and is slowed down (accounts/throttle.py).
SHORTEST_PASSWORD = 6

_KNOWN = ("sections", "expires_days", "password", "label", "frozen", "shows_maker", "filters", "comparison")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareSpec:
    """A share before it is made; `filters` are the report's, as its address has them, and `comparison` says what is
    compared, as the address of that page has it."""

    sections: tuple[Section, ...] = USUAL_SECTIONS
    expires_days: int = USUAL_DAYS
    password: str | None = None
    label: str = ""
    frozen: bool = False
    shows_maker: bool = False
    filters: Mapping[str, str | list[str]] = field(default_factory=dict)
    comparison: Mapping[str, str | list[str]] = field(default_factory=dict)

    def expires_at(self, made_at: dt.datetime) -> dt.datetime:
        return made_at + dt.timedelta(days=self.expires_days)


def read_share(sent: Mapping[str, object]) -> ShareSpec:
    """Read a share; NotValid names every fault.

    >>> read_share({"sections": ["overview"], "expires_days": 7}).expires_days
    7
    """
    faults = list(_faults(sent))
    if faults:
        raise NotValid(*faults)
    given = {name: value for name, value in sent.items() if value is not None}
    if "sections" in given:
        given["sections"] = tuple(one for one in Section if one in _texts(given["sections"]))
    if "filters" in given:
        given["filters"] = read_filters(_filter_values(given["filters"])).echo
    if "comparison" in given:
        given["comparison"] = choice_echo(read_choice(_filter_values(given["comparison"])))
    return ShareSpec(**given)  # type: ignore[arg-type]  # judged above


def _faults(sent: Mapping[str, object]) -> Iterator[Fault]:
    known = ", ".join(_KNOWN)
    yield from (Fault(name, f"is not known; known are {known}") for name in sent if name not in _KNOWN)
    yield from _section_faults(sent.get("sections"))
    days = sent.get("expires_days")
    if days is not None and not (isinstance(days, int) and not isinstance(days, bool) and 1 <= days <= MOST_DAYS):
        yield Fault("expires_days", f"a whole number from 1 to {MOST_DAYS} belongs here")
    password = sent.get("password")
    if password is not None and not _is_text(password, SHORTEST_PASSWORD, LONGEST_PASSWORD):
        yield Fault("password", f"a text of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters belongs here, or none")
    label = sent.get("label")
    if label is not None and not _is_text(label, 0, LONGEST_LABEL):
        yield Fault("label", f"a text of up to {LONGEST_LABEL} characters belongs here")
    for name in ("frozen", "shows_maker"):
        if sent.get(name) is not None and not isinstance(sent[name], bool):
            yield Fault(name, "true or false belongs here")
    yield from _filter_faults(sent.get("filters"))
    yield from _comparison_faults(sent)


def _section_faults(given: object) -> Iterator[Fault]:
    if given is None:
        return
    choice = f"there are {', '.join(Section)}"
    if not isinstance(given, list) or not given:
        yield Fault("sections", f"a list of what the link shows belongs here; {choice}")
        return
    for place, one in enumerate(given):
        if not isinstance(one, str) or one not in set(Section):
            yield Fault(f"sections[{place}]", f"there is no such section; {choice}")


def _filter_faults(given: object) -> Iterator[Fault]:
    if given is None:
        return
    if not isinstance(given, Mapping) or not all(_texts(value) for value in given.values()):
        yield Fault("filters", 'an object with the report\'s filters belongs here, such as {"device": "phone"}')
        return
    try:
        read_filters(_filter_values(given))
    except NotValid as error:
        yield from (Fault(f"filters.{fault.path}", fault.message) for fault in error.faults)


def _comparison_faults(sent: Mapping[str, object]) -> Iterator[Fault]:
    given = sent.get("comparison")
    if not given:
        return
    if not isinstance(given, Mapping) or not all(_texts(value) for value in given.values()):
        yield Fault("comparison", 'an object belongs here, such as {"a.device": "phone", "b.device": "desktop"}')
        return
    for name in given:
        if not says_what_is_compared(str(name)):
            yield Fault(f"comparison.{name}", "there are with, benchmarks and filters that begin with a. or b.")
    try:
        read_choice({name: value for name, value in _filter_values(given).items() if says_what_is_compared(name)})
    except NotValid as error:
        yield from (Fault(f"comparison.{fault.path}", fault.message) for fault in error.faults)
    if Section.COMPARE not in _texts(sent.get("sections")):
        yield Fault("sections", "compare must be among them, for a comparison was chosen")


def _filter_values(given: object) -> Mapping[str, Sequence[str]]:
    return {str(name): _texts(value) for name, value in given.items()} if isinstance(given, Mapping) else {}


def _texts(value: object) -> list[str]:
    """The texts in a list, or the one text; nothing if it is neither."""
    values = value if isinstance(value, list) else [value]
    texts = [one for one in values if isinstance(one, str)]
    return texts if len(texts) == len(values) else []


def _is_text(value: object, shortest: int, longest: int) -> bool:
    return isinstance(value, str) and shortest <= len(value) <= longest
