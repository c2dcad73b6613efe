"""Databases of either kind, with all tables."""

from __future__ import annotations

from pathlib import Path

from usabtest import migrations
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db


def make_database(folder: Path, url: str) -> Config:
    """Make the tables there, and return the settings of an app that uses them."""
    config = Config(
        data_dir=folder,
        database_url=url.replace("postgresql://", "postgresql+psycopg://"),
        secret_key="a secret for tests only, no more",
    )
    app = create_app(config)
    with app.app_context():
        migrations.upgrade(db.engine)
        db.engine.dispose()
    return config
