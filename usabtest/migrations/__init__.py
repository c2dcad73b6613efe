"""Bring a database to the tables of this version, one process at a time.

The revisions lie in `versions/`, inside the package, so that an installed copy can upgrade itself. An upgrade is one
transaction under a lock: of two processes that start at once, the second waits and then finds nothing to do, and an
upgrade that fails leaves the database as it was.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from usabtest.errors import UsabtestError

_HERE = Path(__file__).resolve().parent
_LOCK_WAIT_MS = 120_000
_POSTGRESQL_LOCK = 0x7573_6162  # "usab": any number that nobody else in the database locks


class DatabaseTooNewError(UsabtestError):
    """The database has been brought forward by a later version of usabtest than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is at revision {revision}, which this version of usabtest does not know: "
            "start the newer version that made it, or restore a backup from before"
        )
        self.revision = revision


def upgrade(engine: Engine) -> None:
    """Bring the database to `head()`; nothing happens where it is there already."""
    with _turn_to_connect(engine):
        if current(engine) == head():
            return
        _upgrade(engine)


def current(engine: Engine) -> str | None:
    """Return the revision that the database is at, None for one without tables."""
    with engine.connect() as connection:
        return _revision_of(connection)


def head() -> str | None:
    """Return the newest revision that this version of usabtest brings."""
    return ScriptDirectory.from_config(make_config()).get_current_head()


def make_config() -> Config:
    """Return Alembic's settings; whoever runs a command hands over `attributes["connection"]`."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _upgrade(engine: Engine) -> None:
    with _locked(engine) as connection:
        before = _revision_of(connection)
        if before is not None and not _is_known(before):
            raise DatabaseTooNewError(before)
        config = make_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_known(revision: str) -> bool:
    try:
        return ScriptDirectory.from_config(make_config()).get_revision(revision) is not None
    except CommandError:
        return False


@contextmanager
def _turn_to_connect(engine: Engine) -> Iterator[None]:
    """Let one process at a time meet a new SQLite file: the change to WAL at the first connection waits for nobody."""
    folder = Path(engine.url.database or ":memory:").parent
    if engine.dialect.name != "sqlite" or not folder.is_dir():
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that no other upgrade can be in, and commit it at the end."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, _locked_sqlite(connection):
            yield connection
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRESQL_LOCK})
        yield connection


@contextmanager
def _locked_sqlite(connection: Connection) -> Iterator[None]:
    """Hold SQLite's write lock, foreign keys unchecked until the end.

    Python's driver opens transactions in its own way and not before CREATE or ALTER, so its way is switched off. A
    table that is rebuilt is dropped for a moment, which would delete what refers to it; SQLite can be told not to check
    only outside a transaction: https://sqlite.org/lang_altertable.html#otheralter
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    isolation_before = driver.isolation_level
    foreign_keys_before, busy_before = _pragma(driver, "foreign_keys"), _pragma(driver, "busy_timeout")
    driver.isolation_level = None
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute(f"PRAGMA busy_timeout = {_LOCK_WAIT_MS}")
    try:
        with connection.begin():
            # Whatever SQLAlchemy's own begin has opened by now, a write lock from the first statement on is wanted.
            if driver.in_transaction:
                driver.execute("ROLLBACK")
            driver.execute("BEGIN IMMEDIATE")
            yield
            if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError(f"the upgrade would leave rows that refer to nothing: {broken[:5]}")
    finally:
        driver.execute(f"PRAGMA foreign_keys = {foreign_keys_before}")
        driver.execute(f"PRAGMA busy_timeout = {busy_before}")
        driver.isolation_level = isolation_before


def _pragma(driver: sqlite3.Connection, name: str) -> int:
    return int(driver.execute(f"PRAGMA {name}").fetchone()[0])
