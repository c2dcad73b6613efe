"""Programs say who they are by an API token, and by nothing else."""

from __future__ import annotations

import datetime as dt
import logging

import sqlalchemy as sa
from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from usabtest.accounts.models import ApiToken, User
from usabtest.accounts.queries import token_by_text
from usabtest.db import transaction

log = logging.getLogger(__name__)

NOTE_USE_EVERY = dt.timedelta(minutes=1)


def require_token() -> None:
    """Refuse a request without a good token: `api.before_request(require_token)`."""
    api_user()


def api_user() -> User:
    """Return the user of the token that came with the request; 401 if there is none, or it is no longer good."""
    if "api_token" not in g:
        g.api_token = _usable_token(dt.datetime.now(dt.UTC))
    token: ApiToken = g.api_token
    return token.user


def _usable_token(now: dt.datetime) -> ApiToken:
    # Read by hand: `request.authorization` also takes other kinds apart, and stumbles over broken ones.
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not given.strip():
        raise _refusal("Send an API token as `Authorization: Bearer TOKEN`.")
    token = token_by_text(given.strip())
    if token is None or not token.usable(now):
        raise _refusal("This token is not known, has ended or was revoked.", error="invalid_token")
    if token.last_used_at is None or now - token.last_used_at >= NOTE_USE_EVERY:
        _note_use(token.id, now)
    return token


def _note_use(token_id: int, now: dt.datetime) -> None:
    # Not an action: whoever is let in by this module, a room that only reads among them, changes nothing by it.
    try:
        with transaction() as session:
            session.execute(sa.update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now))
    except sa.exc.OperationalError as error:
        # A database that cannot be written can still be read.
        log.warning("the use of token %d was not noted: %s", token_id, error.orig)


def _refusal(text: str, **values: str) -> Unauthorized:
    return Unauthorized(text, www_authenticate=WWWAuthenticate("bearer", {"realm": "usabtest", **values}))
