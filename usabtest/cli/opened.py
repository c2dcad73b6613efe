"""What every command needs: the app with its database in order, and a way to talk to people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
import sqlalchemy as sa
from flask import Flask

from usabtest import migrations
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db
from usabtest.errors import Conflict


def tell(text: str) -> None:
    """Say something to whoever sits at the terminal; what a program reads goes to stdout alone."""
    click.echo(text, err=True)


@contextmanager
def opened_app() -> Iterator[Flask]:
    """Give the app, in its context, with a database that has this version's tables.

    An empty database is filled; an older one is left to `usabtest serve` or `usabtest db upgrade`, for a running
    server might be using it.
    """
    with connected_app(Config.from_env()) as app:
        at, head = migrations.current(db.engine), migrations.head()
        if at is None:
            migrations.upgrade(db.engine)
        elif at != head:
            raise Conflict(f"The database is at revision {at}, this usabtest at {head}: `usabtest db upgrade`.")
        yield app


@contextmanager
def connected_app(config: Config) -> Iterator[Flask]:
    """Give the app, in its context, whatever its database is like; what the driver complains of becomes one line."""
    app = create_app(config)
    with app.app_context():
        try:
            yield app
        except sa.exc.DatabaseError as error:
            # What is damaged, or no database at all, has no class of its own; all other kinds are faults of ours.
            if type(error) not in {sa.exc.OperationalError, sa.exc.DatabaseError}:
                raise
            said = " ".join(str(error.orig).split())
            raise click.ClickException(
                f"The database cannot be used: {said}. See USABTEST_DATABASE_URL and USABTEST_DATA_DIR, "
                "and whether this user may write there."
            ) from error
        finally:
            db.session.remove()
            db.engine.dispose()
