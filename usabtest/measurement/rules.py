"""Which rules an attempt is measured by: our own, and the thresholds that its study has set."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace

import msgspec

from usabtest.studyfile.types import Analysis, StudySpec

_LENGTH = 16


def thresholds_of(analysis: Analysis) -> str:
    """Name the thresholds that measures depend on; what counts as an error is decided later, by the report.

    >>> thresholds_of(Analysis()) == thresholds_of(Analysis(count_errors=()))
    True
    >>> thresholds_of(Analysis()) == thresholds_of(Analysis(dead_click_ms=500))
    False
    """
    thresholds = asdict(analysis)
    del thresholds["count_errors"]
    return hashlib.sha256(msgspec.json.encode(thresholds, order="sorted")).hexdigest()[:_LENGTH]


def measured_by(begun_with: StudySpec, now_in_force: StudySpec) -> StudySpec:
    """Return what a session is measured by: the tasks that it met, and the thresholds of today."""
    return replace(begun_with, analysis=now_in_force.analysis)
