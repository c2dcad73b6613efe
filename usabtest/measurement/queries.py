"""Attempts with their measures, as plain values; what is not yet measured is folded in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from usabtest.collection.queries import events_of
from usabtest.db import Joined, db, plain_columns
from usabtest.events.types import Event
from usabtest.measurement.columns import AttemptColumns, by_task
from usabtest.measurement.fold import RULES_VERSION, AttemptMeasures, fold, from_json
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.packed import pack, rules_of
from usabtest.measurement.rules import measured_by, thresholds_of
from usabtest.metrics.success import NOT_COUNTED, Outcome
from usabtest.participation.models import Attempt, ParticipantSession
from usabtest.participation.verdict import EndFlag, Ending, How
from usabtest.studies.models import Study
from usabtest.studyfile.types import StudySpec

_MISSING = b""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt as it stands, and its measures.

    `outcome` is the one that counts (the moderator's, else that of rule and participant), None while the attempt runs;
    `measures` are None then, and for a task that was skipped.
    """

    session_id: int
    number: int
    participant_id: int
    task_key: str
    started_ms: int
    ended_ms: int | None
    ended_how: str | None
    outcome: str | None
    rule: str | None
    said: str | None
    met_side: str | None
    met_index: int | None
    judged: str | None
    judged_reason: str | None
    judged_by: int | None
    measures: AttemptMeasures | None

    @property
    def id(self) -> str:
        """How programs name an attempt."""
        return attempt_id(self.session_id, self.number)

    @property
    def position(self) -> int:
        """The place of its task in the participant's order, from 1."""
        return self.number + 1


# In the order of AttemptRow: there are many.
_AS_A_ROW = (
    Attempt.session_id,
    Attempt.number,
    Attempt.participant_id,
    Attempt.task_key,
    Attempt.started_ms,
    Attempt.ended_ms,
    Attempt.ended_how,
    sa.func.coalesce(Attempt.judged_outcome, Attempt.outcome),
    Attempt.rule,
    Attempt.said,
    Attempt.met_side,
    Attempt.met_index,
    Attempt.judged_outcome,
    Attempt.judged_reason,
    Attempt.judged_by,
)
_row: Callable[..., AttemptRow] = AttemptRow
_NOT_MEASURED = (None, How.SKIPPED)


def attempt_id(session_id: int, number: int) -> str:
    return f"{hex_id(session_id)}-{number}"


def hex_id(number: int) -> str:
    """Write an id as programs see it: 16 hexadecimal digits."""
    return f"{number:016x}"


def columns_of_study(
    study: Study, places: Mapping[int, int], *where: sa.ColumnElement[bool]
) -> dict[str, AttemptColumns]:
    """The attempts of a study that meet the conditions as columns, by task; `places` are those of who counts, by id.

    What is not yet measured, or by other rules, is folded in memory.
    """
    current = sa.and_(sa.not_(Attempt.stale), sa.func.coalesce(Attempt.numbers_by, "") == rules_of(study.spec.analysis))
    asked = sa.select(
        Attempt.participant_id,
        Attempt.number,
        Attempt.task_key,
        sa.func.coalesce(Attempt.judged_outcome, Attempt.outcome),
        Attempt.rule,
        Attempt.said,
        Attempt.judged_outcome,
        Attempt.judged_reason,
        sa.case((sa.not_(is_to_measure()), None), (current, Attempt.numbers), else_=_MISSING),
    ).where(Attempt.study_id == study.id, *where)
    columns = plain_columns(asked)
    ids, numbers, *_, packed = columns
    if len(_MISSING) in packed.sizes:
        folded = attempts_of_study(study, is_to_measure(), sa.not_(current), *where)
        made = {(row.participant_id, row.number): pack(row.measures) for row in folded if row.measures}
        columns[-1] = Joined.of(
            [
                made[key] if one == _MISSING else one
                for key, one in zip(zip(ids, numbers, strict=True), packed.parts(), strict=True)
            ]
        )
    return by_task(columns, [task.key for task in study.spec.tasks], places)


def attempts_of_study(study: Study, *where: sa.ColumnElement[bool]) -> list[AttemptRow]:
    """All attempts of a study that meet the conditions, by session and number, each with its measures."""
    rows = db.session.execute(
        sa.select(
            *_AS_A_ROW,
            Attempt.outcome,
            Attempt.met_ms,
            Attempt.time_on_task_ms,
            Attempt.flags,
            Attempt.stale,
            MeasuredAttempt.rules_version,
            MeasuredAttempt.thresholds,
            sa.cast(MeasuredAttempt.measures, sa.Text).label("measures"),
        )
        .outerjoin(
            MeasuredAttempt,
            sa.and_(MeasuredAttempt.session_id == Attempt.session_id, MeasuredAttempt.number == Attempt.number),
        )
        .where(Attempt.study_id == study.id, *where)
        .order_by(Attempt.session_id, Attempt.number)
    ).all()
    in_force = (RULES_VERSION, thresholds_of(study.spec.analysis))
    measures: dict[tuple[int, int], AttemptMeasures] = {}
    missing = []
    for row in rows:
        if row.ended_ms is None or row.ended_how in _NOT_MEASURED:
            continue
        if row.stale or (row.rules_version, row.thresholds) != in_force:
            missing.append(row)
        else:
            measures[row[:2]] = from_json(row.measures)
    measures |= _folded(study, missing)
    return [_row(*row[: len(_AS_A_ROW)], measures.get(row[:2])) for row in rows]


