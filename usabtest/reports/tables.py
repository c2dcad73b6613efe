"""The figures behind a chart, once: the page shows them as a table, and the file of the same name holds them."""

from __future__ import annotations

from dataclasses import dataclass

from usabtest.reports.words import number
from usabtest.web.tables import csv_lines

ROWS_AT_MOST = 200

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as the page shows it."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the one in addresses and files; the first column says what a row is about."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def shown(self) -> tuple[tuple[Shown, ...], ...]:
        """The rows that the page has room for."""
        return tuple(tuple(_shown(value) for value in row) for row in self.rows[:ROWS_AT_MOST])

    @property
    def numbers(self) -> bool:
        """Whether a row is a name and numbers, and nothing else."""
        return all(value.is_number for row in self.shown for value in row[1:])

    @property
    def more(self) -> int:
        """How many rows only the file has."""
        return max(0, len(self.rows) - ROWS_AT_MOST)

    def to_csv(self) -> str:
        """Write it for spreadsheets, unrounded."""
        return "".join(csv_lines((dict(zip(self.columns, row, strict=True)) for row in self.rows), self.columns))


def _shown(value: Value) -> Shown:
    match value:
        case None:
            return Shown("–", is_number=True)
        case int():
            return Shown(f"{value:,}", is_number=True)
        case float():
            return Shown(number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2), is_number=True)
        case str():
            return Shown(value, is_number=False)
