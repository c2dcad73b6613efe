"""Texts of others, fit to stand in a document."""

from __future__ import annotations

import re

LETTERS_AT_MOST = 600
# Without a shape of their own, or able to turn the line around them: control characters and overrides of direction.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")


def seen(text: str) -> str:
    """Leave out what nobody could see.

    >>> seen("a\\x00b\\u202ec")
    'abc'
    """
    return _UNSEEN.sub("", text)


def shortened(text: str, letters: int = LETTERS_AT_MOST) -> str:
    """Cut a text that would run away with the page.

    >>> shortened("a long story", 7)
    'a long…'
    """
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
