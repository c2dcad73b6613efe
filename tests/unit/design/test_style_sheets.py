"""Style sheets stay small, and style what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
USERS = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static" / "js").rglob("*.js"),
    *(ROOT / "usabtest").rglob("*.py"),
]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Every word of what could name a class."""
    return {word for path in USERS for word in re.findall(r"[\w-]+", path.read_text("utf-8"))}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_rule_is_for_a_class_that_nothing_has(sheet: Path, used: set[str]) -> None:
    selectors = re.sub(r"\{[^{}]*\}", "{}", _COMMENT.sub("", sheet.read_text("utf-8")))

    assert {name for name in _CLASS.findall(selectors) if name not in used} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_it_is_about_one_subject(sheet: Path) -> None:
    assert len(sheet.read_text("utf-8").splitlines()) <= 350
