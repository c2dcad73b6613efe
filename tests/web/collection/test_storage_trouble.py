"""A database that takes nothing: the browser is told to keep what it has, and later nothing is missing."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select

from tests.factories import make_study
from tests.web.snippet import SITE, Page, begin, open_link, press_start, send
from usabtest.accounts.models import User
from usabtest.collection.models import Batch
from usabtest.collection.queries import completeness_of_sessions
from usabtest.db import db
from usabtest.participation.models import Participant, ParticipantSession


@pytest.fixture
def tables_url(sqlite_tables_url: str) -> str:
    """SQLite alone can be made to fail on order, and fails as PostgreSQL does: by an OperationalError."""
    return sqlite_tables_url


@pytest.fixture(params=["PRAGMA query_only = ON", "PRAGMA max_page_count = 1"], ids=["read-only", "full"])
def trouble(request: pytest.FixtureRequest) -> str:
    statement: str = request.param
    return statement


@contextmanager
def failing(statement: str) -> Iterator[None]:
    """For a while each transaction finds the database read-only, or full."""

    def break_it(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    engine = db.engine
    db.session.remove()
    engine.dispose()
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.execute("VACUUM")  # a full database would find room in pages that are free again
    event.listen(engine, "begin", break_it)
    yield
    event.remove(engine, "begin", break_it)
    engine.dispose()


def filler() -> list[list[object]]:
    """Enough, and random enough, that a full database cannot find room for it in a page that it has."""
    return [["x", 0, None, 0, "noise", secrets.token_hex(300)] for _ in range(20)]


def test_a_batch_waits_until_it_can_be_stored(client: FlaskClient, alice: User, trouble: str) -> None:
    page: Page = begin(client, f"/s/{make_study(alice).key}")
    batch = page.batch(["S", 0, 0, 0], *filler())

    with failing(trouble):
        refused = send(client, "/recording/batches", batch)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Access-Control-Allow-Origin"] == SITE

    assert send(client, "/recording/batches", batch).get_json()["duplicate"] is False
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 1
    session = db.session.scalars(select(ParticipantSession)).one()
    assert completeness_of_sessions([session.id])[session.id].events_missing == 0


def test_start_says_so_and_keeps_nothing_by_half(client: FlaskClient, alice: User) -> None:
    address = f"/s/{make_study(alice).key}"

    with failing("PRAGMA query_only = ON"):
        assert open_link(client, address).status_code == 200
        assert press_start(client, address).status_code == 503

    assert db.session.scalars(select(Participant)).all() == []
