"""What the README says to type works as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run
from tests.cli.test_serve import START_WITHIN_S, free_port, wait_for

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for line in re.findall(r"(?:^ {4}|`)[^`\n]*?(\.venv/bin/usabtest [^`\n]+)", README, re.MULTILINE)
]


def fenced(language: str, *, after: str) -> str:
    """The first block of code in a language after some words."""
    return README.partition(after)[2].partition(f"```{language}\n")[2].partition("```")[0]


def test_a_study_goes_from_file_to_report(usabtest: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    usabtest("user", "create", "rosa@example.org", "--role", "admin", "--password-stdin", sent="otter umbrella seven\n")
    Path("study.yaml").write_text(fenced("yaml", after="The same from the command line"), encoding="utf-8")
    steps = [command for command in COMMANDS if command[0] in {"study", "report"}]
    assert [step[:2] for step in steps] == [["study", "import"], ["study", "status"], ["report", "shop-checkout"]]

    told = [usabtest(*step) for step in steps]

    assert [one.exit_code for one in told] == [0, 0, 0]
    assert json.loads(told[0].stdout)["links"]["participant"] == "http://127.0.0.1:8000/s/shop-checkout"
    assert json.loads(told[2].stdout)["study"] == {
        "key": "shop-checkout",
        "title": "Shop checkout",
        "status": "live",
    }


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_is_there_with_its_options(usabtest: Run, command: list[str]) -> None:
    result = usabtest(*command, "--help")

    assert result.exit_code == 0, result.stderr


def test_two_small_pages_have_the_tag_and_a_way(tmp_path: Path) -> None:
    *lines, server = fenced("sh", after="No site at hand?").replace("/tmp/corner-shop", str(tmp_path)).splitlines()

    subprocess.run(["sh", "-ec", "\n".join(lines)], check=True)

    assert server == "python3 -m http.server 8080 --bind 127.0.0.1"
    front, hours = (tmp_path.joinpath(name).read_text() for name in ("index.html", "hours.html"))
    assert '<script async src="http://127.0.0.1:8000/snippet.js"></script>' in front
    assert 'href="hours.html"' in front
    assert '<script async src="http://127.0.0.1:8000/snippet.js"></script>' in hours
    assert "on Sundays from 10" in hours


def test_gunicorn_serves_it(usabtest: Run, data_dir: Path, tmp_path: Path) -> None:
    [line] = re.findall(r"^ {4}\.venv/bin/(gunicorn .+)$", README, re.MULTILINE)
    program, *options = shlex.split(line)
    port, log = free_port(), tmp_path / "log"
    command = [Path(sys.executable).with_name(program), *options, "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    usabtest("db", "upgrade")

    with log.open("wb") as file:
        home = {**os.environ, "HOME": str(tmp_path)}  # where it would leave a socket
        server = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=home)
    try:
        wait_for(server, port, log)
        page = httpx.get(f"http://127.0.0.1:{port}/sign-in")
    finally:
        server.terminate()
        server.wait(timeout=START_WITHIN_S)

    assert page.status_code == 200
    assert server.returncode == 0
