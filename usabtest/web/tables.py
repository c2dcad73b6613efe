"""Rows as text: CSV for spreadsheets, and JSON a line for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

Item = Mapping[str, object]

# What sets a formula off, with the wide signs of East Asian keyboards, which their spreadsheets read as well.
FORMULA_SIGNS = "=+-@＝＋－＠"
# A cell begins where it does, and behind whatever a spreadsheet parts cells at that was told nothing of our commas.
_SIGN = f"[{re.escape(FORMULA_SIGNS)}]"
_BEGINS_A_FORMULA = re.compile(rf"""^(?=[ "']*(?:{_SIGN}|[\t\r\n]))|(?<=[;\t\r\n])(?=[ "']*{_SIGN})""")
_HARMLESS = re.compile(rf"""[^{re.escape(FORMULA_SIGNS)} "'\t\r\n;][^;\t\r\n]*""")


def csv_lines(items: Iterable[Item], columns: Sequence[str]) -> Iterator[str]:
    """Write a header and a line an item; a column `errors.form` takes the key `form` of what stands under `errors`."""
    yield _line([_defused(column) for column in columns])
    for item in items:
        yield _line([cell(found(item, column)) for column in columns])


def json_lines(items: Iterable[Item]) -> Iterator[str]:
    """Write an item a line (NDJSON)."""
    for item in items:
        yield msgspec.json.encode(item).decode() + "\n"


def found(item: Item, column: str) -> object:
    """Return what an item has for a column, also below the keys that the column's name joins by dots.

    >>> found({"errors": {"form": 2}}, "errors.form"), found({"attributes": {"a.b": 1}}, "attributes.a.b")
    (2, 1)
    """
    if column in item:
        return item[column]
    head, _, rest = column.partition(".")
    below = item.get(head)
    return found(below, rest) if rest and isinstance(below, Mapping) else None


def cell(value: object) -> str:
    """Write one value so that a spreadsheet takes it for what it is: a text is never a formula, a number is a number.

    >>> cell(-1.5), cell("=1+1"), cell("-1"), cell("＝1"), cell(True), cell(None), cell(["a", "b"])
    ('-1.5', "'=1+1", "'-1", "'＝1", 'true', '', '["a","b"]')
    >>> cell("x;=1+1"), cell("x; y"), cell("'=1+1")
    ("x;'=1+1", 'x; y', "''=1+1")
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return _defused(value)
        case _:
            return _defused(msgspec.json.encode(value).decode())


def _defused(text: str) -> str:
    """Put an apostrophe where a formula would begin, also before another apostrophe: so it can be taken off again."""
    return text if _HARMLESS.fullmatch(text) else _BEGINS_A_FORMULA.sub("'", text)


def _line(cells: Sequence[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()
