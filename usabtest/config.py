"""The settings, read once from the environment; a bad value stops the start and says which."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from usabtest.errors import ConfigError

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Config:
    """What a deployment decides. Every field is the setting ``USABTEST_<FIELD>``.

    `public_url` is where participants and target sites reach this server, without a slash at the end; None means
    that links follow the request's host, which is taken only on loopback.
    """

    data_dir: Path
    database_url: str
    secret_key: str
    public_url: str | None = None
    trusted_proxies: int = 0
    session_days: int = 14

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Config:
        """Read ``USABTEST_*``; makes the data folder and, on a first run, the secret key that lies in it."""
        data_dir = Path(env.get("USABTEST_DATA_DIR") or "data").expanduser().resolve()
        _make_folder(data_dir)
        return cls(
            data_dir=data_dir,
            database_url=database_url(
                env.get("USABTEST_DATABASE_URL") or f"sqlite:///{data_dir / 'usabtest.sqlite3'}",
                "USABTEST_DATABASE_URL",
            ),
            secret_key=env.get("USABTEST_SECRET_KEY") or _kept_secret(data_dir),
            public_url=_public_url(env.get("USABTEST_PUBLIC_URL")),
            trusted_proxies=_count(env, "USABTEST_TRUSTED_PROXIES", default=0, at_least=0),
            session_days=_count(env, "USABTEST_SESSION_DAYS", default=14, at_least=1),
        )

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may insist on it."""
        return self.public_url is not None and self.public_url.startswith("https://")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"USABTEST_DATA_DIR: {folder} cannot be written ({error.strerror}). "
            "Give this user the right to write there, or name another folder."
        ) from error


def database_url(given: str, name: str) -> str:
    """The address as SQLAlchemy knows it; `name` is what it was given as."""
    scheme, _, rest = given.partition("://")
    address = f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else given
    try:
        driver = make_url(address).drivername if rest else None
    except (ArgumentError, ValueError):  # the latter of a port that is no number
        driver = None
    if driver not in {"sqlite", "postgresql+psycopg"}:
        raise ConfigError(
            f"{name}: this address is not one of sqlite:///FILE and postgresql://USER:PASSWORD@HOST/NAME."
        )
    if driver != "sqlite" and find_spec("psycopg") is None:
        raise ConfigError(f'{name}: PostgreSQL needs psycopg. Run: {sys.executable} -m pip install "psycopg[binary]"')
    return address


def _kept_secret(data_dir: Path) -> str:
    file = data_dir / "secret_key"
    try:
        # Exclusive creation: of two processes that start at once only one makes the key, the other reads it.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    except OSError as error:
        raise ConfigError(f"USABTEST_DATA_DIR: {file} cannot be written ({error.strerror}).") from error
    key = file.read_text().strip()
    if len(key) < 32:
        raise ConfigError(f"{file} holds no key. Delete it to have a new one made; everybody is then signed out.")
    return key


def _public_url(given: str | None) -> str | None:
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError("USABTEST_PUBLIC_URL: write the whole address, such as https://usabtest.example.org")
    return given.rstrip("/")


def _count(env: Mapping[str, str], name: str, *, default: int, at_least: int) -> int:
    given = env.get(name)
    if not given:
        return default
    try:
        number = int(given)
    except ValueError:
        number = at_least - 1
    if number < at_least:
        raise ConfigError(f"{name}: a whole number of at least {at_least} belongs here.")
    return number
