from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run

START_WITHIN_S = 30


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(port: int, log: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server until it answers, and stop it afterwards as a supervisor would."""
    command = [sys.executable, "-m", "usabtest", "serve", "--port", str(port), "--workers", "1", *options]
    with log.open("wb") as file:
        server = subprocess.Popen(command, stderr=file, stdout=subprocess.PIPE)
    try:
        wait_for(server, port, log)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=START_WITHIN_S)


def wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/api/v1/openapi.json")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the server did not start: {log.read_text()}")


def wait_until_free(port: int) -> None:
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/sign-in")
        except httpx.ConnectError:
            return
        except httpx.TransportError:
            continue
    pytest.fail("a worker still answers")


def test_it_works(data_dir: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"

    with serving(port, log, "--access-log") as server, httpx.Client() as browser:
        address = re.search(r"http://127\.0\.0\.1:\d+/setup/([\w-]{22})", log.read_text())
        assert address is not None
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(address[0]).text)
        assert token is not None
        form = {"email": "rosa@example.org", "password": "otter umbrella seven", "csrf_token": token[1]}
        assert browser.post(address[0], data=form).status_code == 303
        assert browser.get(f"http://127.0.0.1:{port}/settings").status_code == 200

    assert server.returncode == 0
    written = log.read_text()
    assert "GET /setup/*** HTTP" in written
    assert written.count(address[1]) == 1  # where it was told, and nowhere else

    with serving(port, log):
        pass
    assert f"usabtest runs at http://127.0.0.1:{port}" in log.read_text()
    assert "/setup/" not in log.read_text()


def test_a_server_that_was_killed_leaves_nobody_behind(data_dir: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"

    with serving(port, log) as server:
        server.kill()
        server.wait()
        wait_until_free(port)

    with serving(port, log):
        assert httpx.get(f"http://127.0.0.1:{port}/sign-in").status_code == 200


def test_a_busy_port_is_said_in_a_line(usabtest: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = usabtest("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"Port {port} on 127.0.0.1 is in use" in result.stderr
    assert "(--port, or PORT= after `make run`)" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_server_that_shares_its_port_is_noticed(usabtest: Run) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()

        result = usabtest("serve", "--port", str(other.getsockname()[1]))

    assert "is in use" in result.stderr


def test_a_database_that_cannot_be_written_is_said(
    usabtest: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usabtest("db", "upgrade")
    monkeypatch.setenv("USABTEST_DATABASE_URL", f"sqlite:///file:{data_dir}/usabtest.sqlite3?mode=ro&uri=true")

    result = usabtest("serve", "--port", str(free_port()))

    assert result.exit_code == 1
    assert "readonly database" in result.stderr
    assert result.stderr.count("\n") == 1
