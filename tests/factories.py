"""Make what a test needs, with everything defaulted that the test is not about. Needs an app context."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache

from flask.testing import FlaskClient

from usabtest.accounts import actions
from usabtest.accounts.models import Role, User
from usabtest.accounts.passwords import hash_password
from usabtest.db import db, transaction
from usabtest.participation import actions as participation_actions
from usabtest.participation.models import Attempt, Participant
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Status, Study
from usabtest.studyfile.read import read_study

PASSWORD = "otter umbrella seven"

_numbers = itertools.count(1)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def make_user(email: str | None = None, *, role: Role = Role.MODERATOR, name: str = "") -> User:
    """Add a user whose password is PASSWORD."""
    with transaction():
        user = actions.create_user(email or f"user{next(_numbers)}@example.org", role=role, name=name, now=now())
        user.password_hash = _hash()
    db.session.refresh(user)
    return user


def make_token(user: User, *, name: str = "test") -> str:
    """Make an API token and return its text."""
    with transaction():
        return actions.create_token(user, name=name, now=now()).text


def api_headers(user: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {make_token(user)}"}


def sign_in(client: FlaskClient, user: User) -> None:
    """Give the client the cookie that signing in gives: passwords are slow to check on purpose."""
    with client.session_transaction() as cookie:
        cookie["user"] = [user.id, user.epoch, now().toordinal()]


@cache
def _hash() -> str:
    return hash_password(PASSWORD)  # slow on purpose, so once


def make_study(owner: User, *, status: str = "live", **changes: object) -> Study:
    """Add a study with one task on https://shop.example, in the status asked for."""
    spec = read_study({**STUDY, **changes})
    with transaction():
        study = studies_actions.create(spec, owner=owner, now=now())
        if status != Status.DRAFT:
            studies_actions.set_status(study, Status.LIVE, now=now())
            study.status = status
    db.session.refresh(study)
    return study


STUDY: dict[str, object] = {
    "title": "Shop checkout",
    "sites": ["https://shop.example"],
    "tasks": [
        {
            "key": "find-book",
            "title": "Find a book",
            "scenario": "Put a **detective story** into the basket.",
            "start_url": "https://shop.example/",
            "success": [{"url": "/basket/"}],
            "time_limit_s": 300,
        },
        {
            "key": "pay",
            "title": "Pay",
            "scenario": "Pay for it.",
            "success": [{"event": "paid"}],
        },
    ],
    "after": ["nps"],
}


def make_participant(study: Study, *, status: str = "started", pilot: bool = False, **values: object) -> Participant:
    """Add somebody who pressed Start, with a session."""
    with transaction():
        return add_participant(study, status=status, pilot=pilot, **values)


def add_participant(study: Study, *, status: str = "started", pilot: bool = False, **values: object) -> Participant:
    """The same, in a transaction of the caller's."""
    newcomer = participation_actions.Newcomer(browser_token=f"browser{next(_numbers)}")
    participant = participation_actions.begin(study, newcomer, pilot=pilot, now=now()).participant
    participant.status = status
    for name, value in values.items():
        setattr(participant, name, value)
    return participant


def make_attempt(
    participant: Participant, *, number: int = 0, task_key: str = "find-book", outcome: str | None = "success"
) -> Attempt:
    """Add a try at a task that took a minute; with None for an outcome it still runs."""
    session = participant.participant_session
    assert session is not None
    started_ms = round(now().timestamp() * 1000) - 60_000
    with transaction() as writing:
        attempt = Attempt(
            session_id=session.id,
            number=number,
            participant_id=participant.id,
            study_id=participant.study_id,
            task_key=task_key,
            started_ms=started_ms,
            ended_ms=None if outcome is None else started_ms + 60_000,
            outcome=outcome,
        )
        writing.add(attempt)
    return attempt
