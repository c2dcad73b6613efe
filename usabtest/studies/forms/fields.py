"""What an editor's section is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Reads(StrEnum):
    """What the text in a control stands for in the file."""

    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    MINUTES = "minutes"
    TRUTH = "truth"
    CHOICES = "choices"


class Of(StrEnum):
    """What a list of rows holds."""

    CRITERIA = "criteria"
    PATTERNS = "patterns"
    QUESTIONS = "questions"
    SCREENER = "screener"


@dataclass(frozen=True, slots=True)
class Control:
    """One control; `path` is where its value stands in the file (or in its task)."""

    path: str
    label: str
    hint: str = ""
    type: str = "text"
    reads: Reads = Reads.TEXT
    optional: bool = False
    options: tuple[tuple[str, ...], ...] = ()
    kind: str = ""
    unit: str = ""
    rows: int = 4

    @property
    def name(self) -> str:
        return self.path.replace(".", "-")


@dataclass(frozen=True, slots=True)
class RowList:
    """Rows that can be added, ordered and removed; `kinds` are the forms that a row can take, with their words."""

    path: str
    label: str
    of: Of
    thing: str
    hint: str = ""
    kinds: tuple[tuple[str, str], ...] = ()
    add: str = ""

    @property
    def name(self) -> str:
        return self.path


Item = Control | RowList


@dataclass(frozen=True, slots=True)
class Group:
    """Controls that belong together; `free` ones may change while people take part, `folded` ones are rarely needed."""

    items: tuple[Item, ...]
    heading: str = ""
    hint: str = ""
    free: bool = False
    folded: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the editor."""

    slug: str
    title: str
    groups: tuple[Group, ...]
    note: str = ""

    def items(self, *, frozen: bool) -> Iterator[Item]:
        """The fields that may be changed."""
        return (item for group in self.groups if group.free or not frozen for item in group.items)

    def all_items(self) -> Iterator[Item]:
        return self.items(frozen=False)
