from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import make_participant, make_study, now
from tests.measured import make_answers, make_measured
from usabtest import housekeeping
from usabtest.accounts.models import User
from usabtest.collection.models import Batch, QuarantinedBatch
from usabtest.db import db, transaction
from usabtest.measurement.models import MeasuredAttempt
from usabtest.participation import retention
from usabtest.participation.models import Attempt, OneTimeCode, Participant, ParticipantSession
from usabtest.questionnaires.models import Answer
from usabtest.studies.models import Study

CHORE = "delete people past their study's retention"
RECORDED = (ParticipantSession, Batch, QuarantinedBatch, Attempt, MeasuredAttempt, Answer, OneTimeCode)


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, retention_days=30)


def make_recorded(study: Study, *, days_ago: float, **values: object) -> Participant:
    """Somebody with all that can be recorded, who was last heard of so many days ago."""
    at = now() - dt.timedelta(days=days_ago)
    person = make_participant(study, sent_at=at, **values)
    session = person.participant_session
    assert session is not None
    make_measured(person)
    make_answers(person, {"seq": 5}, attempt=0, task_key="find-book")
    with transaction() as writing:
        db.session.merge(session).seen_at = at
        writing.add(
            Batch(
                session_id=session.id,
                stream="a",
                number=0,
                first=0,
                count=1,
                dropped=0,
                ends=True,
                malformed=0,
                received_at=at,
                digest=b"",
                codec="none",
                body=b"{}",
            )
        )
        writing.add(QuarantinedBatch(session_id=session.id, status=400, reason="no JSON", received_at=at, body=b"{"))
        writing.add(OneTimeCode(code_hash=session.id.to_bytes(32), session_id=session.id, created_at=at))
    return person


def codes(study: Study) -> list[str]:
    db.session.add(study)  # housekeeping lets its session go
    return [one.code for one in db.session.scalars(sa.select(Participant).where(Participant.study_id == study.id))]


def test_it_works(study: Study) -> None:
    make_recorded(study, days_ago=30.1)
    make_recorded(study, days_ago=29.9)

    done = housekeeping.purge(now())

    assert done[CHORE] == 1
    assert codes(study) == ["P-02"]
    assert [db.session.scalar(sa.select(sa.func.count()).select_from(model)) for model in RECORDED] == [1] * 7


def test_each_study_keeps_for_as_long_as_it_says(alice: User, study: Study) -> None:
    longer = make_study(alice, retention_days=60)
    for one in (study, longer):
        make_recorded(one, days_ago=45)

    housekeeping.purge(now())

    assert (codes(study), codes(longer)) == ([], ["P-01"])


def test_whoever_goes_on_is_kept(study: Study) -> None:
    person = make_recorded(study, days_ago=0)
    with transaction():
        db.session.merge(person).sent_at = now() - dt.timedelta(days=90)

    housekeeping.purge(now())

    assert codes(study) == ["P-01"]


def test_who_was_screened_out_or_a_pilot_goes_too(study: Study) -> None:
    make_recorded(study, days_ago=31, pilot=True)
    person = make_participant(study, status="screened_out", sent_at=now() - dt.timedelta(days=31))
    with transaction() as writing:
        writing.execute(sa.delete(ParticipantSession).where(ParticipantSession.participant_id == person.id))

    housekeeping.purge(now())

    assert codes(study) == []


def test_no_code_is_given_twice(study: Study) -> None:
    make_recorded(study, days_ago=31)
    housekeeping.purge(now())

    assert codes(study) == []
    assert make_participant(study).code == "P-02"


def test_many_go_in_slices(app: Flask, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PEOPLE_A_SLICE", 2)
    for _ in range(5):
        make_recorded(study, days_ago=31)

    assert retention.delete_past_retention(now()) == 2
    assert housekeeping.purge(now())[CHORE] == 3
    assert codes(study) == []


def test_refused_recordings_of_nobody_known_go_after_a_month(app: Flask) -> None:
    with transaction() as writing:
        for days in (29, 31):
            received_at = now() - dt.timedelta(days=days)
            writing.add(QuarantinedBatch(status=400, reason="no JSON", received_at=received_at, body=b"{"))

    assert housekeeping.purge(now())["delete refused recordings of nobody known"] == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(QuarantinedBatch)) == 1
