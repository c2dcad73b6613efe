"""What nobody sends by accident: turned away at the door, or answered as the sender's fault and never as ours."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

log = logging.getLogger(__name__)

# Numbers and texts that no column takes, half characters, nesting without end. Each is written to the log: if our own
# code made one, that is where it shows.
NOT_TO_BE_KEPT: tuple[type[Exception], ...] = (
    sa.exc.DataError,
    OverflowError,
    UnicodeEncodeError,
    RecursionError,
)

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def init_app(app: Flask) -> None:
    app.before_request(_refuse_character_0)


def _refuse_character_0() -> None:
    """PostgreSQL keeps it in no text, and no keyboard writes it.

    This also reads a form to its end before anything is locked, however slowly it comes.
    """
    sent = [request.path, *_pairs(request.args)]
    if request.mimetype in _FORMS:
        sent += _pairs(request.form)
    if any("\0" in text for text in sent):
        abort(400, description="It holds a character 0, which no text has.")


def _pairs(values: MultiDict[str, str]) -> list[str]:
    return [text for pair in values.items(multi=True) for text in pair]
