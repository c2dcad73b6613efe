"""The pages of the summary: as CX staff see it, and where a researcher words it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from usabtest.conclusions.forms import ConclusionsForm, FindingRow
from usabtest.conclusions.queries import Concluded
from usabtest.reports.cx import CxSummary, Suggestion
from usabtest.reports.figures import StudyReport
from usabtest.reports.filter_bar import FilterBar, filter_bar
from usabtest.reports.occurring import occurring
from usabtest.reports.origin import note
from usabtest.reports.page import Query
from usabtest.studies.models import Study


@dataclass(frozen=True, slots=True)
class CxPage:
    """The summary as a page of the study."""

    study: Study
    shown: CxSummary
    may_edit: bool
    query: Query
    filter_bar: FilterBar
    note: str

    @property
    def moments(self) -> Mapping[str, str]:
        """Where findings can be seen: the attempts at their task that did not succeed, each with its first trouble."""
        query: dict[str, Any] = {**self.query, "key": self.study.key, "attempts": "failed", "_anchor": "attempts"}
        keys = {finding.task_key for finding in self.shown.findings if finding.task_key}
        return {key: url_for("reports.task", task_key=key, **query) for key in keys}

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The filters, for the form of the sum."""
        return tuple(
            (name, value)
            for name, given in self.query.items()
            for value in ([given] if isinstance(given, str) else given)
        )

    @property
    def sus_csv_url(self) -> str:
        """Where the figures behind the usability score are a file."""
        address: dict[str, Any] = {"key": self.study.key, "name": "sus", **self.query}
        return url_for("reports.study_csv", **address)

    @property
    def compare_url(self) -> str:
        """Where the rounds are compared, among the same people as are shown here."""
        address: dict[str, Any] = {"key": self.study.key, **self.query}
        return url_for("reports.compare", **address)

    @property
    def cost_action(self) -> str:
        return url_for("reports.cx", key=self.study.key)


def cx_page(report: StudyReport, shown: CxSummary, study: Study, *, may_edit: bool) -> CxPage:
    return CxPage(
        study=study,
        shown=shown,
        may_edit=may_edit,
        query=report.filters,
        filter_bar=filter_bar(report, occurring(study), "reports.cx"),
        note=note(report),
    )


def conclusions_form(shown: CxSummary, concluded: Concluded, suggestions: Mapping[str, Suggestion]) -> ConclusionsForm:
    """The form as it is first shown: findings with what the data suggest for them, and what they do not have."""
    cost = concluded.cost
    values = {"lead": concluded.lead, "cost-task_key": cost.task_key if cost else _worst(shown)}
    if cost:
        values |= {
            "cost-visitors": f"{cost.visitors:g}",
            "cost-visitors_words": cost.visitors_words,
            "cost-share": "" if cost.share is None else f"{100 * cost.share:g}",
            "cost-currency": cost.currency,
            "cost-value": f"{cost.value:g}",
            "cost-value_words": cost.value_words,
        }
    rows = tuple(
        _row(suggestions.get(one.task_key or ""), one.task_key or "", one.title, one.text, one.seen)
        for one in shown.findings
    )
    told = {one.task_key for one in shown.findings}
    more = tuple(
        _row(one, one.task_key, one.title, one.text, one.seen)
        for one in suggestions.values()
        if one.task_key not in told
    )
    return ConclusionsForm(values=values, rows=rows, more=more)


def _row(suggestion: Suggestion | None, task_key: str, title: str, text: str, seen: str) -> FindingRow:
    if suggestion is None:
        return FindingRow(task_key=task_key, title=title, text=text, seen=seen)
    return FindingRow(
        task_key=task_key,
        title=title,
        text=text,
        seen=seen,
        suggested_title=suggestion.title,
        suggested_text=suggestion.text,
        suggested_seen=suggestion.seen,
        figure=suggestion.figure,
    )


def _worst(shown: CxSummary) -> str:
    first = next((finding.task_key for finding in shown.findings if finding.task_key), None)
    return first or (shown.asked[0].key if shown.asked else "")
