"""The filters of a report, for whoever sets them: those in force as words, and the form that adds others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from usabtest.reports.figures import StudyReport
from usabtest.reports.occurring import Counts, Occurring
from usabtest.reports.origin import filters_in_words, value_in_words
from usabtest.reports.words import of, people

Query = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be let through; `people` is None where nobody has it."""

    value: str
    words: str
    people: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of one filter."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FilterBar:
    """`chips` are filters in words, each active one with the address of the page without it; `kept` goes along."""

    chips: tuple[tuple[str, str | None], ...]
    action: str
    groups: tuple[Choices, ...]
    days: tuple[Day, ...]
    effect: str
    everyone_url: str
    kept: tuple[tuple[str, str], ...] = ()


def filter_bar(report: StudyReport, found: Occurring, endpoint: str, **values: Any) -> FilterBar:
    """Make the bar of the page at `endpoint`; what is set there stays in its address."""
    address = {"key": report.study.key, **values}
    return FilterBar(
        chips=tuple(_chips(report, endpoint, address)),
        action=url_for(endpoint, **address),
        groups=choices_of(report.filters, found),
        days=days_of(report.filters),
        effect=_effect(report, found) if report.filters else "",
        everyone_url=url_for(endpoint, **address),
    )


def choices_of(filters: Query, found: Occurring) -> tuple[Choices, ...]:
    """What can be chosen: what occurs, and what is chosen though it does not."""
    return tuple(_groups(filters, found))


def days_of(filters: Query) -> tuple[Day, ...]:
    return tuple(Day(name, label, _first(filters, name)[:10]) for name, label in _DAYS)


_LABELS = {
    "device": "Device",
    "browser": "Browser",
    "language": "Language",
    "group": "Invitation group",
    "status": "How far people came",
}
_DAYS = (("from", "Began on or after"), ("to", "Began on or before"))


def _chips(report: StudyReport, endpoint: str, address: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for one in filters_in_words(report.filters):
        if one.name is None:
            yield one.words, None
        else:
            yield one.words, url_for(endpoint, **address, **_without(report.filters, one.name, one.value))


def _without(filters: Query, name: str, value: str | None) -> dict[str, Any]:
    rest = dict(filters)
    values = rest.pop(name)
    if isinstance(values, list):
        rest[name] = [one for one in values if one != value]
    return rest


def _groups(filters: Query, found: Occurring) -> Iterator[Choices]:
    for name, label in _LABELS.items():
        if choices := tuple(_choices(filters, name, found.values.get(name, {}))):
            yield Choices(name, label, choices)
    set_here = [name.removeprefix("attr.") for name in filters if name.startswith("attr.")]
    for attribute in dict.fromkeys([*found.attributes, *set_here]):
        name = f"attr.{attribute}"
        yield Choices(name, attribute, tuple(_choices(filters, name, found.attributes.get(attribute, {}))))


def _choices(filters: Query, name: str, counts: Counts) -> Iterator[Choice]:
    chosen = _all(filters, name)
    for value in dict.fromkeys([*counts, *chosen]):
        yield Choice(value, value_in_words(name, value), counts.get(value), value in chosen)


def _all(filters: Query, name: str) -> list[str]:
    given = filters.get(name, [])
    return [given] if isinstance(given, str) else given


def _first(filters: Query, name: str) -> str:
    return next(iter(_all(filters, name)), "")


def _effect(report: StudyReport, found: Occurring) -> str:
    shown = ", ".join(one.words for one in filters_in_words(report.filters) if one.name)
    return f"{shown}: {of(len(report.people), found.people)} people." if found.people else f"{shown}: {people(0)}."
