"""Takes typed values out of a mapping, one key at a time, and writes down every fault it meets on the way."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from usabtest.errors import Fault

from .document import joined

Choice = TypeVar("Choice", bound=StrEnum)

# Tabs and line breaks are written by people; other control characters come from accidents, and XML refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class FaultList:
    """The faults met so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, message))

    def __len__(self) -> int:
        return len(self.faults)


@dataclass(slots=True)
class Item:
    """One value of the file and where it stands."""

    value: object
    path: str
    faults: FaultList

    def text(self, *, longest: int, lines: bool = False) -> str | None:
        """A text that is not empty; with `lines` it may have several."""
        if not isinstance(self.value, str):
            self.faults.add(self.path, _not_a_text(self.value))
            return None
        message = _fault_of_text(self.value, longest=longest, lines=lines)
        if message:
            self.faults.add(self.path, message)
            return None
        return self.value

    def number(self, *, least: float, most: float) -> float | None:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            hint = "; write it without quotes" if isinstance(self.value, str) and _reads_as_number(self.value) else ""
            self.faults.add(self.path, f"is {_named(self.value)} where a number has to stand{hint}")
            return None
        if not least <= self.value <= most or not math.isfinite(self.value):
            self.faults.add(self.path, f"is {_shown(self.value)}; allowed is {_shown(least)} to {_shown(most)}")
            return None
        return self.value

    def whole(self, *, least: int, most: int) -> int | None:
        number = self.number(least=least, most=most)
        if number is None:
            return None
        if number != int(number):
            self.faults.add(self.path, f"is {_shown(number)}; it has to be a whole number")
            return None
        return int(number)

    def truth(self) -> bool | None:
        if isinstance(self.value, bool):
            return self.value
        hint = ""
        if isinstance(self.value, str) and self.value.casefold() in ("yes", "no", "on", "off", "true", "false"):
            hint = ' without quotes ("yes" and "no" are texts in YAML 1.2)'
        self.faults.add(self.path, f"is {_named(self.value)}; write true or false{hint}")
        return None

    def choice(self, among: type[Choice]) -> Choice | None:
        if not isinstance(self.value, str):
            self.faults.add(self.path, f"is {_named(self.value)}; allowed is {listed(among)}")
            return None
        if self.value in list(among):
            return among(self.value)
        guess = did_you_mean(self.value, among) or f"; allowed is {listed(among)}"
        self.faults.add(self.path, f'"{shortened(self.value)}" is not known{guess}')
        return None

    def items(self, *, most: int) -> list[Item]:
        """The items of a list; a fault and none where it is no list."""
        if not isinstance(self.value, (list, tuple)):
            self.faults.add(self.path, f"is {_named(self.value)} where a list has to stand; put it in square brackets")
            return []
        if len(self.value) > most:
            self.faults.add(self.path, f"has {len(self.value)} items; {most} at most")
            return []
        return [Item(value, f"{self.path}[{index}]", self.faults) for index, value in enumerate(self.value)]

    def section(self, called: str) -> Section | None:
        if not isinstance(self.value, Mapping):
            self.faults.add(
                self.path, f"is {_named(self.value)} where {called} has to stand, as keys with their values"
            )
            return None
        return Section(self.value, self.path, self.faults, called)

    def fault(self, message: str) -> None:
        self.faults.add(self.path, message)


