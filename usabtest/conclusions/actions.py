"""What changes about conclusions."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import sqlalchemy as sa

from usabtest.accounts.models import User
from usabtest.conclusions.benchmarks import Benchmarks, benchmarks_to_json
from usabtest.conclusions.models import Conclusions, Finding
from usabtest.conclusions.queries import Concluded
from usabtest.db import db, put
from usabtest.studies.models import Study


def write_down(study: Study, concluded: Concluded, *, by: User, now: dt.datetime) -> None:
    """Keep what a researcher concludes; their findings take the place of those before."""
    put(
        Conclusions,
        {"study_id": study.id},
        {
            "worded": True,
            "lead": concluded.lead,
            "cost": asdict(concluded.cost) if concluded.cost else None,
            "written_by": by.id,
            "written_at": now,
        },
    )
    db.session.execute(sa.delete(Finding).where(Finding.study_id == study.id))
    for position, one in enumerate(concluded.findings or ()):
        db.session.add(
            Finding(
                study_id=study.id,
                position=position,
                task_key=one.task_key,
                title=one.title,
                text=one.text,
                seen=one.seen,
                written_by=by.id,
                written_at=now,
            )
        )
    db.session.flush()


def forget(study: Study) -> None:
    """Go back to the headline and the findings that the data suggest; the sum stays."""
    db.session.execute(sa.delete(Finding).where(Finding.study_id == study.id))
    db.session.execute(sa.update(Conclusions).where(Conclusions.study_id == study.id).values(lead="", worded=False))
    db.session.flush()


def set_benchmarks(study: Study, benchmarks: Benchmarks, *, by: User, now: dt.datetime) -> None:
    """Keep what a study is to be held against."""
    values = {"benchmarks": benchmarks_to_json(benchmarks), "written_by": by.id, "written_at": now}
    put(Conclusions, {"study_id": study.id}, values)
    db.session.flush()
