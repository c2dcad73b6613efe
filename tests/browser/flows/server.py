"""usabtest itself, as people run it: `usabtest serve` in a process of its own, with a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from click.testing import CliRunner

from hatch_build import build
from usabtest.cli import main

ROOT = Path(__file__).parents[3]
STARTS_WITHIN_S = 60
COMES_WITHIN_S = 45
ADMIN = "alice@example.org"
PASSWORD = "otter umbrella seven"

T = TypeVar("T")


class Usabtest:
    """A server that can be started, killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.snippet = f"{self.url}/snippet.js"
        self.log = folder / "server.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("USABTEST_")}
        self._env = kept | {"USABTEST_DATA_DIR": str(folder / "data"), "USABTEST_PUBLIC_URL": self.url}
        self._process: subprocess.Popen[bytes] | None = None
        # One for all: to make one takes longer than most answers. The server may have been killed since the last.
        self._http = httpx.Client(base_url=self.url, timeout=30, limits=httpx.Limits(max_keepalive_connections=0))
        self.run("user", "create", ADMIN, "--role", "admin", "--password-stdin", sent=PASSWORD)
        token = self.run("token", "create", "--user", ADMIN).strip()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def run(self, *arguments: str, sent: str | None = None) -> str:
        """Run a command of usabtest's and return what it wrote to stdout."""
        # In this process, which has all imported already: to start Python for each takes a hundred times longer.
        done = CliRunner(env=self._env).invoke(main, arguments, input=sent)
        assert done.exit_code == 0, f"usabtest {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def start(self) -> None:
        """Start the server, and return once it answers."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "usabtest", "serve", "--port", str(self.port), "--workers", "1"]
            self._process = subprocess.Popen(command, env=self._env, stdout=log, stderr=log, start_new_session=True)
        wait_for(self._answers, "the server's first answer", within_s=STARTS_WITHIN_S)

    def kill(self) -> None:
        """End the server and its workers at once, as a power cut would."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End the server as Ctrl-C would."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)
        self._http.close()

    def add_study(self, study: Mapping[str, object], *, status: str = "live") -> str:
        """Import a study, give it a status, and return its key."""
        key: str = json.loads(self.run("study", "import", "-", sent=json.dumps(study)))["key"]
        if status != "draft":
            self.run("study", "status", key, status)
        return key

    def make_study(self, study: Mapping[str, object]) -> str:
        """Make a live study by the API, as programs do, and return its key."""
        key: str = self._http.post("/api/v1/studies", json=study).raise_for_status().json()["key"]
        self._http.post(f"/api/v1/studies/{key}/status", json={"status": "live"}).raise_for_status()
        return key

    def link(self, key: str) -> str:
        return f"{self.url}/s/{key}"

    def report(self, key: str) -> dict[str, Any]:
        """Return the report as the command line gives it."""
        report: dict[str, Any] = json.loads(self.run("report", key, "--format", "json"))
        return report

    def items(self, key: str, what: str) -> list[dict[str, Any]]:
        """Return one of the API's lists, to its last page."""
        items: list[dict[str, Any]] = []
        address: str | None = f"/api/v1/studies/{key}/{what}"
        while address:
            answer = self._http.get(address)
            assert answer.status_code == 200, answer.text
            items += answer.json()["items"]
            address = answer.json()["next"]
        return items

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text()
        try:
            return self._http.get(self.snippet, timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_usabtest(folder: Path) -> Iterator[Usabtest]:
    """A server that has begun, with alice as its administrator."""
    build(ROOT)
    server = Usabtest(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wait_for(holds: Callable[[], T | None], what: str, *, within_s: float = COMES_WITHIN_S) -> T:
    """Return what `holds` gives, once it gives something."""
    until = time.monotonic() + within_s
    while True:
        if value := holds():
            return value
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
