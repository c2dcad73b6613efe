"""Which study was the round before."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import sign_in_required
from usabtest.db import transaction
from usabtest.studies import actions
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.routes.blueprint import bp


@bp.post("/studies/<key>/previous")
@sign_in_required
def set_previous(key: str) -> Response:
    """Keep which study was the round before; with none named, that there was none."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        named = request.form.get("previous", "").strip()
        previous = study_or_404(named, Right.REPORT) if named else None
        actions.set_previous(study, previous)
    flash("The round before is kept." if named else "No round before.")
    return redirect(url_for("reports.compare", key=key), code=303)