@dataclass(slots=True)
class Section:
    """A mapping of the file, taken key by key; `close` names the keys that nobody took.

    A key whose value is null counts as left out.
    """

    mapping: Mapping[object, object]
    path: str
    faults: FaultList
    called: str
    _known: list[str] = field(default_factory=list)

    def take(self, key: str) -> Item | None:
        self._known.append(key)
        value = self.mapping.get(key)
        return None if value is None else Item(value, joined(self.path, key), self.faults)

    def place(self, key: str) -> str:
        return joined(self.path, key)

    def required(self, key: str, why: str = "") -> Item | None:
        item = self.take(key)
        if item is None:
            self.faults.add(self.place(key), f"is missing; {why or f'{self.called} needs it'}")
        return item

    def text(self, key: str, *, longest: int, lines: bool = False) -> str | None:
        item = self.take(key)
        return item.text(longest=longest, lines=lines) if item else None

    def required_text(self, key: str, *, longest: int, lines: bool = False) -> str:
        item = self.required(key)
        return (item.text(longest=longest, lines=lines) if item else None) or ""

    def number(self, key: str, *, least: float, most: float) -> float | None:
        item = self.take(key)
        return item.number(least=least, most=most) if item else None

    def whole(self, key: str, *, least: int, most: int) -> int | None:
        item = self.take(key)
        return item.whole(least=least, most=most) if item else None

    def truth(self, key: str) -> bool:
        """False unless it says true: every yes-or-no of a study file is no by default."""
        item = self.take(key)
        return bool(item and item.truth())

    def choice(self, key: str, default: Choice) -> Choice:
        item = self.take(key)
        return (item.choice(type(default)) if item else None) or default

    def items(self, key: str, *, most: int) -> list[Item]:
        item = self.take(key)
        return item.items(most=most) if item else []

    def texts(self, key: str, *, most: int, longest: int) -> tuple[str, ...]:
        """A list of texts of which none stands twice."""
        return without_repeats((item, item.text(longest=longest)) for item in self.items(key, most=most))

    def section(self, key: str, called: str) -> Section | None:
        item = self.take(key)
        return item.section(called) if item else None

    def close(self) -> None:
        for key in self.mapping:
            if not isinstance(key, str):
                self.faults.add(self.path, f"has the key {key!r}, which is not a text")
            elif key not in self._known:
                guess = did_you_mean(key, self._known) or f"; known are {listed(self._known)}"
                self.faults.add(joined(self.path, key), f"is not a key of {self.called}{guess}")


Value = TypeVar("Value")


def without_repeats(found: Iterable[tuple[Item, Value | None]]) -> tuple[Value, ...]:
    """The values that could be read; one that stands twice is a fault."""
    values: list[Value] = []
    for item, value in found:
        if value in values:
            item.fault(f'"{shortened(str(value))}" stands twice in the list; keep one of them')
        elif value is not None:
            values.append(value)
    return tuple(values)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that names what was probably meant, or nothing."""
    close = difflib.get_close_matches(word.lower().replace("-", "_")[:100], [str(one) for one in known], n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def listed(words: Collection[str] | type[StrEnum]) -> str:
    return ", ".join(str(word) for word in words)


def shortened(text: str) -> str:
    """A text of the file as far as a message quotes it."""
    return text if len(text) <= 80 else f"{text[:79]}…"


def _fault_of_text(text: str, *, longest: int, lines: bool) -> str | None:
    if not text.strip():
        return "is empty; write something, or leave the key out where it is optional"
    if len(text) > longest:
        return f"is {len(text)} characters long; {longest} at most"
    control = _CONTROL.search(text)
    if control:
        return f"contains a control character (U+{ord(control.group()):04X}) at character {control.start() + 1}"
    if not lines and re.search(r"[\n\r]", text):
        return "has a line break; it has to be one line"
    return None


def _reads_as_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _not_a_text(value: object) -> str:
    hint = "; put it in quotes" if isinstance(value, (bool, int, float)) else ""
    return f"is {_named(value)} where a text has to stand{hint}"


def _named(value: object) -> str:
    if value is None:
        return "empty (null)"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {_shown(value)}"
    if isinstance(value, str):
        return f'the text "{shortened(value)}"'
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, (list, tuple)) else f"a value of type {type(value).__name__}"


def _shown(number: float) -> str:
    """A number as people write it, if it is one that people write."""
    if isinstance(number, int):
        return shortened(str(number))
    return str(int(number)) if abs(number) < 1e15 and number == int(number) else f"{number:.12g}"
