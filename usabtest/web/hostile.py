"""What nobody sends by accident: turned away at the door, or answered as the sender's fault and never as ours."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

from usabtest.web.openapi import API_PATH

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
    app.before_request(_read_to_the_end)
    app.before_request(_refuse_character_0)


def _read_to_the_end() -> None:
    """Have all that a program or a person sends before anything is locked for it, however slowly it comes."""
    if request.path.startswith(f"{API_PATH}/"):
        request.get_data()
    elif request.mimetype in _FORMS:
        request.form  # noqa: B018 - reads it


def _refuse_character_0() -> None:
    """PostgreSQL keeps it in no text, and no keyboard writes it."""
    sent = [request.path, *_pairs(request.args)]
    if request.mimetype in _FORMS:
        sent += _pairs(request.form)
    if any("\0" in text for text in sent):
        abort(400, description="It holds a character 0, which no text has.")


def _pairs(values: MultiDict[str, str]) -> list[str]:
    return [text for pair in values.items(multi=True) for text in pair]
