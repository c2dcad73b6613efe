"""usabtest db copy: from one database into another."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from usabtest.cli.opened import tell
from usabtest.config import database_url
from usabtest.db import prepare_engine
from usabtest.migrations import copying


@click.command(name="copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy_database(source: str, target: str) -> None:
    """Copy everything from one database into another, empty one, such as SQLite into PostgreSQL.

    FROM and TO are addresses: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME. All rows come over, or none.
    Prints how many there are of each table.
    """
    reading, writing = _engine(source, "FROM"), _engine(target, "TO")
    if reading.url == writing.url:
        raise click.UsageError("FROM and TO are the same database.")
    _refuse_missing(reading)
    try:
        with click.progressbar(
            length=copying.count(reading), label="Rows", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            copied = copying.copy(reading, writing, bar.update)
    except sa.exc.DBAPIError as error:
        said = " ".join(str(error.orig).split())
        raise click.ClickException(f"The copy failed, and nothing was kept of it: {said}") from error
    finally:
        reading.dispose()
        writing.dispose()
    for name, rows in copied.items():
        click.echo(f"{rows}\t{name}")
    tell(
        f"{sum(copied.values()):,} rows were copied and counted. Point USABTEST_DATABASE_URL at the copy and keep "
        "secret_key: links and sign-ins hang on it. What the old database takes from now on is not in it."
    )


def _engine(address: str, name: str) -> Engine:
    engine = sa.create_engine(database_url(address, name))
    prepare_engine(engine)
    return engine


def _refuse_missing(engine: Engine) -> None:
    """Looking into an SQLite file that is not there would make one."""
    file = make_url(engine.url).database
    if engine.dialect.name == "sqlite" and not (file and Path(file).is_file()):
        raise click.ClickException(f"There is no database in {file}.")
