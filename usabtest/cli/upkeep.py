"""usabtest purge, backup, restore, db and check: looking after an installation."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from usabtest import housekeeping, migrations
from usabtest.cli.copying import copy_database
from usabtest.cli.opened import connected_app, opened_app, tell
from usabtest.config import LOOPBACK_HOSTS, Config
from usabtest.db import db
from usabtest.errors import Conflict
from usabtest.studies.links import unreachable
from usabtest.studies.models import Status
from usabtest.studies.queries import all_studies
from usabtest.web.storage import storage_trouble

# Where SQLite's locks and its shared memory do not work, or not always.
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph"}
)


@click.command()
def purge() -> None:
    """Delete now what is past its time, as the server does by itself."""
    with opened_app():
        for name, count in housekeeping.purge(dt.datetime.now(dt.UTC)).items():
            click.echo(f"{count}\t{name}")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the SQLite database to FILE while the server runs."""
    if file.exists():
        raise click.ClickException(f"{file} exists: name a new file, so that no older backup is lost.")
    with opened_app():
        source = _sqlite_file("back it up with `pg_dump --format=custom`")
        _copy(source, file, what="backup")
    tell(f"{file} holds the database. Keep {source.parent / 'secret_key'} as well: links and sign-ins hang on it.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, yes: bool) -> None:
    """Put the database back as it is in FILE; what is there now is kept in a file beside it."""
    _refuse_damaged(file)
    with connected_app(Config.from_env()):
        target = _sqlite_file("restore it with `pg_restore --clean`")
        if not yes:
            click.confirm(f"Replace {target} by {file}? Stop the server before.", abort=True, err=True)
        if target.exists():
            kept = target.with_name(f"{target.name}.before-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}")
            _keep(target, kept)
            tell(f"{kept} holds what was there.")
        db.engine.dispose()
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target, timeout=10)) as destination:
            try:
                source.backup(destination)
            except sqlite3.Error as error:
                raise click.ClickException(f"{target} cannot be written: {error}. Is the server stopped?") from error
        migrations.upgrade(db.engine)
    tell(f"The database is as it was in {file}.")


@click.group(name="db")
def database() -> None:
    """Look after the database's tables."""


@database.command(name="upgrade")
def upgrade() -> None:
    """Bring the tables to this version; `serve` does it, too."""
    with connected_app(Config.from_env()):
        before = migrations.current(db.engine)
        migrations.upgrade(db.engine)
        after = migrations.current(db.engine)
    tell(f"The database is at revision {after}" + (" already." if before == after else f", and was at {before}."))


database.add_command(copy_database)


