"""Findings in a researcher's words and order, and what else they say of a study beside its figures."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from usabtest.db import Json, Key, Model, PrimaryKey, Text, Time


class Finding(Model):
    """Where it hurt, in a researcher's order and words; where a text is empty, the data suggest one."""

    __tablename__ = "finding"
    __table_args__ = (sa.Index("ix_finding_study_position", "study_id", "position"),)

    id: Mapped[PrimaryKey]
    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"))
    position: Mapped[int]
    task_key: Mapped[Key | None]
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    text: Mapped[Text] = mapped_column(default="")
    # What was seen: the evidence in words. The moments follow from the task.
    seen: Mapped[Text] = mapped_column(default="")
    written_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    written_at: Mapped[Time]


class Conclusions(Model):
    """What stands beside the figures of a study: one row a study, made when somebody first writes into it."""

    __tablename__ = "conclusions"

    study_id: Mapped[int] = mapped_column(sa.ForeignKey("study.id", ondelete="CASCADE"), primary_key=True)
    # Whether the findings are the researcher's, be they none; until then the data suggest them.
    worded: Mapped[bool] = mapped_column(default=False)
    # The headline, where the suggested one does not say it.
    lead: Mapped[Text] = mapped_column(default="")
    # What it may cost: visitors a month who try the task × share who fail × value of each, with the words beside them.
    cost: Mapped[Json | None]
    # What the study is held against: {"success": 0.78, "sus": 68}.
    benchmarks: Mapped[Json | None]
    written_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    written_at: Mapped[Time]
