"""The raw lists of a study, for programs."""

from __future__ import annotations

from flask import Blueprint, Response

from usabtest.accounts.bearer import require_token
from usabtest.measurement.download import answer_list
from usabtest.studies.access import Right, study_or_404

api = Blueprint("measurement_api", __name__, url_prefix="/api/v1")
api.before_request(require_token)


@api.get("/studies/<key>/participants")
def participants(key: str) -> Response:
    """List the participants of a study, pilots and those left out as well.

    `?format=csv` and `?format=ndjson` stream the whole list.
    """
    return answer_list(study_or_404(key, Right.READ), "participants")


@api.get("/studies/<key>/attempts")
def attempts(key: str) -> Response:
    """List the attempts of a study with their measures; times are seconds.

    `position` is the place of the task in the participant's order, from 1. Attempts of pilots and of participants who
    are left out are listed and marked. `?format=csv` and `?format=ndjson` stream the whole list.
    """
    return answer_list(study_or_404(key, Right.READ), "attempts")


@api.get("/studies/<key>/events")
def events(key: str) -> Response:
    """List the events of a study, session by session in the order in which they happened.

    `at` is in seconds since the session's first event. `?format=csv` and `?format=ndjson` stream the whole list.
    """
    return answer_list(study_or_404(key, Right.READ), "events")


@api.get("/studies/<key>/answers")
def answers(key: str) -> Response:
    """List the answers to the questions after the tasks and after the test.

    `task` and `attempt` are null after the test; `at` is in seconds since the session's first event. `?format=csv` and
    `?format=ndjson` stream the whole list.
    """
    return answer_list(study_or_404(key, Right.READ), "answers")
