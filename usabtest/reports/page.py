"""What the pages of a report are given, besides the report: who reads it, and where links lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, url_for

from usabtest.reports import charts
from usabtest.reports.attempt_list import COLUMNS
from usabtest.reports.changes import Change, change
from usabtest.reports.figures import StudyReport
from usabtest.reports.files import FILES, File
from usabtest.reports.filter_bar import FilterBar, filter_bar
from usabtest.reports.moments import Moment
from usabtest.reports.occurring import occurring
from usabtest.reports.origin import Origin, note, origin
from usabtest.reports.overview import Overview, overview
from usabtest.reports.person_page import PersonShown
from usabtest.reports.queries import names_of_judges
from usabtest.reports.reader import Reader
from usabtest.reports.tables import Table
from usabtest.reports.task_page import TaskShown, task_shown
from usabtest.reports.view import View, view_query
from usabtest.reports.words import OUTCOME_NAMES, plural
from usabtest.studies.models import Study

Query = Mapping[str, Any]

_AS_IT_COMES = View()


@dataclass(frozen=True, slots=True)
class StudyPage:
    """The report of a study as a page. `study` is None where nobody is signed in: then there are no tabs."""

    study: Study | None
    shown: Overview
    reader: Reader
    filter_bar: FilterBar | None
    note: str
    origin: Origin

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
    def language(self) -> str:
        """What the study is written in."""
        return self.shown.report.spec.language

    def csv_url(self, table: Table) -> str | None:
        """Where the figures behind a chart are a file, for those who are signed in."""
        if not self.signed_in:
            return None
        address: dict[str, Any] = {"key": self.shown.report.study.key, "name": table.name, **self.query}
        return url_for("reports.study_csv", **address)

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
        return tuple(charts.Tick(at / 100, words) for at, words in ((0, "0"), (50, "50"), (100, "100 %")))

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
        filter_bar=filter_bar(report, occurring(study), "reports.study") if study else None,
        note=note(report),
        origin=origin(report),
    )


@dataclass(frozen=True, slots=True)
class TaskPage:
    """The report of one task as a page. `study` is None where nobody is signed in."""

    study: Study | None
    shown: TaskShown
    study_key: str
    query: Query
    reader: Reader
    filter_bar: FilterBar | None
    note: str
    origin: Origin
    view: View
    columns: tuple[SortColumn, ...]
    change: Change | None

    @property
    def signed_in(self) -> bool:
        return self.reader.signed_in

    def url(self, **changes: object) -> str:
        """The page with something of its view changed; the filters stay."""
        asked = {**view_query(self.view), **changes}
        kept: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        return url_for("reports.task", key=self.study_key, task_key=self.shown.task.key, **{**self.query, **kept})

    def moment_url(self, moment: Moment) -> str:
        """Where a moment can be seen, among what came before and after it."""
        return url_for(
            "reports.participant",
            key=self.study_key,
            code=moment.code,
            attempt=moment.number,
            _anchor=moment.anchor,
        )

    def csv_url(self, table: Table) -> str | None:
        """Where the figures behind a chart are a file, for those who are signed in."""
        if not self.signed_in:
            return None
        address: dict[str, Any] = {"key": self.study_key, "task_key": self.shown.task.key, "name": table.name}
        return url_for("reports.task_csv", **address, **self.query)

    @property
    def language(self) -> str:
        """What the study is written in."""
        return self.shown.language

    @property
    def judgements(self) -> tuple[tuple[str, str], ...]:
        """What a moderator may say of an attempt."""
        return tuple(OUTCOME_NAMES.items())

    @property
    def earlier_url(self) -> str | None:
        """The attempts before those that are listed."""
        page = self.shown.attempts.page
        return f"{self.url(page=page - 1)}#attempts-heading" if page > 1 else None

    @property
    def later_url(self) -> str | None:
        page = self.shown.attempts.page
        return f"{self.url(page=page + 1)}#attempts-heading" if page < self.shown.attempts.pages else None


@dataclass(frozen=True, slots=True)
class SortColumn:
    """A column of the attempts: its word, where it is sorted by, and how it is sorted now (in words of aria-sort)."""

    name: str
    words: str
    kind: str
    url: str
    direction: str


def task_page(
    report: StudyReport, study: Study | None, task_key: str, reader: Reader, view: View = _AS_IT_COMES
) -> TaskPage | None:
    """Make the page of a task; None if the study has no such task."""
    task = next((one for one in report.tasks if one.key == task_key), None)
    if task is None:
        return None
    judges = names_of_judges(one.row for one in task.ended)
    return TaskPage(
        study=study,
        shown=task_shown(report, task, judges, replace(view, rows=reader.rows_at_most)),
        study_key=report.study.key,
        query=report.filters,
        reader=reader,
        filter_bar=filter_bar(report, occurring(study), "reports.task", task_key=task_key) if study else None,
        note=note(report),
        origin=origin(report),
        view=view,
        columns=tuple(_sort_columns(report, task_key, view)) if reader.signed_in else (),
        change=change(report, task, view) if reader.may_correct else None,
    )


def _sort_columns(report: StudyReport, task_key: str, view: View) -> Iterator[SortColumn]:
    for name, said, kind in COLUMNS:
        sorts = view.sort == name
        asked = view_query(replace(view, sort=name, descending=sorts and not view.descending, page=1))
        address: dict[str, Any] = {"key": report.study.key, "task_key": task_key, **report.filters, **asked}
        direction = "" if not sorts else "descending" if view.descending else "ascending"
        yield SortColumn(name, said, kind, f"{url_for('reports.task', **address)}#attempts-heading", direction)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One participant as a page; `effect` is what leaving them out would do."""

    study: Study
    effect: str
    shown: PersonShown
    may_correct: bool
    judgements: tuple[tuple[str, str], ...]

    def moment_url(self, anchor: str) -> str:
        """The address of one moment of the attempt that is open."""
        attempt = self.shown.attempt.number if self.shown.attempt else None
        return url_for(
            "reports.participant",
            key=self.study.key,
            code=self.shown.record.code,
            attempt=attempt,
            events="all" if self.shown.everything else None,
            _anchor=anchor,
        )
