"""The database: its base, the columns that recur, and the one way to write."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 10_000


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
        return None if value is None else _aware(value)


def _aware(stored: dt.datetime) -> dt.datetime:
    return stored.replace(tzinfo=dt.UTC) if stored.tzinfo is None else stored.astimezone(dt.UTC)


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


def plain_columns(asked: sa.Select[*tuple[Any, ...]]) -> list[Any]:
    """Read columns of hundreds of thousands of rows: lists of numbers, words and times, and Joined of bytes.

    The database writes each column as one JSON array, and bytes behind each other; all columns have the same order,
    whichever it is. A row at a time, the driver would take three times as long to make objects of them.
    """
    rows = asked.subquery()
    wanted: list[sa.ColumnElement[Any]] = []
    for column in rows.c:
        if isinstance(column.type, sa.LargeBinary):
            wanted += [_Joined(column), _Array(sa.func.length(column))]
        else:
            wanted.append(_Array(column))
    found = iter(db.session.execute(sa.select(*wanted).select_from(rows)).one())
    columns: list[Any] = []
    for column in rows.c:
        if isinstance(column.type, sa.LargeBinary):
            columns.append(Joined(next(found) or b"", msgspec.json.decode(next(found))))
        elif isinstance(column.type, UtcDateTime):
            columns.append([_time_of(text) for text in msgspec.json.decode(next(found))])
        else:
            columns.append(msgspec.json.decode(next(found)))
    return columns


class Joined(NamedTuple):
    """The bytes of many rows behind each other, and how many there are of each; None where there were none.

    >>> Joined.of([b"a", None, b"", b"bc"])
    Joined(data=b'abc', sizes=[1, None, 0, 2])
    >>> Joined(b"abc", [1, None, 0, 2]).parts()
    [b'a', None, b'', b'bc']
    """

    data: bytes
    sizes: list[int | None]

    @classmethod
    def of(cls, parts: Sequence[bytes | None]) -> Joined:
        """Join parts."""
        return cls(b"".join(filter(None, parts)), [None if part is None else len(part) for part in parts])

    def parts(self) -> list[bytes | None]:
        """Cut what is joined into its parts again."""
        ends = accumulate(size or 0 for size in self.sizes)
        return [
            None if size is None else self.data[end - size : end] for size, end in zip(self.sizes, ends, strict=True)
        ]


class _Array(FunctionElement[str]):
    """All values of a column as the text of a JSON array, in the order in which the rows are read."""

    type = sa.Text()
    inherit_cache = True


class _Joined(FunctionElement[bytes]):
    """The bytes of all rows behind each other, in that same order."""

    type = sa.LargeBinary()
    inherit_cache = True


_WRITTEN = {
    (_Array, "sqlite"): "json_group_array({0})",
    (_Array, "postgresql"): "coalesce(json_agg({0})::text, '[]')",
    # SQLite joins only texts; to it bytes are one, and the cast takes them back as they are.
    (_Joined, "sqlite"): "CAST(group_concat({0}, '') AS BLOB)",
    (_Joined, "postgresql"): "string_agg({0}, ''::bytea)",
}


@compiles(_Array)
@compiles(_Joined)
def _write(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    [column] = element.clauses
    return _WRITTEN[type(element), compiler.dialect.name].format(compiler.process(column, **options))


def _time_of(text: str | None) -> dt.datetime | None:
    return None if text is None else _aware(dt.datetime.fromisoformat(text))


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
