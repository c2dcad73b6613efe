"""The command `usabtest`: data to stdout, everything for people to stderr; 0 is success, 2 bad usage, 1 all else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

import usabtest
from usabtest.errors import UsabtestError

# A command is imported when it is asked for, so that each starts fast.
COMMANDS = {
    "serve": "usabtest.cli.serve:serve",
    "demo": "usabtest.cli.demo:demo",
    "user": "usabtest.cli.user:user",
    "token": "usabtest.cli.token:token",
    "study": "usabtest.cli.study:study",
    "report": "usabtest.cli.report:report",
    "simulate": "usabtest.cli.simulate:simulate",
    "recompute": "usabtest.cli.recompute:recompute",
    "purge": "usabtest.cli.upkeep:purge",
    "backup": "usabtest.cli.upkeep:backup",
    "restore": "usabtest.cli.upkeep:restore",
    "db": "usabtest.cli.upkeep:database",
    "check": "usabtest.cli.upkeep:check",
}


class _BadUsage(click.ClickException):
    """A command that was not given as it has to be."""

    exit_code = 2


class _Commands(click.Group):
    """Finds a command by its name in COMMANDS, and says in one line what went wrong in it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _in_a_line():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        with _in_a_line():
            return super().invoke(ctx)


@contextmanager
def _in_a_line() -> Iterator[None]:
    """Make one line, which says what to do, of what went wrong; click alone takes several for bad usage."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # who names no command is shown which there are
    except click.UsageError as error:
        said = " ".join(error.format_message().split())
        stop = "" if said.endswith((".", "?", ")")) else "."
        path = error.ctx.command_path if error.ctx else "usabtest"
        raise _BadUsage(f"{said}{stop} See `{path} --help`.") from error
    except UsabtestError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # whoever read what is printed has enough of it, and click ends quietly
        where = error.filename or "What is printed"
        raise click.ClickException(f"{where} cannot be written or read: {error.strerror or error}.") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(usabtest.__version__, package_name="usabtest", message="%(prog)s %(version)s")
def main() -> None:
    """usabtest, the open, self-hosted usability lab for live websites.

    Settings come from environment variables that begin with USABTEST_; the README lists them.
    """
    os.umask(0o077)  # the database, its backups and the secret key are nobody else's business
