"""What the pages of a report are given, besides the report: who reads it, and where links lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from usabtest.reports import charts
from usabtest.reports.figures import Limits, StudyReport, SusFigures, TaskReport
from usabtest.reports.files import FILES, File
from usabtest.reports.origin import Origin, filters_in_words, note, origin
from usabtest.reports.overview import Overview, overview
from usabtest.reports.person_page import PersonShown
from usabtest.reports.queries import names_of_judges
from usabtest.reports.reader import Reader
from usabtest.reports.task_page import TaskShown, task_shown
from usabtest.reports.words import SUS_DOTS_AT_MOST, by_need, grade, number, people, plural
from usabtest.studies.models import Study
from usabtest.studyfile.types import Device

Query = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class TableRow:
    title: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterChoice:
    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FilterForm:
    """Choosing whom the report is about; `kept` are the filters in force that it has no field for."""

    action: str
    choices: tuple[FilterChoice, ...]
    days: tuple[tuple[str, str, str], ...]
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    """The report of a study as a page. `study` is None where nobody is signed in: then there are no tabs."""

    study: Study | None
    shown: Overview
    reader: Reader
    chips: tuple[tuple[str, str | None], ...]
    filter_form: FilterForm | None
    note: str
    origin: Origin
    rows: tuple[TableRow, ...]
    sus_answers: str
    sus_rows: tuple[tuple[str, str], ...]
    nps_answers: str

    @property
    def signed_in(self) -> bool:
        return self.reader.signed_in

    @property
    def query(self) -> Query:
        """The filters, for links that keep them."""
        return self.shown.report.filters

    @property
    def files(self) -> Mapping[str, File]:
        """What the report can be had as, besides tables for programs."""
        return FILES

    @property
    def share_url(self) -> str | None:
        """Where the report is shared, for those who may and where sharing is mounted."""
        if not self.reader.may_share or "sharing.index" not in current_app.view_functions:
            return None
        filters: dict[str, Any] = {**self.query, "key": self.shown.report.study.key}
        return url_for("sharing.index", **filters)

    @property
    def empty_text(self) -> str:
        if self.query:
            return "Take a filter off to see more people."
        pilot = self.shown.report.participants.pilot
        tried = f" {plural(pilot, 'pilot run')} so far; they count nowhere in a report." if pilot else ""
        return f"Figures appear here as soon as the first participant has ended a task.{tried}"

    @property
    def percent_ticks(self) -> tuple[charts.Tick, ...]:
        return tuple(charts.Tick(at / 100, words) for at, words in ((0, "0"), (50, "50"), (78, "78"), (100, "100 %")))

    @property
    def nps_ticks(self) -> tuple[charts.Tick, ...]:
        return (charts.Tick(0, "−100"), charts.Tick(0.5, "0"), charts.Tick(1, "+100"))

    @property
    def bar_outcomes(self) -> tuple[str, ...]:
        """What a stacked bar needs a legend for."""
        return tuple(outcome for outcome in self.shown.occurring if outcome in charts.OUTCOMES)


def study_page(report: StudyReport, study: Study | None, reader: Reader) -> StudyPage:
    return StudyPage(
        study=study,
        shown=overview(report),
        reader=reader,
        chips=chips(report, "reports.study") if study else (),
        filter_form=filter_form(report, "reports.study") if study else None,
        note=note(report),
        origin=origin(report),
        rows=tuple(map(_row, by_need(report.tasks))),
        sus_answers=plural(report.sus.n, "answer") if report.sus else "",
        sus_rows=_sus_rows(report.sus) if report.sus else (),
        nps_answers=plural(report.nps.n, "answer") if report.nps else "",
    )


@dataclass(frozen=True, slots=True)
class TaskPage:
    """The report of one task as a page. `study` is None where nobody is signed in."""

    study: Study | None
    shown: TaskShown
    study_key: str
    query: Query
    reader: Reader
    chips: tuple[tuple[str, str | None], ...]
    filter_form: FilterForm | None
    note: str
    origin: Origin

    @property
    def signed_in(self) -> bool:
        return self.reader.signed_in


def task_page(report: StudyReport, study: Study | None, task_key: str, reader: Reader) -> TaskPage | None:
    """Make the page of a task; None if the study has no such task."""
    task = next((one for one in report.tasks if one.key == task_key), None)
    if task is None:
        return None
    judges = names_of_judges(one.row for one in task.ended)
    return TaskPage(
        study=study,
        shown=task_shown(report, task, judges),
        study_key=report.study.key,
        query=report.filters,
        reader=reader,
        chips=chips(report, "reports.task", task_key=task_key) if study else (),
        filter_form=filter_form(report, "reports.task", task_key=task_key) if study else None,
        note=note(report),
        origin=origin(report),
    )


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One participant as a page."""

    study: Study
    shown: PersonShown
    may_correct: bool
    judgements: tuple[tuple[str, str], ...]


