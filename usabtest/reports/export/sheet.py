"""A worksheet whose texts are texts, and whose rows may be many.

In a workbook that keeps no rows (`constant_memory`), XlsxWriter writes a text that looks like its own rich text
(`<r>…</r>`) as XML, unescaped: whoever answers a question could write cells, formulas among them. Here each text is
escaped. Rows of a table are written as they come, in a third of the time that a general writer of cells takes.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from usabtest.reports.export.tables import Cell
from usabtest.web.tables import FORMULA_SIGNS

LETTERS_AT_MOST = 32_767
_SPACED = re.compile(r"^\s|\s$")
_SIGNS = tuple(FORMULA_SIGNS)

# What of a row a column shows, in which format, and in which one a text that begins like a formula.
WrittenColumn = tuple[Callable[[Any], Cell], Format, Format]


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Writes what it is given, and takes none of it for something else."""

    def write_rows(self, first: int, rows: Iterable[Any], columns: Sequence[WrittenColumn], *, most: int) -> int:
        """Write rows below all that is written, from number `first` on, at most so many; return how many there are."""
        self._write_single_row(first)
        told = [
            (xl_col_to_name(place), read, _style(form), _style(defused))
            for place, (read, form, defused) in enumerate(columns)
        ]
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > most:
                break
            number = first + count
            cells = [f'<row r="{number}">']
            for letters, read, style, defused in told:
                value = read(row)
                if value is not None:
                    cells.append(f'<c r="{letters}{number}"{self._inside(value, style, defused)}</c>')
            cells.append("</row>")
            self.fh.write("".join(cells))
        self._check_dimensions(first + min(count, most), len(columns) - 1)
        self.previous_row = first + count
        return count

    def _inside(self, value: Cell, style: str, defused: str) -> str:
        match value:
            case str():
                return f'{defused if value.startswith(_SIGNS) else style} t="inlineStr"><is>{_text(value)}</is>'
            case bool():
                return f'{style} t="b"><v>{value:d}</v>'
            case int():
                return f"{style}><v>{value}</v>"
            case float() if math.isfinite(value):
                return f"{style}><v>{float(value)!r}</v>"
            case dt.datetime():
                return f"{style}><v>{self._convert_date_time(value)!r}</v>"
            case _:
                raise ValueError(f"{value!r} cannot stand in a cell")

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell that was given by itself; the library asks for each, row by row."""
        if type(cell).__name__ in {"String", "RichString"}:
            at = f'r="{xl_col_to_name(col)}{row + 1}"'
            self.fh.write(f'<c {at}{_style(cell.format)} t="inlineStr"><is>{_text(cell.string)}</is></c>')
        else:
            super()._write_cell(row, col, cell)


def _style(form: Format | None) -> str:
    return f' s="{form._get_xf_index()}"' if form else ""


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """The element of a text: what XML cannot hold as Excel escapes it, what means something to XML as XML does."""
    cut = text[:LETTERS_AT_MOST]
    escaped = Worksheet._escape_control_characters(cut).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if _SPACED.search(cut) else ""
    return f"<t{kept}>{escaped}</t>"
