"""Collection is tried on both kinds of database: what it promises, the database must keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.databases import config_of
from usabtest.config import Config


@pytest.fixture
def config(tmp_path: Path, tables_url: str) -> Config:
    return config_of(tmp_path, tables_url)
