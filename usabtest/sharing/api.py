"""Shares for programs."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, jsonify

from usabtest.accounts.bearer import require_token
from usabtest.db import db, transaction
from usabtest.sharing import actions
from usabtest.sharing.access import share_or_404
from usabtest.sharing.links import share_link
from usabtest.sharing.making import make_share
from usabtest.sharing.models import Share
from usabtest.sharing.queries import shares_to
from usabtest.sharing.wanted import read_share
from usabtest.studies.access import Right, study_or_404
from usabtest.web.bodies import sent_object
from usabtest.web.paging import as_list, requested_page, take_page

api = Blueprint("sharing_api", __name__, url_prefix="/api/v1")
api.before_request(require_token)


@api.post("/studies/<key>/shares")
def create_share(key: str) -> tuple[Response, int]:
    """Make a link that shows a report without an account; answers `{"id", "url"}`, the address this once.

    `sections` are any of overview, tasks, cx, compare, participants, free_text and replays; `expires_days` is 1 to 365,
    30 unless said; `password` may be left out. Also: `label`, for whom it is; `frozen`, true for a page that never
    changes; `shows_maker`, true to show your name; `filters`, as the report has them: `{"device": "phone"}`;
    `comparison`, what the section compare shows instead of the round before or the benchmarks: `{"with": KEY}` of
    another study, `{"benchmarks": "1"}`, or two groups, `{"a.device": "phone", "b.device": "desktop"}`.
    """
    study = study_or_404(key, Right.SHARE)
    made = make_share(study, read_share(sent_object()))
    return jsonify({"id": made.row.id, "url": share_link(made.token)}), 201


@api.get("/studies/<key>/shares")
def list_shares(key: str) -> Response:
    """The links to a study's report that were not revoked: what they show, how often they were opened; paged."""
    study = study_or_404(key, Right.SHARE)
    return jsonify(as_list(take_page(db.session(), shares_to(study), Share.id, page=requested_page()), _item))


@api.delete("/shares/<int:share_id>")
def revoke_share(share_id: int) -> tuple[str, int]:
    """Revoke a link: whoever opens it finds nothing any more."""
    with transaction():
        actions.revoke(share_or_404(share_id, Right.SHARE), now=dt.datetime.now(dt.UTC))
    return "", 204


def _item(share: Share) -> dict[str, object]:
    return {
        "id": share.id,
        "label": share.label,
        "sections": share.sections,
        "filters": share.filters,
        "comparison": share.comparison,
        "frozen": share.frozen,
        "has_password": share.password_hash is not None,
        "shows_maker": share.shows_maker,
        "created_at": share.created_at.isoformat(),
        "expires_at": share.expires_at.isoformat(),
        "visits": share.visits,
        "last_visit_at": share.last_visit_at.isoformat() if share.last_visit_at else None,
    }
