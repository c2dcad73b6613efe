"""What runs on target sites stays as small as it promises to be: the budgets stand in hatch_build.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatch_build import BUDGETS, Size, build, find_tools, sizes_of, stem_of

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sizes() -> dict[str, Size]:
    build(ROOT)
    found = sizes_of(find_tools(), (ROOT / "static" / "dist").glob("*.js"))
    return {stem_of(name): size for name, size in found.items()}


@pytest.mark.parametrize("stem", BUDGETS)
def test_no_part_is_over_its_budget(sizes: dict[str, Size], stem: str) -> None:
    assert sizes[stem].brotli <= BUDGETS[stem]


def test_a_part_that_is_too_large_is_called_so() -> None:
    assert Size(raw=20_000, gzip=7000, brotli=BUDGETS["core"] + 1).is_over("core-0123456789.js")
    assert not Size(raw=20_000, gzip=7000, brotli=BUDGETS["core"]).is_over("core-0123456789.js")
    assert not Size(raw=99_999, gzip=99_999, brotli=99_999).is_over("conduct-0123456789.js")
