"""A link, made; what a frozen one will show is drawn first, so that nobody waits for the database meanwhile."""

from __future__ import annotations

import datetime as dt

from usabtest.accounts.access import acting_user
from usabtest.db import transaction
from usabtest.sharing import actions
from usabtest.sharing.actions import NewShare
from usabtest.sharing.compared import require_readable
from usabtest.sharing.freeze import frozen_faces
from usabtest.sharing.view import view_to_be
from usabtest.sharing.wanted import ShareSpec
from usabtest.studies.models import Study


def make_share(study: Study, wanted: ShareSpec) -> NewShare:
    """Make a link in the name of whoever asks, who has been found to have the right."""
    now, by = dt.datetime.now(dt.UTC), acting_user()
    require_readable(study, wanted.comparison, by)
    faces = frozen_faces(view_to_be(study, wanted, by=by, now=now), now=now) if wanted.frozen else None
    with transaction():
        return actions.make(study, wanted, by=by, now=now, faces=faces)
