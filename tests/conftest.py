"""What all tests share: templates that are compiled once, and a fresh, empty database of each kind."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.postgresql import find_programs, running_cluster

# Machines are noisy: no example is too slow. What CI says must not hang on chance: there the examples are the same each
# time, and new ones are looked for wherever else the tests are run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_numbers = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each app of a run, in whichever of its processes, takes a template as the first that used it has compiled it.

    To compile them again for each app took half of the time of the tests of pages.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    compiled = folder / "compiled-templates"
    compiled.mkdir(exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(compiled))}


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a PostgreSQL that is thrown away after the run; its database is for making others."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL's programs are missing, and CI skips nothing: `make setup` installs them as root")
        pytest.skip("PostgreSQL's programs (initdb, pg_ctl) are not on this machine")
    with running_cluster(programs) as url:
        yield url


@pytest.fixture
def postgresql_database_url(postgresql_url: str) -> Iterator[str]:
    """The address of a fresh, empty database in that PostgreSQL."""
    name = f"usabtest_{next(_numbers)}"
    _execute(postgresql_url, f"CREATE DATABASE {name} TEMPLATE template0")
    yield make_url(postgresql_url).set(database=name).render_as_string(hide_password=False)
    _execute(postgresql_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_database_url(tmp_path: Path) -> str:
    """The address of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'usabtest.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_database_url")
    return url


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
