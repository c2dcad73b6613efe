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
from sqlalchemy.orm import Session

from tests.factories import make_user
from usabtest import migrations
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
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("tables")
    app = create_app(_config(folder))
    with app.app_context():
        migrations.upgrade(db.engine)
        db.engine.dispose()
    return folder / "usabtest.sqlite3"


@pytest.fixture
def config(tmp_path: Path, filled_database: Path) -> Config:
    shutil.copy(filled_database, tmp_path / "usabtest.sqlite3")
    return _config(tmp_path)


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


def _config(folder: Path) -> Config:
    return Config(
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'usabtest.sqlite3'}",
        secret_key="a secret for tests only, no more",
    )
