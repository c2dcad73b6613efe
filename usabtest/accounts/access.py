"""Who is asking, and whether their role lets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, redirect, request, session, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from usabtest.accounts.bearer import api_user
from usabtest.accounts.models import Role, User
from usabtest.accounts.queries import user_by_id
from usabtest.errors import NotAllowed
from usabtest.web.errors import wants_document

P = ParamSpec("P")
R = TypeVar("R")

_RANK = {role: rank for rank, role in enumerate(reversed(Role))}


def current_user() -> User | None:
    """Return whoever is signed in by the cookie of this browser."""
    if "current_user" not in g:
        g.current_user = _user_of_cookie()
    user: User | None = g.current_user
    return user


def acting_user() -> User:
    """Return whoever asks: the token's user below /api, the one signed in elsewhere; 401 if nobody does."""
    if wants_document():
        return api_user()
    user = current_user()
    if user is None:
        raise Unauthorized("Sign in first.")
    return user


def has_role(user: User, role: Role) -> bool:
    """Say whether `user` has this role or one that may more."""
    return _RANK[Role(user.role)] >= _RANK[role]


def sign_in_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Send whoever is not signed in to the page for it, and back afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if current_user() is None:
            return to_sign_in()
        return view(*args, **kwargs)

    return guarded


def role_required(role: Role) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Let only those in who have this role or a higher one."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            user = current_user()
            if user is None:
                return to_sign_in()
            if not has_role(user, role):
                raise NotAllowed(f"Only a user with the role {role} may do this; yours is {user.role}.")
            return view(*args, **kwargs)

        return guarded

    return guard


def to_sign_in() -> Response:
    # What was posted cannot be posted again after signing in, so only a page that was asked for is a way back.
    wanted = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted), code=303)


def remember(user: User) -> None:
    """Sign `user` in, in this browser."""
    session.clear()
    session.permanent = True
    session["user"] = [user.id, user.epoch, _today()]
    g.current_user = user


def forget() -> None:
    """Sign out, in this browser."""
    session.clear()
    g.current_user = None


def _user_of_cookie() -> User | None:
    match session.get("user"):
        case [int(user_id), int(epoch), int(day)]:
            user = user_by_id(user_id)
        case _:
            return None
    if user is None or not user.active or user.epoch != epoch:
        return None
    if day != _today():
        # The cookie ends so many days after it was last written; once a day it is written anew.
        session["user"] = [user_id, epoch, _today()]
    return user


def _today() -> int:
    return dt.datetime.now(dt.UTC).toordinal()
