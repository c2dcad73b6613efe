"""Where a report's figures come from, in words: its filters, its moment, its method, and who was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from usabtest import __version__
from usabtest.reports.direction import isolated
from usabtest.reports.export.texts import shortened
from usabtest.reports.figures import StudyReport
from usabtest.reports.rows import LeftOutRow
from usabtest.reports.words import people, percent, plural

_NAMED_AT_MOST = 5
# The foot of a printed page has room for two lines.
_TITLE_LETTERS, _FILTERS_LETTERS = 80, 120


@dataclass(frozen=True, slots=True)
class Origin:
    """The foot of a report; `printed` stands on each of its pages, when it is printed."""

    printed: str
    filters: str
    generated: str
    version: str
    checksum: str
    method: str
    left_out: str


def origin(report: StudyReport) -> Origin:
    at = report.generated_at
    generated = f"{at.day} {at:%B %Y, %H:%M} UTC"
    checksum = f"{report.checksum[:4]}·{report.checksum[4:]}"
    shown = ", ".join(one.words for one in filters_in_words(report.filters))
    title = isolated(shortened(report.study.title, _TITLE_LETTERS))
    return Origin(
        printed=(
            f"{title} · {people(len(report.people))} · {shortened(shown, _FILTERS_LETTERS)} · {generated} · "
            f"usabtest {__version__} · data {checksum}"
        ),
        filters=", ".join(one.words for one in filters_in_words(report.filters) if one.name),
        generated=generated,
        version=__version__,
        checksum=checksum,
        method=f"{percent(report.confidence)} intervals: shares by adjusted Wald, times by log-t, from 25 on by order",
        left_out=_left_out(report),
    )


def as_headers(
    filters: Mapping[str, str | Sequence[str]], at: dt.datetime, *, people: Sequence[int], checksums: Sequence[str]
) -> dict[str, str]:
    """Say the same in headers of HTTP, for what holds nothing but data; filters are written as in an address.

    Of what is compared each side has its people and its checksum.

    >>> as_headers({}, dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), people=[12, 9], checksums=[])["Usabtest-People"]
    '12, 9'
    """
    told = {
        "Usabtest-Version": __version__,
        "Usabtest-Generated": at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "Usabtest-Filters": urlencode(filters, doseq=True) or "none",
        "Usabtest-People": ", ".join(map(str, people)),
    }
    return {**told, "Usabtest-Checksum": ", ".join(checksums)} if checksums else told


def name_of_file(of: str, headers: Mapping[str, str]) -> str:
    """What is left of these headers once a table lies in a folder: its day, its data, and whether it is of all.

    >>> at = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    >>> name_of_file("shop", as_headers({}, at, people=[12, 9], checksums=["ab", "cd"]))
    'shop-2026-01-31-ab-cd'
    """
    filtered = "" if headers["Usabtest-Filters"] == "none" else "filtered"
    checksums = headers.get("Usabtest-Checksum", "").replace(", ", "-")
    return "-".join(filter(None, (of, filtered, headers["Usabtest-Generated"][:10], checksums)))


def note(report: StudyReport) -> str:
    """Of how many people a report is, beside its filters."""
    return f"{people(len(report.people))} · {percent(report.confidence)} intervals"


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter in words; an active one has the name and the value by which it can be taken off."""

    words: str
    name: str | None = None
    value: str | None = None


def filters_in_words(filters: Mapping[str, str | Sequence[str]]) -> tuple[Filter, ...]:
    """Name what is shown, also where nothing is filtered."""
    active = [
        Filter(_WORDS.get(name, f"{name.removeprefix('attr.')}: ") + isolated(value_in_words(name, value)), name, value)
        for name, values in filters.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    everything = (("device", "All devices"), ("group", "All groups"))
    unlimited = [Filter(words) for name, words in everything if name not in filters]
    if not {"from", "to"} & filters.keys():
        unlimited.append(Filter("All dates"))
    return (*active, *unlimited)


def value_in_words(name: str, value: str) -> str:
    """Say what a filter lets through.

    >>> value_in_words("status", "started"), value_in_words("from", "2026-11-02"), value_in_words("device", "phone")
    ('under way', '2 November 2026', 'phone')
    """
    if name == "status":
        return _STATUS.get(value, value)
    if name in {"from", "to"} and len(value) == len("2026-11-02"):
        day = dt.datetime.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return value


_STATUS = {
    "sent": "sent to the site",
    "arrived": "arrived",
    "started": "under way",
    "completed": "completed",
    "abandoned": "left",
}
_WORDS = {
    "device": "Device: ",
    "browser": "Browser: ",
    "language": "Language: ",
    "status": "Status: ",
    "group": "Group: ",
    "from": "From ",
    "to": "To ",
}


def _left_out(report: StudyReport) -> str:
    said = []
    if report.participants.excluded:
        said.append(f"{plural(report.participants.excluded, 'participant')} left out{_named(report.left_out)}.")
    if report.participants.pilot:
        said.append(f"{plural(report.participants.pilot, 'pilot run')} not counted.")
    return " ".join(said) or "Nobody left out."


def _named(left_out: Sequence[LeftOutRow]) -> str:
    """Who was left out and why, as far as the report tells."""
    if not left_out:
        return ""
    named = "; ".join(
        f"{one.code}, {isolated(one.reason)}" if one.reason else one.code for one in left_out[:_NAMED_AT_MOST]
    )
    return f": {named} and others" if len(left_out) > _NAMED_AT_MOST else f": {named}"
