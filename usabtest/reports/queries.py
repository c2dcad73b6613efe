"""The only reader for reports: people, attempts, measures, answers and completeness become plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from usabtest.accounts.models import User
from usabtest.collection.queries import added_up, completeness_of_many, completeness_of_sessions, events_of
from usabtest.db import db, plain_columns
from usabtest.measurement.answers import rating
from usabtest.measurement.queries import AttemptRow, attempts_of_study, columns_of_study, is_lost
from usabtest.participation.models import Attempt, Participant, ParticipantSession, ParticipantStatus, code_of
from usabtest.participation.queries import participant_counts
from usabtest.questionnaires.models import Answer
from usabtest.reports.answers import Answers, answers_of
from usabtest.reports.bulk import without_collecting
from usabtest.reports.filters import Filters
from usabtest.reports.person_page import PersonRecord, session_length
from usabtest.reports.rows import LeftOutRow, PersonRow, StudyRows
from usabtest.studies.models import Invitation, Study


def study_rows(study: Study, filters: Filters, *, now: dt.datetime) -> StudyRows:
    """Read all that the report of a study is made from."""
    people = _people(study, filters)
    ids = [person.id for person in people]
    of_these = _of_these(study, filters)

    def whole(task_key: str, *, lost: bool = False) -> list[AttemptRow]:
        conditions = [Attempt.task_key == task_key, *of_these(Attempt.participant_id)]
        with without_collecting():
            return attempts_of_study(study, *conditions, *([is_lost()] if lost else []))

    return StudyRows(
        key=study.key,
        title=study.title,
        status=study.status,
        spec=study.spec,
        read_at=now,
        filters=filters.echo,
        counts=participant_counts(study, *_let_through(filters)),
        completeness=completeness_of_many(_sessions(study, filters)),
        people=people,
        left_out=_left_out(study, filters),
        attempts=columns_of_study(
            study, {id_: place for place, id_ in enumerate(ids)}, *of_these(Attempt.participant_id)
        ),
        answers=_answers(study, ids, *of_these(Answer.participant_id)),
        whole=whole,
    )


def person_record(study: Study, participant: Participant) -> PersonRecord:
    """Read all that the page of one participant shows."""
    session = participant.participant_session
    rows = attempts_of_study(study, Attempt.participant_id == participant.id)
    ids = [session.id] if session else []
    return PersonRecord(
        code=participant.code,
        pilot=participant.pilot,
        excluded_reason=participant.excluded_reason if participant.excluded_at else None,
        status=participant.status,
        about=tuple(_about(participant)),
        problem=participant.problem,
        completeness=added_up(completeness_of_sessions(ids).values()),
        tasks=session.version.spec.tasks if session else (),
        attempts=tuple(rows),
        events=events_of(session.id) if session else (),
        ease=_ease(ids),
        judges=names_of_judges(rows),
    )


def names_of_judges(rows: Iterable[AttemptRow]) -> dict[int, str]:
    """The names of those who judged attempts, by their ids."""
    ids = {row.judged_by for row in rows if row.judged_by is not None}
    if not ids:
        return {}
    return {user.id: user.shown_name for user in db.session.scalars(sa.select(User).where(User.id.in_(ids)))}


def _about(participant: Participant) -> Iterator[str]:
    device = (participant.device or "unknown device").capitalize()
    size = f", {participant.width} × {participant.height}" if participant.width and participant.height else ""
    yield f"{device}{size}"
    if participant.browser:
        yield participant.browser
    if participant.language:
        yield participant.language
    if participant.external_id:
        yield participant.external_id
    at = participant.sent_at
    yield f"{at.day} {at:%B %Y, %H:%M} UTC"
    if participant.started_at and participant.ended_at:
        yield session_length(participant.started_at.timestamp(), participant.ended_at.timestamp())


def _ease(session_ids: Sequence[int]) -> dict[int, int]:
    asked = sa.select(Answer.attempt, Answer.value).where(Answer.session_id.in_(session_ids), Answer.question == "seq")
    given = {attempt: rating(value, 1, 7) for attempt, value in db.session.execute(asked)}
    return {attempt: points for attempt, points in given.items() if points is not None}


def _people(study: Study, filters: Filters) -> tuple[PersonRow, ...]:
    """Those who count, in the order in which they came."""
    asked = sa.select(
        Participant.number,
        Participant.id,
        Participant.status,
        Participant.device,
        Participant.sent_at,
        Participant.external_id,
    ).where(*_of_counted(study, filters))
    came = sorted(zip(*plain_columns(asked), strict=True), key=itemgetter(0))
    return tuple(PersonRow(id_, code_of(number), *others) for number, id_, *others in came)


def _left_out(study: Study, filters: Filters) -> tuple[LeftOutRow, ...]:
    """Those who were left out by hand."""
    asked = (
        sa.select(Participant.number, Participant.excluded_reason)
        .where(
            Participant.study_id == study.id,
            Participant.pilot.is_(False),
            Participant.excluded_at.is_not(None),
            *_let_through(filters),
        )
        .order_by(Participant.number)
    )
    return tuple(LeftOutRow(code_of(number), reason or "") for number, reason in db.session.execute(asked))


def ids_of_counted(study: Study, filters: Filters) -> sa.Select[int]:
    """Ask for the ids of those whom the report of a study is about."""
    return sa.select(Participant.id).where(*_of_counted(study, filters))


def ids_let_through(study: Study, filters: Filters) -> sa.Select[int]:
    """Ask for the ids of all whom the filters let through, those who do not count as well."""
    return sa.select(Participant.id).where(Participant.study_id == study.id, *_let_through(filters))


def count_of_people(study: Study, filters: Filters) -> int:
    """Of how many people the report of a study is."""
    return db.session.scalar(sa.select(sa.func.count()).where(*_of_counted(study, filters))) or 0


def count_of_attempts(study: Study, filters: Filters) -> int:
    """How many attempts the report of a study has to read."""
    of_these = _of_these(study, filters)
    asked = sa.select(sa.func.count()).where(Attempt.study_id == study.id, *of_these(Attempt.participant_id))
    return db.session.scalar(asked) or 0


def _of_counted(study: Study, filters: Filters) -> list[sa.ColumnElement[bool]]:
    return [
        Participant.study_id == study.id,
        Participant.pilot.is_(False),
        Participant.excluded_at.is_(None),
        Participant.status != ParticipantStatus.SCREENED_OUT,
        *_let_through(filters),
    ]


def _let_through(filters: Filters) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [
        *(_CONDITIONS[name](values) for name, values in filters.choices.items()),
        *(Participant.attributes[name].as_string().in_(values) for name, values in filters.attributes.items()),
    ]
    if filters.since is not None:
        conditions.append(Participant.sent_at >= filters.since)
    if filters.until is not None:
        conditions.append(Participant.sent_at < filters.until)
    return conditions


def _named_or_version(values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Browsers by name, of whichever version (Firefox), or by name and version (Firefox 131)."""
    versions = (Participant.browser.startswith(f"{value} ", autoescape=True) for value in values)
    return sa.or_(Participant.browser.in_(values), *versions)


