"""What can be asked about participants, their sessions and attempts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import selectinload

from usabtest.db import db
from usabtest.participation.effect import NOT_COUNTED, Tally
from usabtest.participation.models import Attempt, OneTimeCode, Participant, ParticipantSession, ParticipantStatus
from usabtest.participation.tokens import recording_token, session_id_of
from usabtest.studies.models import Invitation, Study
from usabtest.studies.people import People
from usabtest.web.paging import Page, PageRequest, take_page
from usabtest.web.tokens import token_digest

CODE_LIFE = dt.timedelta(minutes=10)
ACCEPTED_AFTER_END = dt.timedelta(days=7)
COME_BACK = dt.timedelta(hours=24)
ARRIVES_WITHIN = dt.timedelta(seconds=15)

_CODE = re.compile(r"([PT])-([0-9]{1,9})")
_ID = re.compile(r"[0-7]?[0-9a-f]{1,15}")  # 63 bits


@dataclass(frozen=True, slots=True)
class ParticipantCounts:
    """How many took which step; `sent`, `arrived` and `started` include those who went further."""

    invited: int
    screened_out: int
    declined: int
    withdrawn: int
    sent: int
    arrived: int
    started: int
    in_progress: int
    completed: int
    abandoned: int
    excluded: int
    pilot: int


def participant_counts(study: Study, *where: sa.ColumnElement[bool]) -> ParticipantCounts:
    """Count a study's participants who meet the conditions; excluded and pilot participants count nowhere else."""
    rows = db.session.execute(
        sa.select(
            Participant.status,
            Participant.pilot,
            Participant.excluded_at.is_not(None).label("excluded"),
            Participant.arrived_at.is_not(None).label("arrived"),
            Participant.started_at.is_not(None).label("started"),
            sa.func.count().label("people"),
        )
        .where(Participant.study_id == study.id, *where)
        .group_by("status", "pilot", "excluded", "arrived", "started")
    ).all()
    real = [row for row in rows if not row.pilot and not row.excluded]
    status: Counter[str] = Counter()
    for row in real:
        status[row.status] += row.people
    let_in = [row for row in real if row.status != ParticipantStatus.SCREENED_OUT]
    started = sum(row.people for row in let_in if row.started)
    completed, abandoned = status[ParticipantStatus.COMPLETED], status[ParticipantStatus.ABANDONED]
    return ParticipantCounts(
        invited=invitation_count(study),
        screened_out=status[ParticipantStatus.SCREENED_OUT],
        declined=study.declined,
        withdrawn=study.withdrawn,
        sent=sum(row.people for row in let_in),
        arrived=sum(row.people for row in let_in if row.arrived),
        started=started,
        in_progress=status[ParticipantStatus.STARTED],
        completed=completed,
        abandoned=abandoned,
        excluded=sum(row.people for row in rows if row.excluded and not row.pilot),
        pilot=sum(row.people for row in rows if row.pilot),
    )


def success_tallies(study: Study) -> dict[str, Tally]:
    """How many of the attempts that count succeeded at each task, by its key."""
    outcome = sa.func.coalesce(Attempt.judged_outcome, Attempt.outcome)
    rows = db.session.execute(
        sa.select(Attempt.task_key, _count_where(outcome == "success"), sa.func.count())
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(
            Attempt.study_id == study.id,
            outcome.is_not(None),
            outcome.not_in(NOT_COUNTED),
            Participant.pilot.is_(False),
            Participant.excluded_at.is_(None),
        )
        .group_by(Attempt.task_key)
    )
    titles = {task.key: task.title for task in study.spec.tasks}
    return {key: Tally(titles.get(key, key), successes, n) for key, successes, n in rows}


