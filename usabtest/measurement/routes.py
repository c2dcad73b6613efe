"""The raw lists of a study, to download from its pages."""

from __future__ import annotations

from flask import Blueprint, Response

from usabtest.accounts.access import sign_in_required
from usabtest.measurement.download import stream
from usabtest.studies.access import Right, study_or_404

bp = Blueprint("measurement", __name__)


@bp.get("/studies/<key>/<any(participants, attempts, answers, events):name>.csv")
@sign_in_required
def csv(key: str, name: str) -> Response:
    """Download one of a study's raw lists as a table."""
    return stream(study_or_404(key, Right.READ), name, "csv")
