"""What Alembic runs around every command: on the connection that `usabtest.migrations` hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import make_url
from sqlalchemy.types import TypeDecorator

from usabtest.migrations.models import metadata

_POSTGRESQL = make_url("postgresql+psycopg://").get_dialect()()


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
        render_item=render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_type(kind: str, item: object, context: AutogenContext) -> str | Literal[False]:
    """Write a type of ours as the plain type it stands on: a revision must not change when our code does."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if type(item) is JSON and isinstance(item.dialect_impl(_POSTGRESQL), postgresql.JSONB):
        # Alembic's own words for this one name a Text that they do not import.
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


migrate(context.config.attributes["connection"])
