"""Links, made as a maker does, and looked at as somebody without an account does."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app
from flask.testing import FlaskClient

from tests.factories import now
from usabtest.db import transaction
from usabtest.sharing import actions
from usabtest.sharing.freeze import frozen_faces
from usabtest.sharing.models import Share
from usabtest.sharing.view import view_to_be
from usabtest.sharing.wanted import read_share
from usabtest.studies.models import Study

PASSWORD = "otter umbrella"
EVERYTHING = ["overview", "tasks", "cx", "compare", "participants", "free_text", "replays"]


@dataclass(frozen=True)
class Link:
    """A share, and the path that it can be opened at."""

    share: Share
    path: str


def make_link(study: Study, *sections: str, **wanted: object) -> Link:
    """Make a share in the name of the study's owner."""
    spec = read_share({**wanted, **({"sections": list(sections)} if sections else {})})
    at = now()
    with current_app.test_request_context():
        faces = frozen_faces(view_to_be(study, spec, by=study.owner, now=at), now=at) if spec.frozen else None
    with transaction():
        made = actions.make(study, spec, by=study.owner, now=at, faces=faces)
    return Link(made.row, f"/r/{made.token}")


def stranger(app: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return app.test_client()
