"""Browsers other than Chromium, where they are installed; `make other-browsers` installs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.other_browsers.browsers import NEEDS, missing, running
from tests.other_browsers.participant import Participant


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.other_browsers)


@pytest.fixture(params=sorted(NEEDS))
def participant(request: pytest.FixtureRequest) -> Iterator[Participant]:
    """Somebody with a clean profile, in each of the browsers."""
    if lacking := missing(request.param):
        pytest.skip(f"{' and '.join(lacking)} not on this machine: run `make other-browsers`")
    with running(request.param) as driver:
        yield Participant(driver)
