"""Studies for people: the list, a new one, the set-up page with its links, its checks and its status."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("studies", __name__)


@bp.get("/studies")
def index() -> str:
    return ""


@bp.get("/studies/<key>")
def show(key: str) -> str:
    return key