def people_of(studies: Sequence[Study]) -> dict[int, People]:
    """Count the people of several studies at once, for the pages that show studies."""
    ids = [study.id for study in studies]
    real = sa.and_(Participant.pilot.is_(False), Participant.excluded_at.is_(None))
    let_in = sa.and_(real, Participant.status != ParticipantStatus.SCREENED_OUT)
    completed = Participant.status == ParticipantStatus.COMPLETED
    stranded = sa.and_(
        Participant.arrived_at.is_(None),
        Participant.status != ParticipantStatus.SCREENED_OUT,
        Participant.sent_at < dt.datetime.now(dt.UTC) - ARRIVES_WITHIN,
    )
    rows = db.session.execute(
        sa.select(
            Participant.study_id,
            _count_where(let_in).label("sent"),
            _count_where(let_in, Participant.arrived_at.is_not(None)).label("arrived"),
            _count_where(real, stranded).label("stranded"),
            _count_where(let_in, Participant.started_at.is_not(None)).label("started"),
            _count_where(let_in, Participant.ended_at.is_(None)).label("under_way"),
            _count_where(real, completed).label("completed"),
            _count_where(Participant.pilot.is_(True)).label("pilot"),
            _count_where(Participant.pilot.is_(True), completed).label("pilot_completed"),
            _count_where(Participant.pilot.is_(True), stranded).label("pilot_stranded"),
            _count_where(Participant.problem.is_not(None)).label("problems"),
            sa.func.max(Participant.sent_at).label("sent_at"),
            sa.func.max(Participant.ended_at).label("ended_at"),
        )
        .where(Participant.study_id.in_(ids))
        .group_by(Participant.study_id)
    ).all()
    solved = _solved_in_pilots(ids)
    invited = _invitation_counts(ids)
    counted = {
        row.study_id: People(
            invited=invited.get(row.study_id, 0),
            sent=row.sent,
            arrived=row.arrived,
            stranded=row.stranded,
            started=row.started,
            under_way=row.under_way,
            completed=row.completed,
            pilot=row.pilot,
            pilot_completed=row.pilot_completed,
            pilot_stranded=row.pilot_stranded,
            solved=frozenset(solved.get(row.study_id, ())),
            problems=row.problems,
            last_at=max((at for at in (row.sent_at, row.ended_at) if at is not None), default=None),
        )
        for row in rows
    }
    return {study_id: counted.get(study_id, People(invited=invited.get(study_id, 0))) for study_id in ids}


def _count_where(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), 1), else_=0)), 0)


def _solved_in_pilots(study_ids: Sequence[int]) -> dict[int, set[str]]:
    asked = (
        sa.select(Attempt.study_id, Attempt.task_key)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(
            Attempt.study_id.in_(study_ids),
            Participant.pilot.is_(True),
            sa.func.coalesce(Attempt.judged_outcome, Attempt.outcome) == "success",
        )
        .distinct()
    )
    solved: dict[int, set[str]] = {}
    for study_id, task_key in db.session.execute(asked):
        solved.setdefault(study_id, set()).add(task_key)
    return solved


def _invitation_counts(study_ids: Sequence[int]) -> dict[int, int]:
    asked = sa.select(Invitation.study_id, sa.func.count().label("people")).where(Invitation.study_id.in_(study_ids))
    rows = db.session.execute(asked.group_by(Invitation.study_id))
    return {row.study_id: row.people for row in rows}


def invitation_count(study: Study) -> int:
    counted = sa.select(sa.func.count()).select_from(Invitation).where(Invitation.study_id == study.id)
    return db.session.scalar(counted) or 0


def completed_count(study: Study) -> int:
    """How many fill the quota."""
    counted = (
        sa.select(sa.func.count())
        .select_from(Participant)
        .where(
            Participant.study_id == study.id,
            Participant.status == ParticipantStatus.COMPLETED,
            Participant.pilot.is_(False),
            Participant.excluded_at.is_(None),
        )
    )
    return db.session.scalar(counted) or 0


def participants(study: Study) -> list[Participant]:
    """All participants of a study, real ones first, in the order in which they came."""
    return list(
        db.session.scalars(
            sa.select(Participant)
            .where(Participant.study_id == study.id)
            .options(selectinload(Participant.participant_session).selectinload(ParticipantSession.attempts))
            .order_by(Participant.pilot, Participant.number)
        )
    )


