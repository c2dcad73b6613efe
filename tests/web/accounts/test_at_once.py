"""What must hold when several processes do the same at once, on each kind of database."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import PASSWORD, make_user, now
from tests.web.databases import config_of
from usabtest import housekeeping
from usabtest.accounts import actions, queries
from usabtest.accounts.models import LinkPurpose, Role, User
from usabtest.accounts.throttle import subjects
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db, transaction
from usabtest.errors import Conflict, Gone
from usabtest.housekeeping import Chore


@pytest.fixture
def config(tables_url: str, tmp_path: Path) -> Config:
    return config_of(tmp_path, tables_url)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """The app with no context active, as each thread has its own."""
    app = create_app(config)
    yield app
    with app.app_context():
        db.engine.dispose()


def at_once(app: Flask, times: int, act: Callable[[], object]) -> list[object]:
    """Act in so many threads at the same moment; return what came out, errors of ours included."""
    together = threading.Barrier(times)
    outcomes: list[object] = []

    def once() -> None:
        with app.app_context():
            together.wait()
            try:
                with transaction():
                    outcomes.append(act())
            except (Gone, Conflict) as error:
                outcomes.append(error)

    threads = [threading.Thread(target=once) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == times
    return outcomes


def test_tries_are_counted_one_by_one(app: Flask) -> None:
    tried = subjects("rosa@example.org", "198.51.100.1")

    waits = at_once(app, 12, lambda: actions.take_try(tried, now=now()))

    assert sorted(wait != 0 for wait in waits) == [False] * 5 + [True] * 7


def test_a_link_is_used_once(app: Flask) -> None:
    with app.app_context(), transaction():
        token = actions.make_link(LinkPurpose.SETUP, None, now=now())

    def set_up() -> str:
        link = queries.link_by_text(token, LinkPurpose.SETUP)
        assert link is not None
        return actions.set_up_by_link(link, email="rosa@example.org", name="", password=PASSWORD, now=now()).email

    outcomes = at_once(app, 4, set_up)

    assert sorted(isinstance(outcome, Gone) for outcome in outcomes) == [False, True, True, True]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 1


def test_an_address_belongs_to_one_user(app: Flask) -> None:
    outcomes = at_once(app, 3, lambda: actions.create_user("rosa@example.org", role=Role.OBSERVER, now=now()).email)

    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True, True]


def test_a_tokens_times_come_back_as_they_went(app: Flask) -> None:
    with app.app_context():
        user = make_user()
        at = now().replace(microsecond=0)
        with transaction():
            text = actions.create_token(user, name="", now=at).text

        token = queries.token_by_text(text)

        assert token is not None
        assert token.created_at == at
        assert token.usable(at)
        assert not token.usable(token.expires_at)


def test_one_process_keeps_house(app: Flask, config: Config) -> None:
    called: list[object] = []
    chore = Chore("note", every_s=1, do=lambda at: len(called.append(at) or ()))

    with app.app_context(), kept_by_another_process(config):
        assert not housekeeping.work_round(app, config, [chore])
    assert called == []
    assert housekeeping.work_round(app, config, [chore])
    assert len(called) == 1


@contextmanager
def kept_by_another_process(config: Config) -> Iterator[None]:
    if db.engine.dialect.name == "sqlite":
        with (config.data_dir / "housekeeping.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        with db.engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(housekeeping.POSTGRESQL_LOCK)))
            yield
            connection.execute(sa.select(sa.func.pg_advisory_unlock(housekeeping.POSTGRESQL_LOCK)))
