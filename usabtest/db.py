"""The database: its base, the columns that recur, and the one way to write."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 10_000
_ROWS_AT_ONCE = 100


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware UTC datetime; SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime ({value}) cannot be stored: times are aware UTC")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, _dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


type_json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def random_id() -> int:
    """A random positive 63-bit number: no order, no guess, no sequence to share between machines."""
    return secrets.randbits(63) or 1


PrimaryKey = Annotated[int, mapped_column(sa.Integer, primary_key=True)]
RandomKey = Annotated[int, mapped_column(sa.BigInteger, primary_key=True, autoincrement=False, default=random_id)]
BigInt = Annotated[int, mapped_column(sa.BigInteger)]
Time = Annotated[dt.datetime, mapped_column(UtcDateTime)]
Key = Annotated[str, mapped_column(sa.String(64))]
Text = Annotated[str, mapped_column(sa.Text)]
Digest = Annotated[bytes, mapped_column(sa.LargeBinary(32))]
Json = Annotated[Any, mapped_column(type_json)]


class _Base(DeclarativeBase):
    registry = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={dt.datetime: UtcDateTime},
    )


db = SQLAlchemy(model_class=_Base)

if TYPE_CHECKING:
    Model = _Base
else:
    Model = db.Model


@contextmanager
def transaction() -> Iterator[Session]:
    """Write, in one transaction, or not at all.

    What was read before is let go and read again inside: on SQLite a transaction that begins by reading and then
    writes fails at once if another has written meanwhile, so writing transactions begin as writers.
    """
    session = db.session()
    session.commit()
    session.connection(execution_options={"writes": True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def plain_columns(asked: sa.Executable, count: int) -> list[list[Any]]:
    """Read so many columns as the driver gives them, for those that need no conversion: hundreds of thousands of rows.

    The rows are turned a few at a time: as many tuples at once would keep the garbage collector busier than the driver.
    """
    columns: list[list[Any]] = [[] for _ in range(count)]
    result = db.session.connection().execute(asked)
    cursor = result.cursor
    while cursor and (rows := cursor.fetchmany(_ROWS_AT_ONCE)):
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    result.close()
    return columns


def put(model: type[DeclarativeBase], key: dict[str, object], values: dict[str, object]) -> None:
    """Write the row with this primary key, new or not, in one statement, so that two at once do not collide."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(model).values(**key, **values).on_conflict_do_update(index_elements=list(key), set_=values)
    db.session.execute(statement)


def prepare_engine(engine: sa.Engine) -> None:
    """Set up each connection of `engine`: SQLite durable, in WAL mode, with real transactions and foreign keys."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late: ours stands below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
