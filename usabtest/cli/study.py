"""usabtest study: studies as files."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import BinaryIO, NoReturn

import click
import msgspec

from usabtest.accounts.models import Role, User
from usabtest.accounts.queries import all_users, user_by_email
from usabtest.cli.opened import opened_app, tell
from usabtest.db import transaction
from usabtest.errors import Conflict, NotFound, NotValid, StudyFileError
from usabtest.studies import actions, queries
from usabtest.studies.links import links_of, script_tag, unreachable
from usabtest.studies.models import Status, Study
from usabtest.studyfile.read import read_text
from usabtest.studyfile.types import StudySpec
from usabtest.studyfile.write import to_yaml


@click.group()
def study() -> None:
    """Bring studies in from files and out again, and run them."""


@study.command(name="import")
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="If the study exists and is a draft, give it this definition.")
@click.option("--owner", metavar="EMAIL", help="Whose study it is; the first administrator, if left out.")
def import_study(file: BinaryIO, replace: bool, owner: str | None) -> None:
    """Make a study from FILE (YAML or JSON; - is standard input) and print its key and links as JSON."""
    try:
        spec = read_text(file.read())
    except StudyFileError as error:
        _tell_faults(error)
    with opened_app():
        with transaction():
            made = _bring_in(spec, replace=replace, owner=owner)
            body = {"key": made.key, "links": asdict(links_of(made)), "snippet": script_tag()}
        if sentence := unreachable(spec):
            tell(f"Warning: {sentence}")
        click.echo(msgspec.json.format(msgspec.json.encode(body)).decode())


@study.command(name="export")
@click.argument("key")
def export_study(key: str) -> None:
    """Print a study as YAML."""
    with opened_app():
        click.echo(to_yaml(_study(key).spec), nl=False)


@study.command(name="list")
def list_studies() -> None:
    """Print all studies: key, status, owner, title; separated by tabs."""
    with opened_app():
        for row in queries.all_studies():
            click.echo("\t".join((row.key, row.status, row.owner.email, row.title)))


@study.command(name="status")
@click.argument("key")
@click.argument("status", type=click.Choice([status.value for status in Status]), metavar="STATUS")
def set_status(key: str, status: str) -> None:
    """Take a study to another status: draft, pilot, live, paused, closed."""
    with opened_app():
        try:
            with transaction():
                actions.set_status(_study(key), Status(status), now=_now())
        except NotValid as error:
            _tell_faults(error)
    tell(f"{key} is {status}.")


def _bring_in(spec: StudySpec, *, replace: bool, owner: str | None) -> Study:
    existing = queries.study_by_key(spec.key) if spec.key else None
    if existing is None:
        return actions.create(spec, owner=_owner(owner), now=_now())
    if not replace:
        raise Conflict(f"There is a study with the key {spec.key} already: --replace replaces a draft.")
    actions.replace_draft(existing, spec, now=_now())
    return existing


def _owner(email: str | None) -> User:
    if email is not None:
        found = user_by_email(email)
        if found is None:
            raise NotFound(f"There is no user {email}. `usabtest user list` names all.")
        return found
    admins = [user for user in all_users() if user.role == Role.ADMIN and user.active]
    if not admins:
        raise NotFound("There is no administrator to own the study: `usabtest user create EMAIL --role admin` first.")
    return min(admins, key=lambda user: user.id)


def _study(key: str) -> Study:
    found = queries.study_by_key(key)
    if found is None:
        raise NotFound(f"There is no study {key}. `usabtest study list` names all.")
    return found


def _tell_faults(error: StudyFileError | NotValid) -> NoReturn:
    """Say each fault in a line of its own, and stop."""
    for fault in error.faults:
        tell(str(fault))
    raise click.exceptions.Exit(1)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
