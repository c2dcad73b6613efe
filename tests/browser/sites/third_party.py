"""Sites that nobody in this project wrote: installed into a cache, served with the tag, absent on most machines."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from fcntl import LOCK_EX, flock
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hatch_build import find_tools

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
        _bring_node()
        if missing := [name for name, sign in INSTALLED.items() if not (CACHE / sign).exists()]:
            subprocess.run([sys.executable, str(FOLDER / "sites.py"), "install", *missing], check=True)
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    return import_module("sites")


def _bring_node() -> None:
    """Put the node and npm that build the snippet on the PATH of a machine that has none: the wiki comes by npm."""
    if shutil.which("npm"):
        return
    folder = CACHE / "bin"
    folder.mkdir(exist_ok=True)
    tools = find_tools()
    for name, command in (("node", tools.node), ("npm", tools.npm)):
        (folder / name).write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        (folder / name).chmod(0o755)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
