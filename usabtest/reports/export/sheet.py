"""A worksheet whose texts are texts, and whose rows may be many.

In a workbook that keeps no rows (`constant_memory`), XlsxWriter writes a text that looks like its own rich text
(`<r>…</r>`) as XML, unescaped: whoever answers a question could write cells, formulas among them. Here each text is
escaped. Numbers and texts are also written without the detours of a general writer, in half the time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_SPACED = re.compile(r"^\s|\s$")


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """Writes what it is given, and never reads it."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Write a cell; the library asks for each, row by row."""
        style = f' s="{cell.format._get_xf_index()}"' if cell.format else ""
        kind = type(cell).__name__
        if kind == "Number":
            self.fh.write(f'<c r="{_letters(col)}{row + 1}"{style}><v>{cell.number:.16G}</v></c>')
        elif kind in {"String", "RichString"}:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}"{style} t="inlineStr"><is>{_text(cell.string)}</is></c>')
        else:
            super()._write_cell(row, col, cell)


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """The element of a text: what XML cannot hold as Excel escapes it, what means something to XML as XML does."""
    escaped = Worksheet._escape_control_characters(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if _SPACED.search(text) else ""
    return f"<t{kept}>{escaped}</t>"
