"""The blueprint that the pages of sharing hang on."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint

bp = Blueprint("sharing", __name__)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
