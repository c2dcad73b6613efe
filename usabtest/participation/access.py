"""Finding a participant or an attempt for whoever asks."""

from __future__ import annotations

import re

from usabtest.db import db
from usabtest.errors import NotFound
from usabtest.participation.models import Attempt, Participant
from usabtest.participation.queries import participant_by_code
from usabtest.studies.access import Right, study_or_404

# Ids have 63 bits.
_ATTEMPT_ID = re.compile(r"([0-7][0-9a-f]{15})-([0-9]{1,4})", re.ASCII)


def participant_or_404(key: str, code: str, right: Right) -> Participant:
    """Return a participant of a study by code (P-04) or by id, if whoever asks has this right there."""
    found = participant_by_code(study_or_404(key, right), code)
    if found is None:
        raise NotFound("There is no such participant in this study. They may have taken their data back.")
    return found


def attempt_or_404(key: str, attempt_id: str, right: Right) -> Attempt:
    """Return an attempt of a study by its id (its session's in hexadecimal, and its number)."""
    study = study_or_404(key, right)
    parts = _ATTEMPT_ID.fullmatch(attempt_id)
    found = db.session.get(Attempt, (int(parts[1], 16), int(parts[2]))) if parts else None
    if found is None or found.study_id != study.id:
        raise NotFound("There is no such attempt in this study.")
    return found
