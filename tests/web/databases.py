"""The app's tables, in a database of either kind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from usabtest import migrations
from usabtest.config import Config


def make_tables(url: str) -> None:
    """Make all tables in the empty database at `url`."""
    engine = create_engine(url)
    migrations.upgrade(engine)
    engine.dispose()


def config_of(folder: Path, url: str) -> Config:
    """The settings of an app that keeps its files in `folder` and its rows in the database at `url`."""
    return Config(data_dir=folder, database_url=url, secret_key="a secret for tests only, no more")
