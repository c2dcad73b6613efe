"""What all tests share: templates and addresses that are compiled once, and a fresh, empty database of each kind."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

from tests.postgresql import find_programs, new_database, running_cluster

# Machines are noisy: no example is too slow. What CI says must not hang on chance: there the examples are the same each
# time, and new ones are looked for wherever else the tests are run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Of all that a run imports and keeps, nothing is ever garbage: to look through it so often took a seventh of the time.
gc.set_threshold(100_000, 50, 50)


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


class _RuleCompiledOnce(Rule):
    """An address that is built as the first app of a process has compiled it.

    To compile all of them again was nine tenths of the time that it takes to make an app.
    """

    _compiled: ClassVar[dict[object, Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        rule = (self.rule, self.subdomain, self.host, repr(self.defaults), append_unknown)
        if rule not in self._compiled:
            self._compiled[rule] = super()._compile_builder(append_unknown)
        return self._compiled[rule]


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> None:
    Flask.url_rule_class = _RuleCompiledOnce


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


@pytest.fixture(scope="session")
def postgresql_server(postgresql_url: str) -> Iterator[Engine]:
    """That PostgreSQL, for making databases and throwing them away."""
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_database_url(postgresql_server: Engine) -> Iterator[str]:
    """The address of a fresh, empty database in that PostgreSQL."""
    with new_database(postgresql_server) as url:
        yield url


@pytest.fixture
def sqlite_database_url(tmp_path: Path) -> str:
    """The address of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'usabtest.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_database_url")
    return url
