"""Rows as text: CSV for spreadsheets, and JSON a line for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

Item = Mapping[str, object]

# With the wide signs of East Asian keyboards, which their spreadsheets read as well.
_SETS_A_FORMULA_OFF = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(items: Iterable[Item], columns: Sequence[str]) -> Iterator[str]:
    """Write a header and a line an item; a column `errors.form` takes the key `form` of what stands under `errors`."""
    yield _line(columns)
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
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return f"'{value}" if value.startswith(_SETS_A_FORMULA_OFF) else value
        case _:
            return msgspec.json.encode(value).decode()


def _line(cells: Sequence[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()