@click.command()
def check() -> None:
    """Name what is unsafe in this deployment, and how to mend it; exit 1 if there is anything."""
    config = Config.from_env()
    found = [*unsafe(config, os.environ.get("FLASK_DEBUG")), *_about_studies(config)]
    for finding in found:
        click.echo(f"{finding.what} {finding.mend}")
    if found:
        raise click.ClickException("1 thing is unsafe." if len(found) == 1 else f"{len(found)} things are unsafe.")
    tell("Nothing unsafe was found.")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unsafe, and how to mend it."""

    what: str
    mend: str


def unsafe(config: Config, debug: str | None = None) -> list[Finding]:
    """Return what is unsafe in a deployment with these settings."""
    return [
        *_about_address(config),
        *_about_secrets(config),
        *_about_database(config),
        *_about_storage(config),
        *(
            [Finding("FLASK_DEBUG is set: a fault would show the server's inside to anyone.", "Unset it.")]
            if debug not in {None, "", "0", "false"}
            else []
        ),
    ]


def _about_address(config: Config) -> list[Finding]:
    if config.public_url is None:
        return [
            Finding(
                "USABTEST_PUBLIC_URL is not set: links work on this machine only.",
                "Set it to the https address at which participants reach the server.",
            )
        ]
    parts = urlsplit(config.public_url)
    findings = []
    if parts.scheme == "http" and parts.hostname not in LOOPBACK_HOSTS:
        findings.append(
            Finding(
                f"{config.public_url} is not https: passwords and recordings can be read on the way, and a site on "
                "https cannot load the snippet.",
                "Put a proxy with a certificate in front (the README has an example) and write https.",
            )
        )
    if parts.scheme == "https" and config.trusted_proxies == 0:
        findings.append(
            Finding(
                "USABTEST_TRUSTED_PROXIES is 0, but https comes from a proxy: all wrong passwords seem to come from "
                "it, so one guesser slows everybody down.",
                "Set it to the number of proxies in front, mostly 1.",
            )
        )
    return findings


def _about_secrets(config: Config) -> list[Finding]:
    findings = []
    if len(config.secret_key) < 32:
        findings.append(
            Finding("USABTEST_SECRET_KEY is short: sign-ins could be forged.", "Use 32 random characters or more.")
        )
    for path in (config.data_dir / "secret_key", _database_file(config)):
        if path is not None and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 & _others_bits(path):
            findings.append(
                Finding(f"Other users of this machine can read {path}.", f"chmod 600 {path}, or 700 the folder.")
            )
    return findings


def _others_bits(path: Path) -> int:
    """Return which rights count: none where the folder keeps others out anyhow."""
    return 0o077 if stat.S_IMODE(path.parent.stat().st_mode) & 0o011 else 0


def _about_database(config: Config) -> list[Finding]:
    file = _database_file(config)
    kind = _file_system(file.parent) if file else None
    if kind in _NETWORK_FILE_SYSTEMS:
        return [
            Finding(
                f"The SQLite database lies on a network file system ({kind}): it can be damaged there.",
                "Move USABTEST_DATA_DIR to a local disk, or use PostgreSQL.",
            )
        ]
    return []


def _about_storage(config: Config) -> list[Finding]:
    trouble = storage_trouble(config)
    return [Finding("Recordings may be lost.", trouble)] if trouble else []


def _about_studies(config: Config) -> list[Finding]:
    """Return which studies' sites can load nothing from us; none where no address or no database is there to ask."""
    file = _database_file(config)
    if config.public_url is None or (file and not file.exists()) or storage_trouble(config):
        return []
    with connected_app(config):
        if migrations.current(db.engine) != migrations.head():
            return []
        running = [study for study in all_studies() if study.status != Status.CLOSED]
        return [Finding(f"Study {study.key}:", said) for study in running if (said := unreachable(study.spec))]


def _database_file(config: Config) -> Path | None:
    scheme, _, path = config.database_url.partition(":///")
    return Path(path).resolve() if scheme == "sqlite" else None


def _file_system(folder: Path) -> str | None:
    """Return the kind of file system that `folder` lies on, where Linux tells."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return None
    best, kind = "", None
    for line in mounts.read_text().splitlines():
        _, point, point_kind, *_ = line.split(" ")
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, point_kind
    return kind


def _sqlite_file(otherwise: str) -> Path:
    if db.engine.dialect.name != "sqlite":
        raise Conflict(f"The database is PostgreSQL: {otherwise}.")
    return Path(str(db.engine.url.database))


def _copy(source: Path, target: Path, *, what: str) -> None:
    """Copy a database that is in use; the file takes its name only when it is whole and on the disk."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.close(descriptor)
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(unfinished)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise click.ClickException(f"The {what} could not be written to {target}: {error}.") from error


def _keep(target: Path, kept: Path) -> None:
    """Keep what is there now: a copy of it, or its very files where they are so damaged that SQLite reads nothing."""
    try:
        with closing(sqlite3.connect(target)) as live:
            live.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError as error:
        if type(error) is sqlite3.DatabaseError:  # not an error of operation: no rights, a lock
            for part in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    target.with_name(target.name + part).rename(kept.with_name(kept.name + part))
            return
    _copy(target, kept, what="copy of what is there now")


def _refuse_damaged(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('user', 'study')").fetchone()[0] == 2
    except sqlite3.Error as error:
        raise click.ClickException(f"{file} cannot be read as an SQLite database: {error}.") from error
    if not (whole and ours):
        raise click.ClickException(
            f"{file} is {'not a database of usabtest' if whole else 'damaged'}; nothing changed."
        )
