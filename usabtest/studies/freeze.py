"""What is frozen, and from when: what real participants have met must not change under them."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

from usabtest.studies.models import Study
from usabtest.studyfile.types import StudySpec

# What may change at any time; everything else that a study file says is frozen by the first live participant.
FREE = frozenset({"title", "quota", "closes_at", "redirect", "retention_days", "analysis"})


def freeze(study: Study, now: dt.datetime) -> None:
    """Freeze a study: its first live participant has pressed Start."""
    if study.frozen_at is None:
        study.frozen_at = now


def frozen_changes(before: StudySpec, after: StudySpec) -> tuple[str, ...]:
    """Name the frozen fields in which two definitions differ."""
    names = (field.name for field in fields(StudySpec) if field.name not in FREE)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
