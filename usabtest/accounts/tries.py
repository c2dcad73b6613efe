"""A try at a password: counted before it is checked, and slowed down where too many were wrong."""

from __future__ import annotations

import datetime as dt

from usabtest.accounts import actions, queries
from usabtest.accounts.passwords import check_password
from usabtest.accounts.throttle import FREE_TRIES, in_words
from usabtest.db import transaction


def wrong_password(
    password_hash: str | None, given: str, tried: tuple[bytes, ...], *, free_tries: int = FREE_TRIES
) -> str | None:
    """Return what to say if `given` is not the password, None if it is. `tried` is under what the try is counted."""
    # One moment for all of it, however long the check takes: what is said is the whole wait.
    now = dt.datetime.now(dt.UTC)
    # Whoever has to wait anyway writes nothing, or they could fill a table with made-up addresses.
    wait_s = queries.wait_s(tried, now=now, free_tries=free_tries)
    if wait_s == 0:
        with transaction():
            wait_s = actions.take_try(tried, now=now, free_tries=free_tries)
    if wait_s == 0 and check_password(password_hash, given):
        with transaction():
            actions.forget_tries(tried)
        return None
    wait_s = wait_s or queries.wait_s(tried, now=now, free_tries=free_tries)
    return f"Wrong password. Try again in {in_words(wait_s)}." if wait_s else "Wrong password."