def chips(report: StudyReport, endpoint: str, **values: Any) -> tuple[tuple[str, str | None], ...]:
    """The filters in words, each active one with the address of the page without it."""
    found = []
    for one in filters_in_words(report.filters):
        rest: dict[str, Any] = _without(report.filters, one.name, one.value) if one.name else {}
        address = url_for(endpoint, **{"key": report.study.key, **values, **rest}) if one.name else None
        found.append((one.words, address))
    return tuple(found)


_CHOICES = (
    ("device", "Device", tuple((one, one.capitalize()) for one in Device)),
    ("status", "How far people came", (("completed", "Completed"), ("started", "Under way"), ("abandoned", "Left"))),
)
_DAYS = (("from", "Began on or after"), ("to", "Began on or before"))


def filter_form(report: StudyReport, endpoint: str, **values: Any) -> FilterForm:
    """The form that adds filters; those that it has no field for go along."""
    return filter_fields(report.filters, url_for(endpoint, key=report.study.key, **values))


def filter_fields(filters: Query, action: str) -> FilterForm:
    """The form that adds filters to those in force, and leads to an address."""
    fields = {name for name, *_ in _CHOICES} | {name for name, _ in _DAYS}

    def single(name: str) -> str:
        value = filters.get(name, "")
        return value if isinstance(value, str) else value[0]

    return FilterForm(
        action=action,
        choices=tuple(FilterChoice(name, label, single(name), options) for name, label, options in _CHOICES),
        days=tuple((name, label, single(name)[:10]) for name, label in _DAYS),
        kept=tuple(
            (name, value)
            for name, given in filters.items()
            if name not in fields
            for value in ([given] if isinstance(given, str) else given)
        ),
    )


def _without(filters: Query, name: str, value: str | None) -> dict[str, str | list[str]]:
    rest = dict(filters)
    values = rest.pop(name)
    if isinstance(values, list):
        rest[name] = [one for one in values if one != value]
    return rest


def _row(task: TaskReport) -> TableRow:
    success, time, seq = task.success, task.time_on_task, task.seq
    typical = time.median if time.method == "order_statistics" else time.geometric_mean
    return TableRow(
        task.title,
        (
            str(task.n),
            str(success.successes),
            _percents(success.ci),
            _number(typical),
            _limits(time.ci),
            str(task.errors.user.total),
            str(task.errors.system.total),
            str(task.abandonment.count),
            _number(task.clicks.median),
            _number(seq.mean if seq else None),
        ),
    )


def _sus_rows(sus: SusFigures) -> tuple[tuple[str, str], ...]:
    if sus.mean is None:
        return ()
    rows = [("Mean", number(sus.mean)), ("Likely", _limits(sus.ci)), ("Median", _number(sus.median))]
    rows.append(("Standard deviation", _number(sus.sd)))
    if sus.ci is not None:
        rows += [("Grade", grade(sus.grade or "–")), ("Percentile", _number(sus.percentile))]
        rows += [("In a word", sus.adjective or "–"), ("Acceptable", (sus.acceptability or "–").replace("_", " "))]
    rows.append(("Scores", ", ".join(_scores(sus))))
    return tuple(rows)


def _scores(sus: SusFigures) -> Iterator[str]:
    """Every score; where people are many, each different one and how many had it."""
    if sus.n <= SUS_DOTS_AT_MOST:
        yield from map(number, sus.scores)
    else:
        yield from (f"{number(score)} ({people(count)})" for score, count in Counter(sus.scores).items())


def _number(value: float | None) -> str:
    return "–" if value is None else number(value)


def _limits(ci: Limits) -> str:
    return "–" if ci is None else f"{number(ci[0])} to {number(ci[1])}"


def _percents(ci: Limits) -> str:
    return "–" if ci is None else f"{number(100 * ci[0], 0)} to {number(100 * ci[1], 0)} %"