def sessions_to_measure(*, most: int) -> list[int]:
    """Sessions with an ended attempt that has no measures of today, or older ones than its events."""
    asked = (
        sa.select(Attempt.session_id)
        .distinct()
        .outerjoin(
            MeasuredAttempt,
            sa.and_(MeasuredAttempt.session_id == Attempt.session_id, MeasuredAttempt.number == Attempt.number),
        )
        .where(
            is_to_measure(),
            sa.or_(Attempt.stale, MeasuredAttempt.session_id.is_(None), MeasuredAttempt.rules_version != RULES_VERSION),
        )
        .order_by(Attempt.session_id)
        .limit(most)
    )
    return list(db.session.scalars(asked))


def sessions_of_other_thresholds(*, most: int) -> list[int]:
    """Sessions that were measured by thresholds that their study has changed since."""
    kinds = db.session.execute(sa.select(MeasuredAttempt.study_id, MeasuredAttempt.thresholds).distinct()).all()
    ids = {study_id for study_id, _ in kinds}
    studies = db.session.scalars(sa.select(Study).where(Study.id.in_(ids)).options(selectinload(Study.versions)))
    in_force = {study.id: thresholds_of(study.spec.analysis) for study in studies}
    for study_id, thresholds in kinds:
        if in_force.get(study_id) not in {None, thresholds}:
            return list(
                db.session.scalars(
                    sa.select(MeasuredAttempt.session_id)
                    .distinct()
                    .where(MeasuredAttempt.study_id == study_id, MeasuredAttempt.thresholds == thresholds)
                    .order_by(MeasuredAttempt.session_id)
                    .limit(most)
                )
            )
    return []


def sessions_of(study: Study) -> list[int]:
    """All sessions of a study in which a task was begun."""
    return list(
        db.session.scalars(
            sa.select(Attempt.session_id).distinct().where(Attempt.study_id == study.id).order_by(Attempt.session_id)
        )
    )


def is_to_measure() -> sa.ColumnElement[bool]:
    """Whether an attempt has ended in front of the participant; a task that was skipped has nothing to measure."""
    return sa.and_(Attempt.ended_ms.is_not(None), Attempt.ended_how.is_not(None), Attempt.ended_how != How.SKIPPED)


def is_lost() -> sa.ColumnElement[bool]:
    """Whether an attempt has ended, counts, and was no success."""
    outcome = sa.func.coalesce(Attempt.judged_outcome, Attempt.outcome)
    return sa.and_(outcome != Outcome.SUCCESS, outcome.not_in(NOT_COUNTED))


def ending_of(attempt: Any) -> Ending:
    """Read how an ended attempt ended back from its row."""
    return Ending(
        started_ms=attempt.started_ms,
        ended_ms=attempt.ended_ms,
        how=How(attempt.ended_how),
        outcome=Outcome(attempt.outcome),
        rule=Outcome(attempt.rule) if attempt.rule else None,
        said=How(attempt.said) if attempt.said else None,
        met_side=attempt.met_side,
        met_index=attempt.met_index,
        met_ms=attempt.met_ms,
        time_on_task_ms=attempt.time_on_task_ms,
        flags=frozenset(map(EndFlag, attempt.flags)),
    )


def fold_attempts(
    spec: StudySpec, attempts: Iterable[Any], events: Sequence[Event]
) -> Iterator[tuple[int, AttemptMeasures]]:
    """Measure ended attempts of one session: their numbers, and what each comes to."""
    tasks = {task.key: task for task in spec.tasks}
    for attempt in attempts:
        yield attempt.number, fold(spec, tasks[attempt.task_key], ending_of(attempt), events)


def _folded(study: Study, rows: Sequence[Any]) -> Mapping[tuple[int, int], AttemptMeasures]:
    by_session: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_session[row.session_id].append(row)
    if not by_session:
        return {}
    sessions = db.session.scalars(
        sa.select(ParticipantSession)
        .where(ParticipantSession.id.in_(by_session))
        .options(selectinload(ParticipantSession.version))
    )
    specs: dict[int, StudySpec] = {}
    folded = {}
    for session in sessions:
        if session.version_id not in specs:
            specs[session.version_id] = measured_by(session.version.spec, study.spec)
        attempts = fold_attempts(specs[session.version_id], by_session[session.id], events_of(session.id))
        folded.update({(session.id, number): measures for number, measures in attempts})
    return folded
