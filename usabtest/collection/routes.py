"""The snippet's files, and the endpoint that takes its batches."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, abort, current_app, jsonify, request, send_from_directory
from sqlalchemy.exc import OperationalError

from usabtest.assets import folder
from usabtest.collection import actions
from usabtest.collection.answers import body_of_at_most, not_now, refusal
from usabtest.collection.cors import readable, request_origin
from usabtest.collection.limits import QUARANTINE_BYTES
from usabtest.collection.queries import quarantine_has_room
from usabtest.db import transaction
from usabtest.errors import Refused
from usabtest.events.wire import token_in
from usabtest.participation.queries import is_genuine, session_of_token

bp = Blueprint("collection", __name__)

_PART = re.compile(r"[\w.-]{1,100}\.js", re.ASCII)
SNIPPET_CACHING = "public, max-age=3600, stale-while-revalidate=604800"
PART_CACHING = "public, max-age=31536000, immutable"


@bp.get("/snippet.js")
def snippet() -> Response:
    """The one script that stands on target sites."""
    return _script("snippet.js", SNIPPET_CACHING)


@bp.get("/snippet/<name>")
def part(name: str) -> Response:
    """A part of the snippet that only participants load; its name holds the hash of its content."""
    if not _PART.fullmatch(name) or name == "snippet.js":
        abort(404)
    return _script(name, PART_CACHING)


def _script(name: str, caching: str) -> Response:
    dist = Path(folder("static")) / "dist"
    packed = request.accept_encodings.quality("br") > 0 and (dist / f"{name}.br").is_file()
    response = send_from_directory(dist, f"{name}.br" if packed else name, mimetype="text/javascript")
    if packed:
        response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = caching
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.post("/recording/batches")
def batches() -> Response:
    """Take one batch; 200 only when it is durably stored, now or before."""
    origin, now = request_origin(), dt.datetime.now(dt.UTC)
    try:
        body = body_of_at_most(QUARANTINE_BYTES)
    except Refused as refused:
        return refusal(refused, None, origin)
    try:
        return _taken_or_refused(body, origin, now)
    except OperationalError:
        current_app.logger.exception("a batch could not be stored")
        return not_now(origin)


def _taken_or_refused(body: bytes, origin: str | None, now: dt.datetime) -> Response:
    then = cast("actions.Then", current_app.extensions["usabtest.then"])
    try:
        sent = actions.decoded(body)
        with transaction():
            stored = actions.store(sent, body, origin=origin, now=now, then=then)
    except Refused as refused:
        token = token_in(body)
        session = session_of_token(token) if token else None
        # Of somebody who was deleted, nothing is kept.
        deleted = session is None and token is not None and is_genuine(token)
        if refused.status in {400, 409, 413} and not deleted and quarantine_has_room(session.id if session else None):
            with transaction():
                actions.quarantine(body, refused, session, now)
        return refusal(refused, session, origin)
    return readable(jsonify({"stream": stored.stream, "seq": stored.number, "duplicate": stored.duplicate}), origin)
