"""A database of either kind comes to the tables of this version, whatever happens on the way."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from threading import BrokenBarrierError
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from usabtest.db import prepare_engine
from usabtest.migrations import DatabaseTooNewError, current, head, make_config, upgrade
from usabtest.migrations.models import metadata

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

AT_ONCE = 4


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


def make_engine(url: str) -> Engine:
    engine = create_engine(url)
    prepare_engine(engine)
    return engine


def test_it_works(engine: Engine) -> None:
    assert current(engine) is None

    upgrade(engine)

    assert current(engine) == head()
    assert set(inspect(engine).get_table_names()) == {*metadata().tables, "alembic_version"}


def test_the_revisions_make_what_the_models_say(engine: Engine) -> None:
    upgrade(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata()) == []


def test_it_goes_back_and_forth(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        config = make_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]

    upgrade(engine)

    assert set(metadata().tables) < set(inspect(engine).get_table_names())


def test_several_processes_may_start_at_once(engine: Engine, database_url: str) -> None:
    start = multiprocessing.get_context("spawn")
    barrier = start.Barrier(AT_ONCE)
    processes = [start.Process(target=upgrade_together, args=(database_url, barrier)) for _ in range(AT_ONCE)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * AT_ONCE
    assert current(engine) == head()


def upgrade_together(url: str, barrier: Barrier) -> None:
    engine = make_engine(url)
    try:
        barrier.wait(timeout=60)
    except BrokenBarrierError:
        raise SystemExit("the other processes did not come") from None
    upgrade(engine)


def test_it_leaves_everything_as_it_was_when_it_fails(engine: Engine) -> None:
    in_the_way = metadata().sorted_tables[-1].name
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {in_the_way} (somebody_elses INTEGER)"))

    with pytest.raises(Exception, match="already exists"):
        upgrade(engine)

    assert inspect(engine).get_table_names() == [in_the_way]
    assert current(engine) is None


def test_it_refuses_the_database_of_a_later_version(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNewError, match="9999"):
        upgrade(engine)

    assert current(engine) == "9999"


def test_it_gives_sqlites_connection_back_as_it_was(sqlite_database_url: str) -> None:
    engine = make_engine(sqlite_database_url)
    asked = [text(f"PRAGMA {name}") for name in ("foreign_keys", "busy_timeout", "synchronous")]
    with engine.connect() as connection:
        before = [connection.scalar(question) for question in asked]

    upgrade(engine)

    with engine.connect() as connection:
        assert [connection.scalar(question) for question in asked] == before
    engine.dispose()
