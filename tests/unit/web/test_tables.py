"""Cells of CSV: no text is a formula, in whatever way a spreadsheet parts the cells, and each can be had as it was."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usabtest.web.tables import FORMULA_SIGNS, cell, csv_lines

# As docs/data.md gives it to those who read the files with a program.
AS_IT_WAS = re.compile(r"""(?:^|(?<=[;\t\r\n]))'(?=[ "']*[=+\-@＝＋－＠])|^'(?=[ "']*[\t\r\n])""")
HOSTILE = st.text(alphabet=FORMULA_SIGNS + ";\t\r\n'\" ,|ab1", max_size=12)


def cells_of(text: str, delimiter: str) -> list[str]:
    """What a spreadsheet makes of a file that it parts there, as loosely as they do."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [one for row in rows for one in row]


@given(HOSTILE)
def test_no_text_begins_a_formula_wherever_cells_are_parted(text: str) -> None:
    line = "".join(csv_lines([{"a": 7, "b": text, "c": text}], ["a", "b", "c"]))

    for delimiter in ",;\t":
        for found in cells_of(line, delimiter):
            assert not re.match(rf"[\s\"]*[{re.escape(FORMULA_SIGNS)}]", found), (delimiter, found)


@given(HOSTILE | st.text())
def test_a_text_can_be_had_as_it_was(text: str) -> None:
    assert AS_IT_WAS.sub("", cell(text)) == text


@pytest.mark.parametrize(
    "text", ["plain", "a, b", "x; y", "1-2", "a@b.example", "-", "f(x) = 2", "https://a.example/?b=1;c"]
)
def test_what_is_no_formula_stands_as_it_is(text: str) -> None:
    assert cell(text) == (text if text != "-" else "'-")


def test_heads_and_lists_are_no_formulas_either() -> None:
    lines = list(csv_lines([{"attributes": {"a;=1+1": ["b;=1+1"]}}], ["attributes.a;=1+1", "=1"]))

    assert lines[0] == "attributes.a;'=1+1,'=1\r\n"
    assert "b;'=1+1" in lines[1]
