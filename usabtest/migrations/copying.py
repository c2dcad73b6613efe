"""Everything of one database into another, of whichever kind: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table

from usabtest import migrations
from usabtest.errors import UsabtestError
from usabtest.migrations.models import metadata

_ROWS_AT_ONCE = 200

Progress = Callable[[int], object]


class CopyError(UsabtestError):
    """The one database cannot be copied into the other; the other is as it was, but for empty tables."""


def copy(source: Engine, target: Engine, progress: Progress = lambda _: None) -> dict[str, int]:
    """Copy all rows, in one transaction on each side, and return how many there are of each table.

    The source must have the tables of this version; the target, which gets them, must have nothing in them.
    `progress` is told each time how many rows more are there.
    """
    at = migrations.current(source)
    if at != migrations.head():
        raise CopyError(
            f"the database to copy from is at revision {at or 'none'}, this usabtest at {migrations.head()}: "
            "point USABTEST_DATABASE_URL at it and run `usabtest db upgrade`"
        )
    migrations.upgrade(target)
    tables = metadata().sorted_tables
    with _steady(source) as reading, target.connect().execution_options(writes=True) as writing, writing.begin():
        if full := [table.name for table in tables if _count(writing, table)]:
            raise CopyError(f"the database to copy to is not empty: there are rows in {', '.join(full)}")
        copied = {}
        for table in tables:
            copied[table.name] = _copy_table(table, reading, writing, progress)
        for table in tables:
            there = _count(writing, table)
            if not _count(reading, table) == copied[table.name] == there:
                raise CopyError(f"of {table.name} {copied[table.name]} rows were read and {there} are there")
            _go_on_counting(table, writing)
    return copied


def count(engine: Engine) -> int:
    """How many rows there are to copy."""
    with engine.connect() as connection:
        return sum(_count(connection, table) for table in metadata().sorted_tables)


def _steady(engine: Engine) -> Connection:
    """A connection that sees the database as it is at the first question, whatever is written meanwhile."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.connect().execution_options(**options)


def _copy_table(table: Table, reading: Connection, writing: Connection, progress: Progress) -> int:
    copied = 0
    written = sa.insert(table).values({column.name: _as_written(column, writing) for column in table.c})
    with _rows(table, reading) as found:
        for rows in found.partitions():
            writing.execute(written, [dict(zip(table.c.keys(), row, strict=True)) for row in rows])
            copied += len(rows)
            progress(len(rows))
    _point_at_themselves(table, reading, writing)
    return copied


def _rows(table: Table, reading: Connection) -> sa.CursorResult[Any]:
    """The rows, some at a time; what points at the table itself is left out, for it may point forward."""
    pointers = set(_pointers(table))
    wanted = [sa.null().label(column.name) if column in pointers else _as_read(column) for column in table.c]
    asked = sa.select(*wanted).order_by(*table.primary_key)
    return reading.execute(asked, execution_options={"yield_per": _ROWS_AT_ONCE})


def _as_read(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """JSON as its text: nothing of it is decoded, and a null that was written is told from nothing written."""
    return sa.cast(column, sa.Text).label(column.name) if isinstance(column.type, sa.JSON) else column


def _as_written(column: sa.Column[Any], writing: Connection) -> sa.ColumnElement[Any]:
    if not isinstance(column.type, sa.JSON):
        return sa.bindparam(column.name, type_=column.type)
    text = sa.bindparam(column.name, type_=sa.Text())
    return sa.cast(text, column.type) if writing.dialect.name == "postgresql" else sa.type_coerce(text, sa.Text())


def _pointers(table: Table) -> list[sa.Column[Any]]:
    return [key.parent for key in table.foreign_keys if key.column.table is table]


def _point_at_themselves(table: Table, reading: Connection, writing: Connection) -> None:
    for pointer in _pointers(table):
        [own] = table.primary_key
        for id_, other in reading.execute(sa.select(own, pointer).where(pointer.is_not(None))).all():
            writing.execute(sa.update(table).where(own == id_).values({pointer.name: other}))


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _go_on_counting(table: Table, writing: Connection) -> None:
    """PostgreSQL counts ids by itself, and has to be told where it stands."""
    own = table.autoincrement_column
    if writing.dialect.name == "postgresql" and own is not None:
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', own.name)
        largest = sa.select(sa.func.max(own)).scalar_subquery()
        writing.execute(sa.select(sa.func.setval(sequence, largest)).where(largest.is_not(None)))
