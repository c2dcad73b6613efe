from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import make_participant, make_study
from tests.measured import make_measured
from usabtest.accounts.models import User
from usabtest.db import Joined, db, plain_columns, transaction
from usabtest.participation.models import Attempt, Participant
from usabtest.studies.models import Study

HOSTILE = "\"\\ \n\r\t\x1f\x7f,]}' 💥 \u2028 عربي"
BYTES = (None, b"", b"\0\0\xff\xfe", bytes(range(256)), b"\xed\xa0\x80", None, "é".encode("latin-1"))


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


def test_it_works(study: Study) -> None:
    people = [make_participant(study, external_id=f"{HOSTILE}{number}") for number in range(len(BYTES))]
    attempts = [make_measured(person, judged=("failure", HOSTILE)) for person in people]
    with transaction():
        for attempt, numbers in zip(attempts, BYTES, strict=True):
            db.session.merge(attempt).numbers = numbers

    columns = plain_columns(
        sa.select(Attempt.participant_id, Attempt.judged_reason, Attempt.numbers).where(Attempt.study_id == study.id)
    )

    numbers = columns[2]
    assert isinstance(numbers, Joined)
    found = zip(columns[0], columns[1], numbers.parts(), strict=True)
    assert set(found) == {(person.id, HOSTILE, one) for person, one in zip(people, BYTES, strict=True)}


def test_times_come_back_aware(study: Study) -> None:
    person = make_participant(study, external_id=HOSTILE)
    at = dt.datetime(2026, 11, 14, 12, 0, 1, 234_567, tzinfo=dt.UTC)
    with transaction():
        db.session.merge(person).sent_at = at

    asked = sa.select(Participant.sent_at, Participant.completed_at, Participant.external_id, Participant.id)

    assert plain_columns(asked) == [[at], [None], [HOSTILE], [person.id]]


def test_no_rows(app: Flask) -> None:
    assert plain_columns(sa.select(Attempt.number, Attempt.numbers)) == [[], Joined(b"", [])]
