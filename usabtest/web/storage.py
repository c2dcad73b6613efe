"""Whether what is recorded can be kept: said on pages and by `usabtest check`, before participants notice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from usabtest.config import Config

LEAST_FREE_BYTES = 50 * 1024 * 1024


def storage_trouble(config: Config) -> str | None:
    """Say in a sentence or two what keeps recordings from being stored; None if nothing does."""
    return _folder_trouble(config.data_dir) or _database_trouble(config)


def _folder_trouble(folder: Path) -> str | None:
    if not os.access(folder, os.W_OK | os.X_OK) or _is_read_only(folder):
        return f"The data folder {folder} cannot be written. Give the server’s user the right to write there."
    return _disk_trouble(folder)


def _disk_trouble(folder: Path) -> str | None:
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE_BYTES:
        return None
    return f"The disk of {folder} is nearly full: {free // (1024 * 1024)} MB are free. Make room."


def _database_trouble(config: Config) -> str | None:
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_trouble(Path(str(url.database)).expanduser().resolve())
    return _postgresql_trouble(url)


def _sqlite_trouble(file: Path) -> str | None:
    if not file.exists():
        return None  # not made yet
    if trouble := _disk_trouble(file.parent):
        return trouble
    try:
        # A writer that is at work just now is no trouble, so this does not wait for it.
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)) as probe:
            probe.execute("BEGIN IMMEDIATE")
            probe.execute("CREATE TABLE can_this_be_written (probe)")  # to begin is allowed with a read-only file, too
            probe.execute("ROLLBACK")
    except sqlite3.Error as error:
        if "locked" in str(error):
            return None
        return f"The database {file} cannot be written: {error}. Give the server’s user the right to write to it."
    return None


def _postgresql_trouble(url: sa.URL) -> str | None:
    try:
        with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
            read_only = connection.scalar(sa.text("SHOW transaction_read_only")) == "on"
    except sa.exc.OperationalError as error:
        return f"The database cannot be reached: {' '.join(str(error.orig).split())}."
    return "The database takes no writes: it is read-only." if read_only else None


def _is_read_only(folder: Path) -> bool:
    return hasattr(os, "ST_RDONLY") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
