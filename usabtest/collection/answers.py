"""Reading what a target site's page sends, and answering what cannot be taken."""

from __future__ import annotations

from flask import Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from usabtest.collection.cors import is_admitted, readable
from usabtest.errors import Refused
from usabtest.participation.models import ParticipantSession
from usabtest.studies.queries import any_study_admits


def body_of_at_most(limit: int) -> bytes:
    """Read the request's body, whatever its declared type; above the limit nothing is read."""
    request.max_content_length = limit
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise Refused(413, f"More than {limit} bytes were sent.") from error


def refusal(refused: Refused, session: ParticipantSession | None, origin: str | None) -> Response:
    """Answer what cannot be taken; a page may read the status only if its site is one of a study's."""
    response = jsonify({"error": str(refused)})
    response.status_code = refused.status
    admitted = (
        is_admitted(session.version.spec.sites, origin)
        if session
        else refused.status != 403 and any_study_admits(origin)
    )
    return readable(response, origin if admitted else None)


def not_now(origin: str | None) -> Response:
    """Say that the server cannot store anything at the moment; the browser keeps what it has and waits."""
    response = jsonify({"error": "Nothing can be stored at the moment. Everything is kept in the browser."})
    response.status_code = 503
    response.headers["Retry-After"] = "5"
    return readable(response, origin)
