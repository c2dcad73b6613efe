"""usabtest user: who may sign in."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from usabtest.accounts import actions, queries
from usabtest.accounts.models import Role, User
from usabtest.cli.opened import opened_app, tell
from usabtest.db import transaction
from usabtest.errors import NotFound, NotValid

_password_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Add and list the people who may sign in."""


@user.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do.")
@click.option("--name", default="", help="How they are called on our pages.")
@_password_stdin
def create(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Add somebody; their password is asked for."""
    if "@" not in email.strip("@"):
        raise click.UsageError(f"{email!r} is not an e-mail address.")
    with opened_app():
        if queries.user_by_email(email):
            raise click.ClickException(f"There is already a user {queries.normal_email(email)}.")
        password = _ask_password(from_stdin=password_stdin)
        with _faults_in_a_line(), transaction():
            actions.create_user(email, role=Role(role), name=name, password=password, now=_now())
    tell(f"{queries.normal_email(email)} can sign in now, as {role}.")


@user.command(name="list")
def list_users() -> None:
    """Print everybody: e-mail address, role, active or disabled, name; separated by tabs."""
    with opened_app():
        for row in queries.all_users():
            click.echo("\t".join((row.email, row.role, "active" if row.active else "disabled", row.name)))


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Keep somebody from signing in; their API tokens stop working, too."""
    with opened_app(), transaction():
        actions.disable(_user(email), now=_now())
    tell(f"{queries.normal_email(email)} is disabled and signed out.")


@user.command()
@click.argument("email")
@_password_stdin
def password(email: str, password_stdin: bool) -> None:
    """Give somebody a new password; they are signed out everywhere."""
    with opened_app():
        _user(email)
        new = _ask_password(from_stdin=password_stdin)
        with _faults_in_a_line(), transaction():
            actions.set_password(_user(email), new)
    tell(f"{queries.normal_email(email)} has a new password.")


def _user(email: str) -> User:
    found = queries.user_by_email(email)
    if found is None:
        raise NotFound(f"There is no user {email}. `usabtest user list` names all.")
    return found


def _ask_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for the password: give it with --password-stdin.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True))


@contextmanager
def _faults_in_a_line() -> Iterator[None]:
    try:
        yield
    except NotValid as error:
        raise click.ClickException(f"This password cannot be taken. {error.faults[0].message}") from error


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
