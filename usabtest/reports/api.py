"""The report of a study and the raw lists behind it, for programs."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, request

from usabtest.accounts.bearer import require_token
from usabtest.reports.as_json import to_json
from usabtest.reports.assemble import assemble
from usabtest.reports.download import answer_list, headers_of
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
    return Response(to_json(found), mimetype="application/json", headers=headers_of(found))


@api.get("/studies/<key>/participants")
def participants(key: str) -> Response:
    """List the participants of a study, pilots and those left out as well.

    `?format=csv` and `?format=ndjson` stream the whole list. The filters are those of the report.
    """
    return answer_list(study_or_404(key, Right.READ), "participants")


@api.get("/studies/<key>/attempts")
def attempts(key: str) -> Response:
    """List the attempts of a study with their measures; times are seconds.

    `position` is the place of the task in the participant's order, from 1. Attempts of pilots and of participants who
    are left out are listed and marked. `?format=csv` and `?format=ndjson` stream the whole list. The filters are those
    of the report.
    """
    return answer_list(study_or_404(key, Right.READ), "attempts")


@api.get("/studies/<key>/events")
def events(key: str) -> Response:
    """List the events of a study, session by session in the order in which they happened.

    `at` is in seconds since the session's first event. `?format=csv` and `?format=ndjson` stream the whole list. The
    filters are those of the report.
    """
    return answer_list(study_or_404(key, Right.READ), "events")


@api.get("/studies/<key>/answers")
def answers(key: str) -> Response:
    """List the answers to the questions after the tasks and after the test.

    `task` and `attempt` are null after the test; `at` is in seconds since the session's first event. `?format=csv` and
    `?format=ndjson` stream the whole list. The filters are those of the report.
    """
    return answer_list(study_or_404(key, Right.READ), "answers")
