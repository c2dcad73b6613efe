"""An event in words, without what differs from run to run: times, positions, stacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Event = list[Any]

_BUTTONS = {0: "", 1: " middle", 2: " right"}
_POINTERS = {"m": "", "t": " touch", "p": " pen", "": " by nothing"}


def in_words(event: Event, site: str) -> str:
    """One line: what it was, on what, and what else is certain; `event` has its page at 3 and its fields from 4 on."""
    code, _, _, page, *fields = event
    return _WORDS[code](page, *fields).replace(site, "").rstrip()


def _flags(flags: int) -> str:
    words = {16: " by script", 32: " by label", 64: " left out"}
    plain = "" if flags & 8 else " plain"
    return plain + "".join(word for flag, word in words.items() if flags & flag)


def _view(page: str, how: str, width: int, height: int, status: int) -> str:
    return f"{how} {page}" + (f" {status}" if status >= 400 else "")


def _click(
    page: str, selector: str, x: int, y: int, left: int, top: int, button: int, how: str, flags: int, *_: Any
) -> str:
    counted = "click" if flags & 1 else "uncounted"
    pointer = "" if flags & 48 else _POINTERS[how]
    return f"{counted} {selector}{_BUTTONS[button]}{pointer}{_flags(flags)}"


def _edit(page: str, selector: str, changes: int | None, ms: int | None, focused: int) -> str:
    return f"edit {selector} {changes}"


def _fault(page: str, what: str, message: str, source: str, line: int, column: int, stack: str) -> str:
    return f"{what} {message}"


def _request(page: str, how: str, method: str, address: str, status: int, flags: int, ms: int | None) -> str:
    return f"failed {how} {method} {address} {status}" + (" aborted" if flags else "")


_WORDS: dict[str, Callable[..., str]] = {
    "v": _view,
    "c": _click,
    "k": lambda page, selector, flags: f"key {selector}{_flags(flags)}",
    "i": lambda page, selector, flags: f"input {selector}{_flags(flags | 8)}",
    "e": _edit,
    "f": lambda page, selector, how: f"refused {selector} {how}",
    "j": _fault,
    "n": _request,
    "x": lambda page, name, data: f"event {name} {data}",
    "m": lambda page, message: f"marked {message}",
    "y": lambda page, side: f"verdict {side}",
    "b": lambda page, side, index, message: f"criterion {side} {index} {message}",
    "r": lambda page, code, count: f"dropped {code} {count}",
    "g": lambda page, click, ms, what: f"reaction {what or 'none'}",
    "d": lambda page, bottom, height: f"depth {bottom} of {height}",
    "s": lambda page, width, height: f"viewport {width} {height}",
    "o": lambda page, state: f"window {state}",
    "h": lambda page, state: f"page {state}",
    "u": lambda page, cached: f"end {page}" + (" cached" if cached else ""),
}
