"""The report of a study, for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, render_template, request, stream_with_context

from usabtest.accounts.access import acting_user, sign_in_required
from usabtest.conclusions.page import ConclusionsPage
from usabtest.conclusions.queries import concluded_of
from usabtest.errors import NotFound
from usabtest.measurement.lists import LISTS
from usabtest.participation.access import participant_or_404
from usabtest.participation.effect import effect_of_leaving_out
from usabtest.participation.queries import success_tallies
from usabtest.reports.as_csv import to_csv
from usabtest.reports.as_json import to_json
from usabtest.reports.assemble import assemble
from usabtest.reports.bulk import without_collecting
from usabtest.reports.compare_page import compare_page, comparison_of
from usabtest.reports.comparison.choice import Choice, read_choice
from usabtest.reports.comparison.shown import comparison_shown
from usabtest.reports.cx import COST_CHANGES, cx_summary, suggest
from usabtest.reports.cx_page import conclusions_form, cx_page
from usabtest.reports.download import headers_of, headers_of_comparison, pieces_of_list
from usabtest.reports.export.archive import archive
from usabtest.reports.export.imprint import imprint
from usabtest.reports.figures import StudyReport
from usabtest.reports.files import FILES
from usabtest.reports.filters import read_filters
from usabtest.reports.origin import name_of_file
from usabtest.reports.overview_tables import overview_tables
from usabtest.reports.page import PersonPage, study_page, task_page
from usabtest.reports.person_page import person_shown
from usabtest.reports.queries import ids_of_counted, names_of_judges, person_record, study_rows
from usabtest.reports.reader import Reader
from usabtest.reports.summing_up import summary_of
from usabtest.reports.tables import Table
from usabtest.reports.task_page import task_shown
from usabtest.reports.view import VIEW_NAMES, read_view
from usabtest.reports.words import OUTCOME_NAMES
from usabtest.reports.written import written
from usabtest.studies.access import Right, may, study_or_404
from usabtest.studies.models import Study
from usabtest.studies.queries import studies_of

bp = Blueprint("reports", __name__)


@bp.get("/studies/<key>/report")
@sign_in_required
def study(key: str) -> str:
    """Show how a study went, the task most in need of attention first."""
    study = study_or_404(key, Right.REPORT)
    return render_template("reports/study.html", page=study_page(_report(study), study, _reader(study)))


@bp.get("/studies/<key>/report/tasks/<task_key>")
@sign_in_required
@without_collecting()
def task(key: str, task_key: str) -> str:
    """Show one task: how its attempts ended, how long they took, what went wrong and where."""
    study = study_or_404(key, Right.REPORT)
    page = task_page(_report(study), study, task_key, _reader(study), read_view(request.args))
    if page is None:
        raise NotFound("There is no such task in this study.")
    return render_template("reports/task.html", page=page)


@bp.get("/studies/<key>/report/summary")
@sign_in_required
def cx(key: str) -> str:
    """Show the report on one page, in plain words, as those see it who look after customers."""
    study = study_or_404(key, Right.REPORT)
    report = _report(study, passed_over=frozenset(COST_CHANGES))
    shown = summary_of(study, report, reader=acting_user(), cost_changes=request.args)
    may_edit = may(acting_user(), study, Right.CORRECT)
    return render_template("reports/cx.html", page=cx_page(report, shown, study, may_edit=may_edit))


@bp.get("/studies/<key>/report/summary/edit")
@sign_in_required
def cx_edit(key: str) -> str:
    """Word the summary: its headline, its findings in their order, and what it may cost."""
    study = study_or_404(key, Right.CORRECT)
    report, concluded = _report(study), concluded_of(study)
    suggestions = {one.task_key: one for one in suggest(report.tasks)}
    form = conclusions_form(cx_summary(report, concluded), concluded, suggestions)
    return render_template("conclusions/edit.html", page=ConclusionsPage(study, form))


@bp.get("/studies/<key>/compare")
@sign_in_required
def compare(key: str) -> str:
    """Compare the study with another round, another study or benchmarks, or two groups of its people."""
    study, other, choice = _what_to_compare(key)
    page = compare_page(
        study,
        other,
        choice,
        comparison_of(study, other, choice, now=dt.datetime.now(dt.UTC)),
        studies_of(acting_user()),
        may_edit=may(acting_user(), study, Right.EDIT),
        may_share=may(acting_user(), study, Right.SHARE),
    )
    return render_template("reports/compare.html", page=page)


@bp.get("/studies/<key>/compare/<name>.csv")
@sign_in_required
def compare_csv(key: str, name: str) -> Response:
    """Download the numbers behind one drawing of a comparison."""
    study, other, choice = _what_to_compare(key)
    comparison = comparison_of(study, other, choice, now=dt.datetime.now(dt.UTC))
    if comparison is None:
        raise NotFound("Both sides are the same people.")
    told = headers_of_comparison(comparison, choice)
    return _table_file(f"{key}-compared", comparison_shown(comparison).tables, name, told)


@bp.get("/studies/<key>/report/<name>.csv")
@sign_in_required
def study_csv(key: str, name: str) -> Response:
    """Download the figures behind one chart of the overview."""
    report = _report(study_or_404(key, Right.REPORT))
    return _table_file(key, overview_tables(report), name, headers_of(report))


@bp.get("/studies/<key>/report/tasks/<task_key>/<name>.csv")
@sign_in_required
def task_csv(key: str, task_key: str, name: str) -> Response:
    """Download the figures behind one chart of a task."""
    report = _report(study_or_404(key, Right.REPORT))
    task = next((one for one in report.tasks if one.key == task_key), None)
    if task is None:
        raise NotFound("There is no such task in this study.")
    judges = names_of_judges(one.row for one in task.ended)
    return _table_file(f"{key}-{task_key}", task_shown(report, task, judges).tables, name, headers_of(report))


@bp.get("/studies/<key>/participants/<code>")
@sign_in_required
def participant(key: str, code: str) -> str:
    """Show one participant: their attempts, and one of them moment by moment."""
    study = study_or_404(key, Right.READ)
    found = participant_or_404(key, code, Right.READ)
    record = person_record(study, found)
    own = [(one.task_key, one.outcome) for one in record.attempts]
    page = PersonPage(
        study=study,
        effect=effect_of_leaving_out(success_tallies(study), own),
        shown=person_shown(
            record,
            number=request.args.get("attempt", type=int),
            task_key=request.args.get("task", ""),
            everything=request.args.get("events") == "all",
        ),
        may_correct=may(acting_user(), study, Right.CORRECT),
        judgements=tuple(OUTCOME_NAMES.items()),
    )
    return render_template("reports/participant.html", page=page)


@bp.get("/studies/<key>/report.json")
@sign_in_required
def json(key: str) -> Response:
    """Download the report as JSON."""
    return _download(_report(study_or_404(key, Right.REPORT)), "json")


@bp.get("/studies/<key>/report.csv")
@sign_in_required
def csv(key: str) -> Response:
    """Download the report as a table, a line a figure."""
    return _download(_report(study_or_404(key, Right.REPORT)), "csv")


@bp.get("/studies/<key>/data-<any(csv, ndjson):form>.zip")
@sign_in_required
def data(key: str, form: str) -> Response:
    """Download the data behind the report: the raw lists of the people whom it is about."""
    study = study_or_404(key, Right.READ)
    filters = read_filters(request.args.to_dict(flat=False), passed_over=VIEW_NAMES)
    made = imprint(assemble(study_rows(study, filters, now=dt.datetime.now(dt.UTC))))
    lists = {f"{name}.{form}": pieces_of_list(study, name, form, ids_of_counted(study, filters)) for name in LISTS}
    response = Response(stream_with_context(archive(lists, made.rows)), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{study.key}-data-{form}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@sign_in_required
def file(key: str, name: str) -> Response:
    """Download the report as one of its files."""
    study = study_or_404(key, Right.REPORT)
    response = Response(written(name, study, _report(study), reader=acting_user()), mimetype=FILES[name].mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{study.key}-{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


for _name in FILES:
    bp.add_url_rule(f"/studies/<key>/{_name}", view_func=file, defaults={"name": _name})


def _what_to_compare(key: str) -> tuple[Study, Study | None, Choice]:
    """The study, the other one if there is one, and what was chosen of them, as the address says."""
    study = study_or_404(key, Right.REPORT)
    choice = read_choice(request.args.to_dict(flat=False))
    return study, _other(study, choice), choice


def _other(study: Study, choice: Choice) -> Study | None:
    """The study that was chosen, else the round before; none for benchmarks and for groups of one study."""
    if choice.other is not None:
        return study_or_404(choice.other, Right.REPORT)
    previous = study.previous
    if choice.benchmarks or choice.groups or previous is None or not may(acting_user(), previous, Right.REPORT):
        return None
    return previous


def _reader(study: Study) -> Reader:
    user = acting_user()
    return Reader(
        signed_in=True,
        may_read=may(user, study, Right.READ),
        may_correct=may(user, study, Right.CORRECT),
        may_share=may(user, study, Right.SHARE),
    )


def _report(study: Study, *, passed_over: frozenset[str] = VIEW_NAMES) -> StudyReport:
    filters = read_filters(request.args.to_dict(flat=False), passed_over=passed_over)
    return assemble(study_rows(study, filters, now=dt.datetime.now(dt.UTC)))


def _table_file(of: str, tables: Iterable[Table], name: str, told: Mapping[str, str]) -> Response:
    """Send one table; `told` is where its figures come from: in the headers, and what is short also in its name."""
    table = next((one for one in tables if one.name == name), None)
    if table is None:
        raise NotFound("There is no such table in this report.")
    response = _attached(table.to_csv(), "text/csv", f"{name_of_file(f'{of}-{name}', told)}.csv")
    response.headers.update(told)
    return response


def _download(found: StudyReport, form: str) -> Response:
    body = to_json(found) if form == "json" else to_csv(found)
    kind = "application/json" if form == "json" else "text/csv"
    response = _attached(body, kind, f"{found.study.key}-report.{form}")
    response.headers.update(headers_of(found))
    return response


def _attached(body: str | bytes, kind: str, name: str) -> Response:
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
