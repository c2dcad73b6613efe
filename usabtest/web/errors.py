"""Errors, worded once: a page for people, a problem document (RFC 9457) for programs."""

from __future__ import annotations

import html
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, has_request_context, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from usabtest.errors import (
    ConfigError,
    Conflict,
    Fault,
    Frozen,
    Gone,
    NotAllowed,
    NotFound,
    NotValid,
    Refused,
    StudyFileError,
    TooMany,
    UsabtestError,
)
from usabtest.web.hostile import NOT_TO_BE_KEPT
from usabtest.web.openapi import API_PATH

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: a status, a few words, what exactly, and what to do now."""

    status: int
    heading: str
    text: str
    advice: str = ""
    faults: tuple[Fault, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(UsabtestError, lambda error: answer(problem_of(error)))
    app.register_error_handler(sa.exc.OperationalError, _answer_database_error)
    app.register_error_handler(sa.exc.StatementError, _answer_statement_error)
    for kind in NOT_TO_BE_KEPT:
        app.register_error_handler(kind, _answer_not_to_be_kept)


def problem_of(error: UsabtestError) -> Problem:
    """Return how an error of our domain is told."""
    for kind, worded in _DOMAIN:
        if isinstance(error, kind):
            return worded(error)
    log.error("an error has no words", exc_info=error)
    return Problem(500, _HEADINGS[500], _TEXTS[500])


def answer(problem: Problem) -> Response:
    """Return the answer to whoever asked: a problem document below /api, else a page."""
    wanted = _as_document if wants_document() else _as_page
    return wanted(problem)


def wants_document() -> bool:
    return has_request_context() and (request.path == API_PATH or request.path.startswith(f"{API_PATH}/"))


def _as_document(problem: Problem) -> Response:
    faults = problem.faults or (Fault("", problem.text),)
    # Not msgspec: what was sent is named here, and it may hold half a character.
    body = json.dumps(
        {
            "type": "about:blank",
            "title": problem.heading,
            "status": problem.status,
            "detail": problem.text,
            "errors": [_entry(fault) for fault in faults],
        }
    )
    return Response(body, problem.status, problem.headers, mimetype="application/problem+json")


def _entry(fault: Fault) -> dict[str, Any]:
    entry: dict[str, Any] = {"path": fault.path, "message": fault.message}
    return entry | {"line": fault.line} if fault.line else entry


def _as_page(problem: Problem) -> Response:
    try:
        body = render_template(
            "web/error.html",
            status=problem.status,
            heading=problem.heading,
            text=problem.text,
            advice=problem.advice,
            faults=problem.faults,
        )
    except (TemplateError, BuildError, sa.exc.SQLAlchemyError):
        # The page's frame asks who is signed in; with the database gone there is still something to say.
        log.exception("the error page could not be shown")
        body = _bare_page(problem)
    return Response(body.encode(errors="replace"), problem.status, problem.headers, mimetype="text/html")


def _bare_page(problem: Problem) -> str:
    heading, text, advice = (html.escape(words) for words in (problem.heading, problem.text, problem.advice))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{heading}</title>'
        f"<h1>{heading}</h1><p>{text}</p><p>{advice}</p></html>"
    )


def _answer_http_error(error: HTTPException) -> Response | HTTPException:
    if error.response is not None or error.code is None:
        return error
    if isinstance(error, CSRFError):
        return answer(
            Problem(
                400,
                "This form is no longer good",
                "You have signed in or out since it was opened, or the browser did not send our cookie.",
                "Go back, load the page again and send it once more. Nothing has been changed.",
            )
        )
    given = error.description if error.description != type(error).description else None
    return answer(
        Problem(
            error.code,
            _HEADINGS.get(error.code, HTTPStatus(error.code).phrase),
            given or _TEXTS.get(error.code, error.description or ""),
            _ADVICE.get(error.code, ""),
            headers={name: value for name, value in error.get_headers() if name != "Content-Type"},
        )
    )


def _answer_database_error(error: sa.exc.OperationalError) -> Response:
    log.error("the database refuses: %s", error.orig)
    return answer(
        Problem(
            503,
            "The database cannot be used",
            "It takes nothing at the moment. Nothing of this request has been changed.",
            "Try again in a moment. If it stays, free disk space or give the server the right to write to its data "
            "folder. What participants’ browsers have recorded waits there and is sent again.",
            headers={"Retry-After": "5"},
        )
    )


def _answer_statement_error(error: sa.exc.StatementError) -> Response:
    if not isinstance(error.orig, NOT_TO_BE_KEPT):
        raise error
    return _answer_not_to_be_kept(error)


def _answer_not_to_be_kept(error: Exception) -> Response:
    log.error("a request holds what cannot be kept", exc_info=error)
    text = "A number in it is too large, a text too long or broken, or it is nested too deeply. Nothing was changed."
    return answer(Problem(400, _HEADINGS[400], text))


def _frozen(error: Frozen) -> Problem:
    faults = tuple(Fault(name, "frozen since the first live participant") for name in error.fields)
    return Problem(409, "This is frozen", str(error), faults=faults)


def _lost(error: NotFound | Gone, status: int) -> Problem:
    advice = _ADVICE[status] if error.advice is None else error.advice
    return Problem(status, _HEADINGS[status], str(error) or _TEXTS[status], advice)


def _too_many(error: TooMany) -> Problem:
    return Problem(429, _HEADINGS[429], str(error), headers={"Retry-After": str(error.retry_after_s)})


_HEADINGS: dict[int, str] = {
    400: "This request cannot be read",
    401: "A token is needed",
    403: "You may not do this",
    404: "There is nothing here",
    405: "This cannot be done here",
    410: "This link has ended",
    413: "This is too large",
    415: "This kind of content cannot be read",
    422: "Something has to be mended",
    429: "Too often",
    500: "Something went wrong here",
    503: "Not now",
}

_TEXTS: dict[int, str] = {
    400: "Something in it is missing or malformed.",
    401: "Send an API token as `Authorization: Bearer TOKEN`.",
    403: "Your role does not allow it.",
    404: "The address is mistyped, or what it led to has been deleted.",
    405: "The address exists, but not for this kind of request.",
    410: "It was good once, or for a time.",
    413: "More was sent than can be taken at once.",
    415: "JSON belongs here, with `Content-Type: application/json`.",
    422: "What was sent cannot be taken.",
    429: "Wait a little.",
    500: "The fault is ours, and it has been written to the server’s log. Nothing half done was kept.",
    503: "The server cannot do this at the moment.",
}

_ADVICE: dict[int, str] = {
    400: "Go back, load the page again and repeat it.",
    403: "An administrator can change roles, and the owner of a study its members.",
    404: "Check the address for a missing piece.",
    405: "Go back, and press the button or follow the link that stands there.",
    410: "Ask whoever gave it to you for a new one.",
    413: "Go back, shorten what you sent, and send it once more. Nothing has been changed.",
    500: "Try again. If it stays, tell whoever runs this server when it happened.",
    503: "Try again in a moment.",
}

# More exact kinds first.
_DOMAIN: tuple[tuple[type[UsabtestError], Callable[[Any], Problem]], ...] = (
    (Frozen, _frozen),
    (Conflict, lambda error: Problem(409, "This does not go together", str(error))),
    (NotAllowed, lambda error: Problem(403, _HEADINGS[403], str(error) or _TEXTS[403], _ADVICE[403])),
    (NotFound, lambda error: _lost(error, 404)),
    (Gone, lambda error: _lost(error, 410)),
    (NotValid, lambda error: Problem(422, _HEADINGS[422], str(error), faults=error.faults)),
    (StudyFileError, lambda error: Problem(422, "The study has faults", str(error), faults=error.faults)),
    (TooMany, _too_many),
    (Refused, lambda error: Problem(error.status, "The recording cannot be taken", str(error))),
    (ConfigError, lambda error: Problem(421, "A setting is missing", str(error))),
)
