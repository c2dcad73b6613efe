"""Commands as a person gives them, in a data folder of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from usabtest.cli import main

Run = Callable[..., Result]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, named in the environment."""
    for name in [name for name in os.environ if name.startswith("USABTEST_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    monkeypatch.setenv("USABTEST_DATA_DIR", str(folder))
    umask = os.umask(0o022)
    yield folder
    os.umask(umask)


@pytest.fixture
def usabtest(data_dir: Path) -> Run:
    """Give a command: ``usabtest("user", "list")``; `sent` goes to its standard input."""

    def run(*arguments: str, sent: str | None = None) -> Result:
        return CliRunner().invoke(main, arguments, input=sent)

    return run
