"""Who may: make and revoke by a right on the study, look by the link alone and its password."""

from __future__ import annotations

import datetime as dt

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from usabtest.accounts.access import acting_user
from usabtest.errors import Gone, NotFound
from usabtest.sharing.models import Share
from usabtest.sharing.queries import share_by_id, share_by_token
from usabtest.sharing.words import day_in_words
from usabtest.studies.access import Right, may_see, study_or_404
from usabtest.web.deployment import current_config

COOKIE = "usabtest_share"
UNLOCKED_FOR_S = 12 * 60 * 60

_ASK = "Ask whoever gave it to you for a new one."


def share_or_404(share_id: int, right: Right) -> Share:
    """Return a share to whoever asks, by their right on its study; to a stranger there is none."""
    share = share_by_id(share_id)
    if share is None or share.revoked_at is not None or not may_see(acting_user(), share.study):
        raise NotFound("There is no share with this id, or it was revoked.")
    study_or_404(share.study.key, right)
    return share


def open_share(token: str, *, now: dt.datetime) -> Share:
    """Return what a link leads to; one that was revoked looks like one that never was."""
    share = share_by_token(token)
    if share is None or share.revoked_at is not None:
        raise NotFound("This link is not one that we gave out, or it was taken back.", advice=_ASK)
    if now >= share.expires_at:
        raise Gone(ended(share, now=now), advice="")
    return share


def ended(share: Share, *, now: dt.datetime) -> str:
    """Say when a link ended, and whom to ask if its maker let their name show."""
    ask = f"Ask {share.maker.shown_name} for a new one." if share.shows_maker and share.maker else _ASK
    return f"This link ended on {day_in_words(share.expires_at, now)}. {ask}"


def is_unlocked(share: Share) -> bool:
    """Whether this browser may look: there is no password, or it was given here a short while ago."""
    if share.password_hash is None:
        return True
    try:
        return bool(_signer().loads(request.cookies.get(COOKIE, ""), max_age=UNLOCKED_FOR_S) == share.id)
    except BadData:
        return False


def unlock(response: Response, share: Share, *, path: str) -> None:
    """Let this browser look for some hours, at this link alone."""
    response.set_cookie(
        COOKIE,
        _signer().dumps(share.id),
        max_age=UNLOCKED_FOR_S,
        path=path,
        secure=current_config().secure,
        httponly=True,
        samesite="Lax",
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="usabtest share")