def participants_page(study: Study, *, pilot: bool, page: PageRequest) -> Page[Participant]:
    """Some participants of a study in the order in which they came, with their attempts."""
    asked = (
        sa.select(Participant)
        .where(Participant.study_id == study.id, Participant.pilot.is_(pilot))
        .options(selectinload(Participant.participant_session).selectinload(ParticipantSession.attempts))
    )
    return take_page(db.session(), asked, Participant.number, page=page)


def latest_pilots(study: Study, *, at_most: int) -> list[Participant]:
    """The last who tried the study out, the latest first."""
    asked = (
        sa.select(Participant)
        .where(Participant.study_id == study.id, Participant.pilot.is_(True))
        .options(selectinload(Participant.participant_session).selectinload(ParticipantSession.attempts))
        .order_by(Participant.number.desc())
    )
    return list(db.session.scalars(asked.limit(at_most)))


def problem_reports(study: Study, *, at_most: int) -> list[Participant]:
    """The participants who reported a problem, the latest first."""
    asked = sa.select(Participant).where(Participant.study_id == study.id, Participant.problem.is_not(None))
    return list(db.session.scalars(asked.order_by(Participant.sent_at.desc()).limit(at_most)))


def participant_by_code(study: Study, code: str) -> Participant | None:
    """Find a participant by what people call them (P-04) or by their id in hexadecimal."""
    asked = sa.select(Participant).where(Participant.study_id == study.id)
    if called := _CODE.fullmatch(code):
        asked = asked.where(Participant.pilot.is_(called[1] == "T"), Participant.number == int(called[2]))
    elif _ID.fullmatch(code):
        asked = asked.where(Participant.id == int(code, 16))
    else:
        return None
    return db.session.scalar(asked)


def participant_of_browser(study: Study, browser_token: str | None, *, pilot: bool) -> Participant | None:
    """Find whom this browser began as, by its cookie at our own origin."""
    if not browser_token:
        return None
    return db.session.scalar(
        sa.select(Participant).where(
            Participant.study_id == study.id,
            Participant.browser_hash == token_digest(browser_token),
            Participant.pilot.is_(pilot),
        )
    )


def participant_of_outside_id(study: Study, external_id: str) -> Participant | None:
    """Find the real participant who came with this identifier from outside."""
    return db.session.scalar(
        sa.select(Participant).where(
            Participant.study_id == study.id, Participant.external_id == external_id, Participant.pilot.is_(False)
        )
    )


def token_of(session: ParticipantSession) -> str:
    return recording_token(session.id, secret_key=_secret())


def session_of_token(token: str, *, for_update: bool = False) -> ParticipantSession | None:
    """Find the session that a recording token is good for."""
    session_id = session_id_of(token, secret_key=_secret())
    if session_id is None:
        return None
    asked = sa.select(ParticipantSession).where(ParticipantSession.id == session_id)
    return db.session.scalar(asked.with_for_update() if for_update else asked)


def is_genuine(token: str) -> bool:
    """Whether a token was made here, though its session may be gone."""
    return session_id_of(token, secret_key=_secret()) is not None


def code_for_exchange(code: str) -> OneTimeCode | None:
    return db.session.get(OneTimeCode, token_digest(code))


def open_sessions(study: Study | None = None) -> list[ParticipantSession]:
    """Sessions that the clock may still end: begun and neither finished nor ended."""
    asked = (
        sa.select(ParticipantSession)
        .join(Participant)
        .where(
            Participant.status.in_((ParticipantStatus.STARTED, ParticipantStatus.ARRIVED)),
            ParticipantSession.ended_at.is_(None),
        )
    )
    if study is not None:
        asked = asked.where(Participant.study_id == study.id)
    return list(db.session.scalars(asked))


def attempts_of(session: ParticipantSession) -> list[Attempt]:
    return list(db.session.scalars(sa.select(Attempt).where(Attempt.session_id == session.id).order_by(Attempt.number)))


def is_over(session: ParticipantSession, now: dt.datetime) -> bool:
    """Whether a session ended so long ago that nothing more is taken for it."""
    ended = session.ended_at or session.participant.ended_at
    return ended is not None and now - ended > ACCEPTED_AFTER_END


def _secret() -> str:
    return str(current_app.secret_key)
