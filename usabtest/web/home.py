"""The front door: whoever comes without an address in mind comes to the studies."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

bp = Blueprint("home", __name__)


@bp.get("/")
def front() -> Response:
    """Lead to the list of studies, which asks for a sign-in where there is none."""
    return redirect(url_for("studies.index"))