def _language_or_region(values: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Languages of whichever region (en), or of one (en-GB)."""
    regions = (Participant.language.startswith(f"{value}-", autoescape=True) for value in values)
    return sa.or_(Participant.language.in_(values), *regions)


_CONDITIONS: Mapping[str, Callable[[tuple[str, ...]], sa.ColumnElement[bool]]] = {
    "device": lambda values: Participant.device.in_(values),
    "browser": _named_or_version,
    "language": _language_or_region,
    "status": lambda values: Participant.status.in_(values),
    "group": lambda values: Participant.invitation_id.in_(sa.select(Invitation.id).where(Invitation.label.in_(values))),
}


def _of_these(study: Study, filters: Filters) -> Callable[[Any], list[sa.ColumnElement[bool]]]:
    """Whose rows to read: without a filter everybody's, for those of the few who do not count cost less than asking."""
    if not filters:
        return lambda _: []
    counted = ids_of_counted(study, filters)
    return lambda participant_id: [participant_id.in_(counted)]


def _sessions(study: Study, filters: Filters) -> sa.Select[int]:
    counted = _of_counted(study, filters)
    return sa.select(ParticipantSession.id).join(Participant).where(*counted)


def _answers(study: Study, people: Sequence[int], *where: sa.ColumnElement[bool]) -> Answers:
    asked = sa.select(
        Answer.participant_id, Answer.task_key, Answer.question, sa.cast(Answer.value, sa.Text), Answer.at_ms
    )
    asked = asked.where(Answer.study_id == study.id, *where)
    return answers_of(plain_columns(asked), people)
