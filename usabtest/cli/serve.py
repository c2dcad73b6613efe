"""usabtest serve: the production server."""

from __future__ import annotations

import datetime as dt
import errno
import multiprocessing
import os
import signal
import socket
import threading
from typing import Any

import click
from flask import Flask, url_for
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from usabtest import migrations
from usabtest.accounts import actions, queries
from usabtest.accounts.models import LinkPurpose
from usabtest.app import from_environment
from usabtest.cli.opened import connected_app, tell
from usabtest.config import LOOPBACK_HOSTS, Config
from usabtest.db import db, transaction

THREADS = 16
MOST_WORKERS_BY_DEFAULT = 4
STOP_WITHIN_S = 10

# Written like this because granian's workers are new processes that read it there.
_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_tokens": {"()": "usabtest.web.access_log.HideTokens"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "access": {"format": "%(message)s"},
    },
    "handlers": {
        "line": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]},
        "access": {"class": "logging.StreamHandler", "formatter": "access", "filters": ["without_tokens"]},
    },
    "loggers": {
        "_granian": {"handlers": ["line"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "usabtest": {"handlers": ["line"], "level": "INFO", "propagate": False},
    },
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes; as many as there are cores, 4 at most, if left out."
)
@click.option("--access-log", is_flag=True, help="Write a line to stderr for each request, without addresses' secrets.")
def serve(host: str, port: int, workers: int | None, access_log: bool) -> None:
    """Bring the database up to date and start the server."""
    config = Config.from_env()
    _refuse_busy_port(host, port)
    with connected_app(config) as app:
        migrations.upgrade(db.engine)
        _greet(app, base=config.public_url or _address(host, port))
    if config.public_url is None and host not in LOOPBACK_HOSTS:
        tell("USABTEST_PUBLIC_URL is not set: links for participants can be made only when you come by loopback.")
    _run(host, port, workers or _cores(), access_log=access_log)


def _refuse_busy_port(host: str, port: int) -> None:
    """Find out whether we may listen: granian lets its workers share a port, and so would share it with a stranger."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = (
                    f"Port {port} on {host} is in use: stop what listens there, or choose another "
                    "(--port, or PORT= after `make run`)."
                )
            else:
                why = f"{host}:{port} cannot be listened on: {error.strerror or error}."
            raise click.ClickException(why) from error


def _greet(app: Flask, *, base: str) -> None:
    """Say where to go; until there is an administrator, with a one-time address to become one."""
    now = dt.datetime.now(dt.UTC)
    with transaction():
        # Also the proof that the database can be written, which is better found out now than by a participant.
        actions.forget_what_is_over(now)
        setup = None if queries.has_admin() else actions.make_link(LinkPurpose.SETUP, None, now=now)
    tell(f"usabtest runs at {base}")
    if setup is not None:
        with app.test_request_context():
            path = url_for("accounts.setup", token=setup)
        tell(f"Choose the first administrator's password at {base}{path}  (this address works once)")


def worker() -> Flask:
    """Make what one of granian's processes runs; it ends with the process that started it, however that ended.

    Without this, the workers of a server that was killed would keep the port, and nobody would look after them.
    """
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    return from_environment()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


def _run(host: str, port: int, workers: int, *, access_log: bool) -> None:
    Granian(
        "usabtest.cli.serve:worker",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_S,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
        log_access=access_log,
    ).serve()


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - told, not listened on
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_WORKERS_BY_DEFAULT)
