"""Everything that `usabtest demo` starts: a server with data of its own, the shop, the study, and its participants."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from usabtest import migrations
from usabtest.accounts import actions as accounts
from usabtest.accounts.models import LinkPurpose, Role
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db, transaction
from usabtest.demo.scripts import SCRIPTS
from usabtest.demo.shop.server import running_shop
from usabtest.demo.study import demo_study
from usabtest.errors import Conflict
from usabtest.sharing import actions as shares
from usabtest.sharing.links import share_link
from usabtest.sharing.wanted import ShareSpec
from usabtest.simulation.crowd import Played, crowd
from usabtest.studies import actions as studies
from usabtest.studies.links import links_of
from usabtest.studies.models import Status
from usabtest.web.links import public_address

HOST = "127.0.0.1"
MODERATOR = "moderator@otterlane.example"
STARTS_WITHIN_S = 60
STOPS_WITHIN_S = 20
PAST_S = 3 * 24 * 3600
SEED = 2026


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs: its addresses, and its server's process."""

    base: str
    shop: str
    key: str
    sign_in: str
    participant: str
    report: str
    shared: str
    server: subprocess.Popen[bytes]

    def participants(self, count: int) -> Iterator[Played]:
        """Let so many people take part, as if in the last three days."""
        return crowd(self.base, self.key, count, seed=SEED, scripts=SCRIPTS, past_s=PAST_S)


@contextmanager
def running_demo(port: int) -> Iterator[Demo]:
    """Start a demo on this port and on the first free one after it; stop it and delete its data in the end."""
    shop_port = _ports(port)
    base = f"http://{HOST}:{port}"
    with (
        TemporaryDirectory(prefix="usabtest-demo-") as folder,
        running_shop(f"{base}/snippet.js", port=shop_port) as shop,
    ):
        env = _environment(Path(folder), base)
        addresses = _prepare(env, shop)
        with _serving(port, env, Path(folder) / "server.log") as server:
            yield Demo(base=base, shop=shop, server=server, **addresses)


def _ports(port: int) -> int:
    """Make sure that nobody listens on the port, and return the shop's."""
    if not _is_free(port):
        raise Conflict(f"Port {port} on {HOST} is in use: stop what listens there, or choose another with --port.")
    for other in range(port + 1, min(port + 100, 65536)):
        if _is_free(other):
            return other
    raise Conflict(f"The demo's shop needs a second port, and none of the hundred after {port} is free.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _environment(folder: Path, base: str) -> dict[str, str]:
    """Return settings that have nothing to do with a real installation on this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("USABTEST_")}
    return kept | {"USABTEST_DATA_DIR": str(folder / "data"), "USABTEST_PUBLIC_URL": base}


def _prepare(env: Mapping[str, str], shop: str) -> dict[str, str]:
    """Make the database, the moderator and the study, and return the addresses to print."""
    app = create_app(Config.from_env(env))
    now = dt.datetime.now(dt.UTC)
    with app.app_context():
        migrations.upgrade(db.engine)
        with transaction():
            moderator = accounts.create_user(MODERATOR, role=Role.ADMIN, now=now, name="Demo moderator")
            study = studies.create(demo_study(shop), owner=moderator, now=now)
            studies.set_status(study, Status.LIVE, now=now)
            token = accounts.make_link(LinkPurpose.SIGN_IN, moderator, now=now)
            shared = shares.make(study, ShareSpec(shows_maker=True), by=moderator, now=now)
            links = links_of(study)
            addresses = {
                "key": study.key,
                "sign_in": public_address("accounts.sign_in_once", token=token),
                "participant": links.participant,
                "report": links.report,
                "shared": share_link(shared.token),
            }
        db.engine.dispose()
    return addresses


@contextmanager
def _serving(port: int, env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the production server as a process of its own, out of reach of Ctrl-C: we stop it ourselves."""
    command = [sys.executable, "-m", "usabtest", "serve", "--host", HOST, "--port", str(port), "--workers", "1"]
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=env, stdout=written, stderr=written, start_new_session=True)  # noqa: S603
    try:
        _await_answer(server, f"http://{HOST}:{port}/snippet.js", log)
        yield server
    finally:
        _stop(server)


def _await_answer(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    said = log.read_text(errors="replace").strip().splitlines()
    raise Conflict(f"The demo's server did not start: {said[-1] if said else 'it said nothing'}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
