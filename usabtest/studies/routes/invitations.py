"""Personal invitations: made here, and shown once."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from usabtest.accounts.access import sign_in_required
from usabtest.db import transaction
from usabtest.studies import actions
from usabtest.studies.access import Right, study_or_404
from usabtest.studies.actions import INVITATIONS_AT_ONCE, Invitee
from usabtest.studies.links import invitation_link
from usabtest.studies.routes.blueprint import bp, now
from usabtest.studies.routes.pages import show_study
from usabtest.web.forms import Form
from usabtest.web.tables import csv_lines

_LONGEST_LABEL = 200


@bp.post("/studies/<key>/invitations")
@sign_in_required
def invite(key: str) -> BaseResponse | str | tuple[str, int]:
    """Make personal links and show them, or send them as CSV. Nothing keeps them, so no other page could show them."""
    form, people = _read()
    if not form.valid:
        return show_study(study_or_404(key, Right.EDIT), form=form), 422
    with transaction():
        tokens = actions.invite(study_or_404(key, Right.EDIT), people, now=now())
    links = [(person.label, invitation_link(token)) for person, token in zip(people, tokens, strict=True)]
    if request.form.get("as") == "csv":
        return _as_csv(key, links)
    return show_study(study_or_404(key, Right.EDIT), new_links=links)


def _read() -> tuple[Form, list[Invitee]]:
    """Read how many, or a name a line."""
    form = Form({"count": request.form.get("count", "").strip(), "labels": request.form.get("labels", "")})
    labels = [line.strip() for line in form.values["labels"].splitlines() if line.strip()]
    if labels:
        if len(labels) > INVITATIONS_AT_ONCE or any(len(label) > _LONGEST_LABEL for label in labels):
            form.errors["labels"] = f"Up to {INVITATIONS_AT_ONCE} names of up to {_LONGEST_LABEL} characters."
        return form, [Invitee(label) for label in labels]
    count = int(form.values["count"]) if form.values["count"].isdecimal() and len(form.values["count"]) < 6 else 0
    if not 1 <= count <= INVITATIONS_AT_ONCE:
        form.errors["count"] = f"Write how many links to make, from 1 to {INVITATIONS_AT_ONCE}."
    return form, [Invitee()] * count


def _as_csv(key: str, links: Sequence[tuple[str, str]]) -> Response:
    lines = csv_lines([{"label": label, "url": url} for label, url in links], ["label", "url"])
    response = Response("".join(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-invitations.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
