"""Which target sites may read an answer of ours: only the study's own, and never with cookies."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, request

from usabtest.errors import Refused
from usabtest.studyfile.match import origin_of, site_admits

OPAQUE = "null"


def request_origin() -> str | None:
    """Return the Origin header: ``null`` for a page in an opaque-origin sandbox, None if there is none."""
    return request.headers.get("Origin")


def is_admitted(sites: Sequence[str], origin: str | None) -> bool:
    """Whether a page of this origin may record for a study with these sites."""
    if origin == OPAQUE:
        return True
    # A browser writes an origin in one way only; in others nobody could be kept from filling tables with them.
    if origin is None or origin_of(origin) != origin:
        return False
    return any(site_admits(site, origin) for site in sites)


def require_admitted(sites: Sequence[str], origin: str | None) -> None:
    """Refuse what comes from a page that is not on one of the study's sites."""
    if not is_admitted(sites, origin):
        raise Refused(403, f"{origin or 'A request without an origin'} is not one of the study's sites.")


def readable(response: Response, origin: str | None) -> Response:
    """Let the page read this answer; call only with an origin that was admitted."""
    if origin is not None:
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Origin")
    return response
