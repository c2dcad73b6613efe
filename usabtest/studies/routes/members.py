"""Who may see a study beside its owner."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from usabtest.accounts.access import sign_in_required
from usabtest.accounts.queries import user_by_email
from usabtest.db import transaction
from usabtest.studies import actions
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.routes.blueprint import bp, now
from usabtest.studies.routes.pages import show_study
from usabtest.web.forms import Form


@bp.post("/studies/<key>/members")
@sign_in_required
def add_member(key: str) -> Response | tuple[str, int]:
    """Let somebody see the study."""
    form = Form({"email": request.form.get("email", "").strip()})
    with transaction():
        study = study_or_404(key, Right.EDIT)
        user = user_by_email(form.values["email"])
        if user is not None:
            actions.add_member(study, user, now=now())
    if user is None:
        form.errors["email"] = "Nobody has this address here. An administrator can add them under People."
        return show_study(study_or_404(key, Right.EDIT), form=form), 422
    flash(f"{user.shown_name} is a member now.")
    return redirect(url_for("studies.show", key=key), code=303)


@bp.post("/studies/<key>/members/<int:user_id>/remove")
@sign_in_required
def remove_member(key: str, user_id: int) -> Response:
    """Take the view of a study away from somebody."""
    with transaction():
        study = study_or_404(key, Right.EDIT)
        member = next((member.user for member in study.members if member.user_id == user_id), None)
        if member is not None:
            actions.remove_member(study, member)
            flash(f"{member.shown_name} is no member any more.")
    return redirect(url_for("studies.show", key=key), code=303)
