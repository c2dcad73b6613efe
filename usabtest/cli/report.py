"""usabtest report and recompute: the figures of a study, without the web pages."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from usabtest.cli.opened import opened_app
from usabtest.errors import NotFound
from usabtest.reports.as_csv import to_csv
from usabtest.reports.as_json import to_json
from usabtest.reports.assemble import assemble
from usabtest.reports.export.texts import seen
from usabtest.reports.figures import StudyReport
from usabtest.reports.filters import Filters
from usabtest.reports.origin import origin
from usabtest.reports.queries import study_rows
from usabtest.reports.written import written
from usabtest.studies.models import Study
from usabtest.studies.queries import study_by_key

_BINARY = ("pdf", "xlsx")
_DATA_ALONE = ("json", "csv")


@click.command()
@click.argument("key")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "html", "pdf", "xlsx", "csv"]),
    default="json",
    show_default=True,
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to stdout."
)
def report(key: str, form: str, output: Path | None) -> None:
    """Write the report of the study KEY."""
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"A report as {form} is no text for a terminal: name a file with -o, or use a pipe.")
    with opened_app():
        study = study_by_key(key)
        if study is None:
            raise NotFound(f"There is no study with the key {key}: `usabtest study list` names all.")
        found = assemble(study_rows(study, Filters(), now=dt.datetime.now(dt.UTC)))
        text = _written(study, found, form)
    if form in _DATA_ALONE:
        click.echo(seen(origin(found).printed), err=True)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error


def _written(study: Study, found: StudyReport, form: str) -> bytes:
    match form:
        case "csv":
            return to_csv(found).encode()
        case "pdf" | "html" | "xlsx":
            return written(f"report.{form}", study, found, reader=study.owner)
        case _:
            return to_json(found)
