"""usabtest demo and simulate, as processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from hatch_build import build
from usabtest.cli import main

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_S = 30


@pytest.fixture(scope="module", autouse=True)
def _snippet() -> None:
    build(ROOT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_demo(folder: Path, port: int, participants: int) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A demo, and what it printed: addresses by their name."""
    command = [sys.executable, "-m", "usabtest", "demo", "--port", str(port), "--participants", str(participants)]
    env = {**os.environ, "TMPDIR": str(folder)}
    demo = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert demo.stdout is not None
    assert demo.stderr is not None
    try:
        printed = dict(demo.stdout.readline().split() for _ in range(5))
        yield demo, printed
    finally:
        demo.terminate()
        demo.communicate(timeout=ENDS_WITHIN_S)


def test_it_works(tmp_path: Path) -> None:
    with running_demo(tmp_path, port := free_port(), participants=2) as (demo, printed):
        assert list(printed) == ["Moderator", "Participant", "Report", "Shared", "Shop"]
        assert httpx.get(printed["Participant"]).status_code == 200
        assert httpx.get(printed["Moderator"]).status_code == 200
        assert httpx.get(printed["Report"]).status_code == 303
        assert "2 people" in httpx.get(printed["Shared"]).text
        assert f"http://127.0.0.1:{port}/snippet.js" in httpx.get(printed["Shop"]).text
        [folder] = tmp_path.iterdir()
        assert folder.name.startswith("usabtest-demo-")

        busy = CliRunner().invoke(main, ["demo", "--port", str(port)])
        assert busy.exit_code == 1
        assert busy.stderr.count("\n") == 1
        assert f"Port {port} on 127.0.0.1 is in use" in busy.stderr

        simulated = CliRunner().invoke(
            main, ["simulate", "otter-lane-books", "--participants", "2", "--seed", "7", "--base", base(printed)]
        )
        assert simulated.exit_code == 0, simulated.stderr
        assert simulated.stdout == ""
        assert "2 took part" in simulated.stderr

        demo.send_signal(signal.SIGINT)
        assert demo.wait(ENDS_WITHIN_S) == 0
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(printed["Participant"])


def test_simulate_says_in_a_line_that_nobody_answers() -> None:
    arguments = ["simulate", "shop", "--participants", "1", "--base", f"http://127.0.0.1:{free_port()}"]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 1
    assert result.stderr.endswith("does not answer: is `usabtest serve` running?\n")
    assert result.stderr.count("\n") == 1


def base(printed: dict[str, str]) -> str:
    return printed["Participant"].partition("/s/")[0]
