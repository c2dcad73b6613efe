from __future__ import annotations

import os
import re
import stat
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from usabtest.config import Config
from usabtest.errors import ConfigError


def read(folder: Path, **settings: str) -> Config:
    return Config.from_env({"USABTEST_DATA_DIR": str(folder), **{f"USABTEST_{key}": v for key, v in settings.items()}})


def test_it_works_without_any_setting(tmp_path: Path) -> None:
    config = read(tmp_path / "new" / "folder")

    assert config.database_url == f"sqlite:///{tmp_path}/new/folder/usabtest.sqlite3"
    assert config.public_url is None
    assert config.trusted_proxies == 0
    assert not config.secure


def test_a_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key

    assert read(tmp_path).secret_key == first
    assert len(first) >= 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_damaged_secret_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")

    with pytest.raises(ConfigError, match="holds no key"):
        read(tmp_path)


def test_a_given_secret_key_is_not_written(tmp_path: Path) -> None:
    assert read(tmp_path, SECRET_KEY="given").secret_key == "given"
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgresql://me@db/lab", "postgresql+psycopg://me@db/lab"),
        ("postgres://me@db/lab", "postgresql+psycopg://me@db/lab"),
        ("sqlite:////var/lib/lab.db", "sqlite:////var/lib/lab.db"),
    ],
)
def test_a_database_may_be_named(tmp_path: Path, given: str, taken: str) -> None:
    assert read(tmp_path, DATABASE_URL=given).database_url == taken


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://me@db/lab"),
        ("DATABASE_URL", "lab.db"),
        ("DATABASE_URL", "postgresql://me@db:port/lab"),
        ("PUBLIC_URL", "lab.example.org"),
        ("PUBLIC_URL", "ftp://lab.example.org"),
        ("PUBLIC_URL", "https://lab.example.org/?a=b"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("SESSION_DAYS", "0"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"USABTEST_{name}"):
        read(tmp_path, **{name: value})


def test_what_postgresql_needs_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed

    with pytest.raises(ConfigError, match=r"^USABTEST_DATABASE_URL: PostgreSQL needs psycopg\. Run: "):
        read(tmp_path, DATABASE_URL="postgresql://me@db/lab")


def test_the_public_address_has_no_slash_at_its_end(tmp_path: Path) -> None:
    config = read(tmp_path, PUBLIC_URL="https://lab.example.org/ux/")

    assert config.public_url == "https://lab.example.org/ux"
    assert config.secure


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(ConfigError, match="cannot be written"):
        read(tmp_path)


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(ConfigError, match="USABTEST_DATA_DIR"):
        read(tmp_path / "taken")


def test_the_readme_names_every_setting() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

    named = re.findall(r"^\| `(USABTEST_\w+)` \|", readme, re.MULTILINE)

    assert named == [f"USABTEST_{field.name.upper()}" for field in fields(Config)]
