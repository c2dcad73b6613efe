"""The report, for programs."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, request

from usabtest.accounts.bearer import require_token
from usabtest.reports.as_json import to_json
from usabtest.reports.assemble import assemble
from usabtest.reports.filters import read_filters
from usabtest.reports.queries import study_rows
from usabtest.studies.access import Right, study_or_404

api = Blueprint("reports_api", __name__, url_prefix="/api/v1")
api.before_request(require_token)


@api.get("/studies/<key>/report")
def report(key: str) -> Response:
    """Give the report of a study: rates are fractions 0 to 1, times seconds, percentiles 0 to 100.

    What cannot be computed is null, and `reasons` beside it says why. Filters: `device`, `browser`, `language`,
    `status`, `group` (the label of an invitation), `from`, `to` (when participants pressed Start) and `attr.NAME`; a
    repeated one lets several values through.
    """
    study = study_or_404(key, Right.REPORT)
    filters = read_filters(request.args.to_dict(flat=False))
    found = assemble(study_rows(study, filters, now=dt.datetime.now(dt.UTC)))
    return Response(to_json(found), mimetype="application/json")
