"""The page that compares: which two sides its address means, what they are called, and how to choose others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from usabtest.conclusions.benchmarks import OFFERED
from usabtest.conclusions.queries import benchmarks_of
from usabtest.reports.assemble import assemble
from usabtest.reports.comparison.against import hold_against
from usabtest.reports.comparison.choice import BENCHMARKS, Choice, choice_echo
from usabtest.reports.comparison.compare import compare
from usabtest.reports.comparison.shown import ComparisonShown, comparison_shown
from usabtest.reports.comparison.values import Among, Comparison
from usabtest.reports.figures import StudyReport
from usabtest.reports.filter_bar import FilterBar, choices_of, days_of
from usabtest.reports.filters import Filters
from usabtest.reports.occurring import occurring
from usabtest.reports.origin import filters_in_words
from usabtest.reports.queries import study_rows
from usabtest.reports.words import people
from usabtest.studies.models import Study
from usabtest.studyfile.types import Device

_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class SideWords:
    """A side in full: its short name, and which people of which study it is."""

    name: str
    title: str
    filters: str
    people: str


@dataclass(frozen=True, slots=True)
class SideField:
    """One filter of one side; with options it is a choice, else a text."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SideFields:
    """Choosing the people of one side; `kept` are filters in force that have no field."""

    legend: str
    fields: tuple[SideField, ...]
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceForm:
    """Choosing what is compared. `studies` are the others that whoever asks may read, by key and title."""

    action: str
    studies: tuple[tuple[str, str], ...]
    chosen: str
    sides: tuple[SideFields, SideFields]
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """A comparison as a page of a study. `shown` is None where both sides would be the same people.

    `csv_urls` are where the numbers behind each drawing are a file, by the name of their table.
    """

    study: Study
    shown: ComparisonShown | None
    sides: tuple[SideWords, ...]
    form: ChoiceForm
    filter_bar: FilterBar
    note: str
    benchmarks_set: bool
    may_edit: bool
    other: Study | None
    share_url: str | None
    csv_urls: Mapping[str, str]

    @property
    def may_be_remembered(self) -> bool:
        """Whether the other study could be kept as the round before."""
        return self.may_edit and self.other is not None and self.study.previous_id != self.other.id


def comparison_of(study: Study, other: Study | None, choice: Choice, *, now: dt.datetime) -> Comparison | None:
    """Compare what was chosen; None if both sides are the same people of the same study.

    `other` is None for groups of one study and for benchmarks. Of two rounds the earlier one is the first side, from
    whichever of them the comparison is looked at.
    """
    if other is None and not choice.groups:
        return hold_against(_report(study, choice.after, now), benchmarks_of(study))
    if other is not None and other.id == study.id:
        other = None
        if not choice.groups:
            return None
    earlier, later = _in_order(study, other or study)
    among = _among(earlier, later)
    return compare(
        _report(earlier, choice.before, now),
        _report(later, choice.after, now),
        among=among,
        names=_names(earlier, later, choice, among),
    )


def compare_page(
    study: Study,
    other: Study | None,
    choice: Choice,
    comparison: Comparison | None,
    studies: Sequence[Study],
    *,
    may_edit: bool,
    may_share: bool,
) -> ComparePage:
    shown = comparison_shown(comparison) if comparison else None
    chosen = _chosen(other, choice)
    return ComparePage(
        study=study,
        shown=shown,
        sides=tuple(_sides(comparison)) if comparison else (),
        form=_form(study, other, choice, studies),
        filter_bar=_filter_bar(study, other, choice),
        note="Filters shape both sides" if comparison and comparison.before else "",
        benchmarks_set=benchmarks_of(study) != OFFERED,
        may_edit=may_edit,
        other=other,
        share_url=url_for("sharing.index", key=study.key, **chosen) if may_share and comparison else None,
        csv_urls={
            table.name: url_for("reports.compare_csv", key=study.key, name=table.name, **chosen)
            for table in (shown.tables if shown else ())
        },
    )


def _chosen(other: Study | None, choice: Choice) -> dict[str, Any]:
    """What leads to this very comparison, whatever the usual one may be later."""
    chosen = _query(other, choice, choice.shared.echo)
    if other is None and not choice.groups:
        chosen[BENCHMARKS] = "1"
    return chosen


def _report(study: Study, filters: Filters, now: dt.datetime) -> StudyReport:
    return assemble(study_rows(study, filters, now=now))


def _in_order(study: Study, other: Study) -> tuple[Study, Study]:
    """The other study first, unless it is a later round of this one."""
    return (study, other) if study.id != other.id and study in _rounds_before(other) else (other, study)


def _rounds_before(study: Study) -> list[Study]:
    found: list[Study] = []
    earlier = study.previous
    while earlier is not None and earlier not in found:
        found.append(earlier)
        earlier = earlier.previous
    return found


