"""usabtest demo: everything at once, with data that is thrown away."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

import click

from usabtest.cli.opened import tell
from usabtest.demo.run import Demo, running_demo


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65534), help="The server's port.")
@click.option(
    "--participants", default=12, show_default=True, type=click.IntRange(0, 1000), help="How many have taken part."
)
def demo(port: int, participants: int) -> None:
    """Show usabtest with a sample shop, a ready study and its participants; nothing of it stays afterwards."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    with running_demo(port) as running:
        _fill(running, participants)
        _tell_where(running)
        running.server.wait()
        raise click.ClickException("The demo's server has stopped.")


def _fill(running: Demo, participants: int) -> None:
    with click.progressbar(
        running.participants(participants),
        length=participants,
        label="Participants",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as played:
        for _ in played:
            pass


def _tell_where(running: Demo) -> None:
    click.echo(f"Moderator    {running.sign_in}")
    click.echo(f"Participant  {running.participant}")
    click.echo(f"Report       {running.report}")
    click.echo(f"Shared       {running.shared}")
    click.echo(f"Shop         {running.shop}/")
    sys.stdout.flush()
    tell("The moderator's address works once; open it before the report. The shared report needs no account.")
    tell("Ctrl-C ends the demo and deletes its data.")


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """End as if all were done: by leaving everything that was entered."""
    raise SystemExit(0)
