"""What reads in a way of its own for each kind of database is tried on both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.databases import make_database
from usabtest.config import Config


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_database(tmp_path, database_url)
