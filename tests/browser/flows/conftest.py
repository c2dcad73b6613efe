"""Whole journeys: usabtest as a process of its own, sites that it records, and browsers that play on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hatch_build import build
from tests.browser.flows.server import Usabtest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def usabtest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Usabtest]:
    """A running server, with alice as its administrator."""
    build(ROOT)
    server = Usabtest(tmp_path_factory.mktemp("usabtest"))
    server.start()
    yield server
    server.stop()
