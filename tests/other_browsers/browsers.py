"""Firefox ESR and WebKitGTK as Debian has them, each with a clean profile that goes with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.other_browsers.webdriver import Driver, Http, Marionette

STARTS_WITHIN_S = 60
NEEDS = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}

# What an unattended Firefox would ask for or tell; and port 0 is one that the system chooses.
_FIREFOX = {
    "marionette.port": "0",
    "app.update.disabledForTesting": "true",
    "browser.shell.checkDefaultBrowser": "false",
    "browser.startup.page": "0",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "toolkit.telemetry.reportingpolicy.firstRun": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
}


def missing(name: str) -> list[str]:
    """Return the programs that a browser needs and this machine lacks."""
    return [program for program in NEEDS[name] if shutil.which(program) is None]


@contextmanager
def running(name: str) -> Iterator[Driver]:
    with tempfile.TemporaryDirectory(prefix="usabtest-", ignore_cleanup_errors=True) as folder:
        start = _firefox if name == "firefox" else _webkit
        with start(Path(folder)) as driver:
            yield driver


@contextmanager
def _firefox(profile: Path) -> Iterator[Driver]:
    settings = [f'user_pref("{key}", {value});\n' for key, value in _FIREFOX.items()]
    (profile / "user.js").write_text("".join(settings))
    command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with _process([*command, "--width=1280", "--height=900"], os.environ) as process:
        told = profile / "MarionetteActivePort"
        _wait(lambda: told.is_file() and told.read_text().strip(), process)
        wire = Marionette(int(told.read_text()))
        try:
            yield Driver("firefox", wire)
        finally:
            wire.close()


@contextmanager
def _webkit(profile: Path) -> Iterator[Driver]:
    with _display() as display:
        home = {f"XDG_{kind}_HOME": str(profile / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, **home, "DISPLAY": display}
        with _process(["WebKitWebDriver", f"--port={port}"], environment) as process:
            _wait(lambda: _answers(url), process)
            wire = Http(url)
            try:
                yield Driver("webkit", wire)
            finally:
                wire.close()


@contextmanager
def _display() -> Iterator[str]:
    """An X server without a screen; it chooses its number itself."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    with _process(command, os.environ, pass_fds=[writing]):
        os.close(writing)
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"


@contextmanager
def _process(
    command: list[str], environment: os._Environ[str] | dict[str, str], pass_fds: list[int] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=dict(environment),
        pass_fds=pass_fds or [],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(holds: object, process: subprocess.Popen[bytes]) -> None:
    assert callable(holds)
    until = time.monotonic() + STARTS_WITHIN_S
    while not holds():
        assert process.poll() is None, f"{process.args!r} has ended"
        assert time.monotonic() < until, f"{process.args!r} does not answer"
        time.sleep(0.1)


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/status", timeout=5).status_code == 200
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
