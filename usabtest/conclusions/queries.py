"""What researchers have concluded of a study, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from usabtest.conclusions.benchmarks import Benchmarks, benchmarks_from_json
from usabtest.conclusions.models import Conclusions, Finding
from usabtest.db import db
from usabtest.studies.models import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """A finding as it was written; an empty text is suggested from the data of its task."""

    task_key: str | None = None
    title: str = ""
    text: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a failure may cost: `visitors` a month try; without a `share` (a fraction) the measured one holds."""

    task_key: str
    visitors: float
    visitors_words: str
    value: float
    value_words: str
    currency: str
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What was written; `findings` are None until somebody has written: then they are suggested."""

    lead: str = ""
    findings: tuple[FindingText, ...] | None = None
    cost: Cost | None = None


def concluded_of(study: Study) -> Concluded:
    """Return what was written about a study, if anything was."""
    row = db.session.get(Conclusions, study.id)
    if row is None:
        return Concluded()
    return Concluded(
        lead=row.lead,
        findings=_findings(study) if row.worded else None,
        cost=msgspec.convert(row.cost, Cost) if row.cost else None,
    )


def _findings(study: Study) -> tuple[FindingText, ...]:
    written = db.session.scalars(
        sa.select(Finding).where(Finding.study_id == study.id).order_by(Finding.position, Finding.id)
    )
    return tuple(FindingText(task_key=one.task_key, title=one.title, text=one.text, seen=one.seen) for one in written)


def benchmarks_of(study: Study) -> Benchmarks:
    """Return what a study is held against; the offered values, until somebody sets others."""
    row = db.session.get(Conclusions, study.id)
    return benchmarks_from_json(row.benchmarks if row else None)
