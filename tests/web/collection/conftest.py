"""Collection is tried on both kinds of database: what it promises, the database must keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from usabtest import migrations
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    config = Config(
        data_dir=tmp_path,
        database_url=database_url.replace("postgresql://", "postgresql+psycopg://"),
        secret_key="a secret for tests only, no more",
    )
    app = create_app(config)
    with app.app_context():
        migrations.upgrade(db.engine)
        db.engine.dispose()
    return config
