"""What is published runs elsewhere: the source package builds without a checkout, and its wheel without the sources."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
STOP_LIMIT_S = 30

pytestmark = pytest.mark.packaging


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, and the environment that it was installed in."""

    wheel: Path
    bin: Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Pack the sources, build the wheel from nothing but them, and install it in an environment of its own."""
    folder = tmp_path_factory.mktemp("packaging")
    _hatchling(ROOT, "sdist", folder)
    _run(["tar", "-xf", str(next(folder.glob("*.tar.gz")))], folder)
    sources = next(path for path in folder.iterdir() if path.is_dir())
    _hatchling(sources, "wheel", folder)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / "bin"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", str(wheel)]
    _run([str(binaries / "python"), *install], folder)
    return Installed(wheel, binaries)


@pytest.fixture(scope="module")
def address(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs the installed wheel, far from the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    port = _free_port()
    command = [str(installed.bin / "usabtest"), "serve", "--port", str(port)]
    environment = {**_clean_environment(), "USABTEST_DATA_DIR": str(folder / "data")}
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield _wait_until_it_answers(f"http://127.0.0.1:{port}", log)
    finally:
        server.terminate()
        server.wait(timeout=STOP_LIMIT_S)


def test_it_works(address: str) -> None:
    answer = httpx.get(f"{address}/", follow_redirects=True)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "usabtest" in answer.text


def test_it_serves_the_snippet_that_was_built_into_the_wheel(address: str, installed: Installed) -> None:
    answer = httpx.get(f"{address}/snippet.js")

    with zipfile.ZipFile(installed.wheel) as wheel:
        manifest = json.loads(wheel.read("usabtest/static/dist/manifest.json"))
        assert answer.content == wheel.read("usabtest/static/dist/snippet.js")
        assert httpx.get(f"{address}/snippet/{manifest['core']}").content == wheel.read(
            f"usabtest/static/dist/{manifest['core']}"
        )


def test_the_same_sources_give_the_same_bytes(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        rebuilt = {Path(name).name: wheel.read(name) for name in wheel.namelist() if "/static/dist/" in name}
    here = {path.name: path.read_bytes() for path in (ROOT / "static" / "dist").iterdir()}

    assert rebuilt == here


def test_the_wheel_can_upgrade_its_database(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = set(wheel.namelist())

    revisions = (ROOT / "usabtest" / "migrations" / "versions").glob("*.py")
    assert {f"usabtest/migrations/versions/{path.name}" for path in revisions} <= names
    assert "usabtest/migrations/env.py" in names


def _hatchling(sources: Path, target: str, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    cache = {"npm_config_cache": str(ROOT / ".cache" / "npm")}
    _run(command, sources, environment=cache)


def _run(command: Sequence[str], folder: Path, *, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=folder, env={**_clean_environment(), **(environment or {})}, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def _clean_environment() -> dict[str, str]:
    """Our own environment without what would lead Python or usabtest back to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "USABTEST_"))}


def _wait_until_it_answers(address: str, log: Path) -> str:
    """Knock again and again, ever more slowly, half a minute in all."""
    with httpx.Client(transport=httpx.HTTPTransport(retries=7)) as client:
        try:
            client.get(f"{address}/snippet.js")
        except httpx.TransportError as error:
            pytest.fail(f"the installed server did not start ({error}):\n{log.read_text(errors='replace')}")
    return address


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