def _among(earlier: Study, later: Study) -> Among:
    if earlier.id == later.id:
        return Among.SEGMENTS
    return Among.ROUNDS if earlier in _rounds_before(later) else Among.STUDIES


def _names(earlier: Study, later: Study, choice: Choice, among: Among) -> tuple[str, str]:
    groups = [_group_name(filters, choice) for filters in (choice.before, choice.after)]
    if among is Among.SEGMENTS:
        return _short(groups, ("Group A", "Group B"))
    if among is Among.ROUNDS:
        names = [f"Round {len(_rounds_before(study)) + 1}" for study in (earlier, later)]
    else:
        names = list(_short([earlier.title, later.title], ("The other study", "This study")))
    if not choice.groups:
        return names[0], names[1]
    return f"{names[0]}, {groups[0]}", f"{names[1]}, {groups[1]}"


def _short(names: Sequence[str], instead: tuple[str, str]) -> tuple[str, str]:
    """Both names, or others where they are long or the same."""
    fit = len(set(names)) == 2 and all(len(name) <= _LONGEST_NAME for name in names)
    return (names[0], names[1]) if fit else instead


def _group_name(filters: Filters, choice: Choice) -> str:
    own = {name: value for name, value in filters.echo.items() if choice.shared.echo.get(name) != value}
    return ", ".join(one.words for one in filters_in_words(own) if one.name) or "Everybody"


def sides_in_words(study: Study, other: Study | None, choice: Choice) -> tuple[str, str]:
    """The names of both sides, before anything is compared."""
    earlier, later = _in_order(study, other or study)
    return _names(earlier, later, choice, _among(earlier, later))


def _sides(comparison: Comparison) -> Iterator[SideWords]:
    for side in (comparison.before, comparison.after):
        if side is not None:
            words = ", ".join(one.words for one in filters_in_words(side.filters) if one.name)
            yield SideWords(side.name, side.title, words, people(side.people))


def _query(other: Study | None, choice: Choice, shared: Mapping[str, Any]) -> dict[str, Any]:
    """The address of the same comparison with these shared filters."""
    return {**shared, **choice_echo(replace(choice, other=other.key if other is not None else None))}


def _chips(study: Study, other: Study | None, choice: Choice) -> tuple[tuple[str, str | None], ...]:
    found = []
    for one in filters_in_words(choice.shared.echo):
        address = None
        if one.name:
            rest = {name: value for name, value in choice.shared.echo.items() if name != one.name}
            kept = choice.shared.echo[one.name]
            if isinstance(kept, list):
                rest[one.name] = [value for value in kept if value != one.value]
            address = url_for("reports.compare", key=study.key, **_query(other, choice, rest))
        found.append((one.words, address))
    return tuple(found)


def _filter_bar(study: Study, other: Study | None, choice: Choice) -> FilterBar:
    """The filters of both sides, and the form that sets them; what is compared goes along."""
    filters, own = choice.shared.echo, _query(other, choice, {})
    return FilterBar(
        chips=_chips(study, other, choice),
        action=url_for("reports.compare", key=study.key),
        groups=choices_of(filters, occurring(study)),
        days=days_of(filters),
        effect="",
        everyone_url=url_for("reports.compare", key=study.key, **own),
        kept=tuple(_flat(own)),
    )


def _form(study: Study, other: Study | None, choice: Choice, studies: Sequence[Study]) -> ChoiceForm:
    return ChoiceForm(
        action=url_for("reports.compare", key=study.key),
        studies=tuple((one.key, one.title) for one in studies if one.id != study.id),
        chosen=other.key if other is not None else "",
        sides=(
            _side_fields("Earlier or first side", "a", choice.before, choice),
            _side_fields("Later or second side", "b", choice.after, choice),
        ),
        kept=tuple(_flat(choice.shared.echo)),
    )


_DEVICES = tuple((str(device), device.capitalize()) for device in Device)
_FIELDS = (("device", "Device", _DEVICES), ("group", "Group", ()), ("language", "Language", ()))


def _side_fields(legend: str, side: str, filters: Filters, choice: Choice) -> SideFields:
    own = {name: value for name, value in filters.echo.items() if choice.shared.echo.get(name) != value}
    single = {name: own.pop(name) for name, *_ in _FIELDS if isinstance(own.get(name), str)}
    return SideFields(
        legend=legend,
        fields=tuple(
            SideField(f"{side}.{name}", label, str(single.get(name, "")), options) for name, label, options in _FIELDS
        ),
        kept=tuple((f"{side}.{name}", value) for name, value in _flat(own)),
    )


def _flat(filters: Mapping[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    for name, given in filters.items():
        for value in [given] if isinstance(given, str) else given:
            yield name, value
