"""The keys of studies, tasks and questions: their form, and how one is made from a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

MAX_KEY_LENGTH = 63

_KEY = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_KEY_LENGTH - 1}}}")


def is_key(text: str) -> bool:
    """Whether a text has the form of a key.

    Examples
    --------
    >>> is_key("find-book"), is_key("Find book")
    (True, False)
    """
    return _KEY.fullmatch(text) is not None


def key_from(title: str, *, otherwise: str, longest: int = MAX_KEY_LENGTH) -> str:
    """A key that reads like the title; `otherwise` where nothing of it can be kept.

    Examples
    --------
    >>> key_from("Größe wählen, 2nd try!", otherwise="task")
    'grosse-wahlen-2nd-try'
    >>> key_from("本を探す", otherwise="task")
    'task'
    """
    letters = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return words[:longest].strip("-") or otherwise


def free_key(key: str, taken: Container[str]) -> str:
    """The key itself, or with the first number behind it that makes it one that is not taken.

    Examples
    --------
    >>> free_key("task", {"task", "task-2"})
    'task-3'
    """
    candidate, number = key, 2
    while candidate in taken:
        ending = f"-{number}"
        candidate = key[: MAX_KEY_LENGTH - len(ending)] + ending
        number += 1
    return candidate
