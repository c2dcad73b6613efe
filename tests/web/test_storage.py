"""Whether what is recorded can be kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from usabtest.config import Config
from usabtest.db import db
from usabtest.web import storage
from usabtest.web.storage import storage_trouble

NOBODY = 65534


def test_it_works(app: Flask, config: Config) -> None:
    assert storage_trouble(config) is None


def test_a_disk_that_is_nearly_full(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LEAST_FREE_BYTES", 2**62)

    assert "nearly full" in str(storage_trouble(config))


def test_a_database_that_cannot_be_opened(app: Flask, config: Config) -> None:
    db.engine.dispose()
    for file in config.data_dir.glob("usabtest.sqlite3*"):
        file.write_bytes(b"not a database, and long enough to be seen as none" * 100)

    assert "cannot be written" in str(storage_trouble(config))


def test_a_writer_at_work_is_no_trouble(app: Flask, config: Config) -> None:
    busy = sqlite3.connect(config.data_dir / "usabtest.sqlite3", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    try:
        assert storage_trouble(config) is None
    finally:
        busy.close()


def test_the_probe_leaves_the_database_to_others(app: Flask, config: Config) -> None:
    storage_trouble(config)

    with db.engine.connect().execution_options(writes=True) as connection:
        connection.exec_driver_sql("CREATE TABLE probe (id INTEGER)")


@pytest.mark.postgresql
def test_an_sqlite_file_that_may_only_be_read(app: Flask, config: Config) -> None:
    db.engine.dispose()
    # Not in the test's own folder, which nobody else may enter: root may write whatever a file's rights say.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "usabtest.sqlite3"
        shutil.copy(config.data_dir / "usabtest.sqlite3", file)
        folder.chmod(0o777)
        file.chmod(0o444)
        us = os.geteuid()
        os.seteuid(us or NOBODY)
        try:
            said = storage_trouble(replace(config, data_dir=folder, database_url=f"sqlite:///{file}"))
        finally:
            os.seteuid(us)

    assert "cannot be written: attempt to write a readonly database" in str(said)


def test_postgresql_that_takes_no_writes(config: Config, postgresql_database_url: str) -> None:
    url = postgresql_database_url
    assert storage_trouble(replace(config, database_url=url)) is None

    read_only = f"{url}{'&' if '?' in url else '?'}options=-c%20default_transaction_read_only%3Don"
    assert "read-only" in str(storage_trouble(replace(config, database_url=read_only)))
