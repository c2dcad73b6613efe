"""usabtest token: API tokens for programs."""

from __future__ import annotations

import datetime as dt

import click

from usabtest.accounts import actions, queries
from usabtest.accounts.models import ApiToken
from usabtest.cli.opened import opened_app, tell
from usabtest.db import db, transaction
from usabtest.errors import NotFound


@click.group()
def token() -> None:
    """Make and revoke API tokens."""


@token.command()
@click.option("--user", "email", required=True, metavar="EMAIL", help="Whose rights the token has.")
@click.option("--name", default="", help="What will use it, so that you know later which to revoke.")
def create(email: str, name: str) -> None:
    """Make a token and print it, this once, alone on stdout."""
    with opened_app():
        with transaction():
            owner = queries.user_by_email(email)
            if owner is None:
                raise NotFound(f"There is no user {email}. `usabtest user list` names all.")
            new = actions.create_token(owner, name=name, now=dt.datetime.now(dt.UTC))
            ends = new.row.expires_at
        click.echo(new.text)
    tell(f"It has the rights of {queries.normal_email(email)}, ends on {ends:%Y-%m-%d} and is not shown again.")


@token.command(name="list")
def list_tokens() -> None:
    """Print all tokens: ID, user, state, end, last use, name; separated by tabs."""
    with opened_app():
        now = dt.datetime.now(dt.UTC)
        for row in queries.all_tokens():
            used = f"{row.last_used_at:%Y-%m-%d}" if row.last_used_at else "never"
            ends = f"{row.expires_at:%Y-%m-%d}"
            click.echo("\t".join((str(row.id), row.user.email, _state(row, now), ends, used, row.name)))


@token.command()
@click.argument("token_id", metavar="ID", type=int)
def revoke(token_id: int) -> None:
    """End a token; `token list` shows the IDs."""
    with opened_app(), transaction():
        row = db.session.get(ApiToken, token_id)
        if row is None:
            raise NotFound(f"There is no token {token_id}. `usabtest token list` names all.")
        actions.revoke_token(row, now=dt.datetime.now(dt.UTC))
    tell(f"Token {token_id} is revoked.")


def _state(row: ApiToken, now: dt.datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.expires_at <= now:
        return "ended"
    return "good" if row.user.active else "resting"
