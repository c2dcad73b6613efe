"""What Alembic runs around every command: on the connection that `usabtest.migrations` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from usabtest.migrations.models import metadata


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
