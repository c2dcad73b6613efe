"""The app with a database of its own for each test, and the cast: alice owns the study, bob moderates it, olive may
only watch, charlie must see nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from tests.factories import make_user
from tests.postgresql import new_database
from tests.web.databases import config_of, make_tables
from usabtest.accounts.models import Role, User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db


class Browser(FlaskClient):
    """Each request has a context and a database session of its own, as with a real server.

    The test has its own, too; what it read before is let go, so that it sees afterwards what the request has changed.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        with self.application.app_context():
            return super().open(*args, buffered=True, **kwargs)


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows, made once and copied for each test."""
    file = tmp_path_factory.mktemp("tables") / "usabtest.sqlite3"
    make_tables(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_tables_url(tmp_path: Path, sqlite_tables: Path) -> str:
    """The address of an SQLite database with all tables and no rows."""
    file = tmp_path / "usabtest.sqlite3"
    shutil.copy(sqlite_tables, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: Engine) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables and no rows, made once and copied for each test."""
    with new_database(postgresql_server) as url:
        make_tables(url)
        yield str(make_url(url).database)


@pytest.fixture
def postgresql_tables_url(postgresql_server: Engine, postgresql_tables: str) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables and no rows."""
    with new_database(postgresql_server, template=postgresql_tables) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def tables_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables and no rows: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_tables_url")
    return url


@pytest.fixture
def config(tmp_path: Path, sqlite_tables_url: str) -> Config:
    return config_of(tmp_path, sqlite_tables_url)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def db_session(app: Flask) -> Session:
    return db.session()


@pytest.fixture
def admin(app: Flask) -> User:
    return make_user("admin@example.org", role=Role.ADMIN)


@pytest.fixture
def alice(app: Flask) -> User:
    return make_user("alice@example.org", name="Alice")


@pytest.fixture
def bob(app: Flask) -> User:
    return make_user("bob@example.org", name="Bob")


@pytest.fixture
def olive(app: Flask) -> User:
    return make_user("olive@example.org", name="Olive", role=Role.OBSERVER)


@pytest.fixture
def charlie(app: Flask) -> User:
    return make_user("charlie@example.org", name="Charlie")
