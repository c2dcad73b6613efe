"""A PostgreSQL of its own for a test run: made empty, fast and careless, and thrown away."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

# Nothing here outlives the run, so nothing needs to be safe on the disk.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1",
}

_numbers = itertools.count(1)


def find_programs() -> Path | None:
    """Return the folder with initdb and pg_ctl of the newest PostgreSQL on this machine."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
        *Path("/usr/local/opt").glob("postgresql*/bin"),
        *Path("/Applications/Postgres.app/Contents/Versions").glob("*/bin"),
    ]
    found = [folder for folder in folders if (folder / "initdb").is_file()]
    return max(found, key=_version_of, default=None)


@contextmanager
def running_cluster(programs: Path) -> Iterator[str]:
    """Start a cluster, give the address of its first database, and remove all of it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="usabtest-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes at most
    as_owner = _become_owner(folder)
    data, log = folder / "data", folder / "log"
    try:
        options = ["-U", "usabtest", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        _run([*as_owner, str(programs / "initdb"), "-D", str(data), *options], folder)
        port = _free_port()
        settings = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, "port": port}.items())
        server = f"{settings} -c unix_socket_directories={folder}"
        control = [*as_owner, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(log), "-o", server, "start"], folder, log)
        try:
            yield f"postgresql+psycopg://usabtest@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, log)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_database(server: Engine, template: str = "template0") -> Iterator[str]:
    """Make a database, empty or as the one named `template` is, give its address, and throw it away at the end."""
    name = f"usabtest_{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield server.url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _become_owner(folder: Path) -> Sequence[str]:
    """Return what to put before a command, as PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return ()
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        owner = pwd.getpwnam("nobody")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    if setpriv := shutil.which("setpriv"):
        return (setpriv, f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups")
    return ("runuser", "-u", owner.pw_name, "--")


def _run(command: Sequence[str], folder: Path, log: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        logged = log.read_text(errors="replace") if log and log.exists() else ""
        raise RuntimeError(f"{' '.join(command[-4:])} failed: {done.stderr}{done.stdout}{logged}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _version_of(folder: Path) -> tuple[int, ...]:
    digits = "".join(letter if letter.isdigit() else " " for letter in str(folder))
    return tuple(map(int, digits.split())) or (0,)
