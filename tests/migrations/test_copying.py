"""A copy has every row of the other database, whichever kind either is."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from usabtest.db import UtcDateTime, prepare_engine
from usabtest.migrations import upgrade
from usabtest.migrations.copying import CopyError, copy
from usabtest.migrations.models import metadata

HOSTILE = '\'; DROP TABLE "user" -- \\ \n 💥 عربي'
NOW = dt.datetime(2026, 11, 14, 12, 0, 1, 234_567, tzinfo=dt.UTC)
TURNS = (1, 2, 3)
ONE_OF = {("user", "role"): "admin", ("study", "status"): "live", ("member", "role"): "moderator"}
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))

Make = Callable[[str], Engine]


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    """Makes empty databases of a kind; of PostgreSQL one has a schema of its own for each."""
    numbers = itertools.count()

    def make_one(kind: str) -> Engine:
        if kind == "sqlite":
            engine = sa.create_engine(f"sqlite:///{tmp_path / f'{next(numbers)}.sqlite3'}", poolclass=sa.NullPool)
        else:
            url = request.getfixturevalue("postgresql_database_url")
            schema = f"own{next(numbers)}"
            with sa.create_engine(url, poolclass=sa.NullPool).begin() as connection:
                connection.execute(sa.schema.CreateSchema(schema))
            options = {"options": f"-c search_path={schema}"}
            engine = sa.create_engine(url, connect_args=options, poolclass=sa.NullPool)
        prepare_engine(engine)
        return engine

    return make_one


@pytest.fixture(params=KINDS)
def source(request: pytest.FixtureRequest, make: Make) -> Engine:
    engine = make(request.param)
    upgrade(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        fill(connection)
    return engine


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest, make: Make) -> Engine:
    return make(request.param)


def fill(connection: sa.Connection) -> None:
    """Put rows into every table: all columns filled, then those empty that may be, then with a null in its JSON."""
    for table in metadata().sorted_tables:
        for turn in TURNS:
            connection.execute(sa.insert(table).values(row_of(table, turn)))
    # A pointer at the table itself that points forward.
    study = metadata().tables["study"]
    connection.execute(sa.update(study).where(study.c.id == 1).values(previous_id=2))


def row_of(table: sa.Table, turn: int) -> dict[str, Any]:
    return {column.name: value_of(column, turn) for column in table.c if not (column.nullable and turn == 2)}


def value_of(column: sa.Column[Any], turn: int) -> Any:
    if (column.table.name, column.name) in ONE_OF:
        return ONE_OF[column.table.name, column.name]
    if [key for key in column.foreign_keys if key.column.table is column.table]:
        return None
    if column.foreign_keys or (column.primary_key and isinstance(column.type, sa.Integer)):
        return turn
    match column.type:
        case UtcDateTime():
            return NOW
        case sa.JSON():
            return (
                sa.null()
                if turn == 1 and column.nullable
                else {HOSTILE: [None, 1.5, 2**62, turn]}
                if turn == 1
                else None
            )
        case sa.Boolean():
            return turn == 1
        case sa.LargeBinary():
            return bytes([0, 255, turn])
        case sa.BigInteger():
            return 2**62 + turn
        case sa.Integer():
            return turn
        case _:
            return f"{turn}{HOSTILE}"[: getattr(column.type, "length", None) or 200]


def everything(engine: Engine) -> dict[str, list[Any]]:
    """All rows; JSON with a mark on what is a null that was written, and what is none."""
    found = {}
    with engine.connect() as connection:
        for table in metadata().sorted_tables:
            unwritten = [sa.cast(one, sa.Text).is_(None) for one in table.c if isinstance(one.type, sa.JSON)]
            rows = connection.execute(sa.select(*table.c, *unwritten).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
    return found


def test_it_works(source: Engine, target: Engine) -> None:
    told: list[int] = []

    copied = copy(source, target, told.append)

    assert everything(target) == everything(source)
    assert copied == {table.name: len(TURNS) for table in metadata().sorted_tables}
    assert sum(told) == sum(copied.values())


def test_new_rows_take_the_next_number(source: Engine, target: Engine) -> None:
    copy(source, target)

    user = metadata().tables["user"]
    row = {name: value for name, value in row_of(user, 1).items() if name != "id"}
    with target.connect().execution_options(writes=True) as connection, connection.begin():
        [key] = connection.execute(sa.insert(user).values({**row, "email": "new@example.org"})).inserted_primary_key
    assert key == len(TURNS) + 1


def test_what_is_there_already_is_left_alone(source: Engine, target: Engine) -> None:
    copy(source, target)
    before = everything(target)

    with pytest.raises(CopyError, match="not empty"):
        copy(source, target)

    assert everything(target) == before


def test_a_database_of_another_version_is_not_copied(make: Make, target: Engine) -> None:
    with pytest.raises(CopyError, match="db upgrade"):
        copy(make("sqlite"), target)


def test_many_rows_come_in_slices(make: Make, target: Engine) -> None:
    source = make("sqlite")
    upgrade(source)
    user = metadata().tables["user"]
    rows = [{**row_of(user, 1), "id": number, "email": f"{number}@example.org"} for number in range(1, 1002)]
    with source.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.insert(user), rows)
    told: list[int] = []

    assert copy(source, target, told.append)["user"] == 1001
    assert max(told) < 1001


def test_it_is_all_or_nothing(source: Engine, target: Engine) -> None:
    upgrade(target)
    with target.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("CREATE UNIQUE INDEX refuses ON answer (study_id)"))
    with source.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("UPDATE answer SET study_id = 1"))

    with pytest.raises(sa.exc.IntegrityError):
        copy(source, target)

    assert not any(everything(target).values())
