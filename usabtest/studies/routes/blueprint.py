"""The blueprint that the pages of studies hang on, and what all pages of a study say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, url_for

from usabtest.accounts.access import acting_user
from usabtest.studies.access import Right, may
from usabtest.studies.models import Study

bp = Blueprint("studies", __name__)

# In their order: the page, its word, and who may open it. A page that is not mounted has no tab.
_TABS = (
    ("studies.show", "Set-up", Right.READ),
    ("participation.index", "Participants", Right.READ),
    ("reports.study", "Report", Right.REPORT),
    ("reports.cx", "Summary", Right.REPORT),
    ("reports.compare", "Compare", Right.REPORT),
    ("sharing.index", "Share", Right.SHARE),
)


# They show the people whom the filters let through.
_FILTERED = {"reports.study", "reports.cx", "reports.compare", "sharing.index"}


@bp.app_template_global()
def study_tabs(study: Study, current: str, filters: Mapping[str, Any] | None = None) -> list[tuple[str, str, bool]]:
    """The tabs of a study that whoever asks may open; `current` is an endpoint, and `filters` go along."""
    user = acting_user()
    return [
        (
            words,
            url_for(endpoint, key=study.key, **(filters or {} if endpoint in _FILTERED else {})),
            endpoint == current,
        )
        for endpoint, words, right in _TABS
        if endpoint in current_app.view_functions and may(user, study, right)
    ]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
