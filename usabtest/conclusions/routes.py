"""Writing down what is concluded; the page that shows it belongs to the report."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import acting_user, sign_in_required
from usabtest.conclusions import actions
from usabtest.conclusions.benchmarks_form import benchmarks_form, benchmarks_page, read_benchmarks
from usabtest.conclusions.forms import read_form, rearranged
from usabtest.conclusions.page import ConclusionsPage
from usabtest.conclusions.queries import benchmarks_of
from usabtest.db import transaction
from usabtest.studies.access import Right, study_or_404

bp = Blueprint("conclusions", __name__)


@bp.post("/studies/<key>/conclusions")
@sign_in_required
def save(key: str) -> Response | tuple[str, int]:
    """Keep headline, findings and sum; or move a finding, and show the form again with all that was typed."""
    study = study_or_404(key, Right.CORRECT)
    form = read_form(request.form, [task.key for task in study.spec.tasks])
    if what := request.form.get("do", ""):
        return _shown_again(ConclusionsPage(study, rearranged(form, what))), 200
    if form.errors:
        return _shown_again(ConclusionsPage(study, form)), 422
    with transaction():
        actions.write_down(
            study_or_404(key, Right.CORRECT), form.concluded, by=acting_user(), now=dt.datetime.now(dt.UTC)
        )
    flash("The summary is saved.")
    return redirect(url_for("reports.cx", key=key), code=303)


@bp.post("/studies/<key>/conclusions/forget")
@sign_in_required
def forget(key: str) -> Response:
    """Go back to what the data suggest."""
    with transaction():
        actions.forget(study_or_404(key, Right.CORRECT))
    flash("Headline and findings are those that the data suggest.")
    return redirect(url_for("reports.cx", key=key), code=303)


@bp.route("/studies/<key>/benchmarks", methods=["GET", "POST"])
@sign_in_required
def benchmarks(key: str) -> Response | str | tuple[str, int]:
    """Set what the study is held against."""
    study = study_or_404(key, Right.EDIT)
    if request.method == "GET":
        form = benchmarks_form(study.spec, benchmarks_of(study))
        return render_template("conclusions/benchmarks.html", page=benchmarks_page(study, form))
    form, wanted = read_benchmarks(request.form, study.spec)
    if not form.valid:
        return render_template("conclusions/benchmarks.html", page=benchmarks_page(study, form)), 422
    with transaction():
        actions.set_benchmarks(study_or_404(key, Right.EDIT), wanted, by=acting_user(), now=dt.datetime.now(dt.UTC))
    flash("The benchmarks are saved.")
    return redirect(url_for("reports.compare", key=key, benchmarks=1), code=303)


def _shown_again(page: ConclusionsPage) -> str:
    return render_template("conclusions/edit.html", page=page)
