"""The report of a study, for people."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, request

from usabtest.accounts.access import sign_in_required
from usabtest.reports.as_csv import to_csv
from usabtest.reports.as_json import to_json
from usabtest.reports.assemble import assemble
from usabtest.reports.figures import StudyReport
from usabtest.reports.filters import read_filters
from usabtest.reports.queries import study_rows
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.models import Study

bp = Blueprint("reports", __name__)


@bp.get("/studies/<key>/report")
@sign_in_required
def study(key: str) -> Response:
    """Show how a study went, the task most in need of attention first."""
    found = _report(study_or_404(key, Right.REPORT))
    return Response(to_json(found), mimetype="application/json")


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


def _report(study: Study) -> StudyReport:
    filters = read_filters(request.args.to_dict(flat=False))
    return assemble(study_rows(study, filters, now=dt.datetime.now(dt.UTC)))


def _download(found: StudyReport, form: str) -> Response:
    body = to_json(found) if form == "json" else to_csv(found)
    response = Response(body, mimetype="application/json" if form == "json" else "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.study.key}-report.{form}"'
    return response
