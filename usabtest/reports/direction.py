"""Texts written from right to left among ours: which begin there, and how they keep their order inside our sentences.

A text that stands alone takes the direction of its first letter, as `dir="auto"` does; what stands inside another is
put into an isolate of Unicode, which pages, documents, slides and tables all know.
"""

from __future__ import annotations

import re
import unicodedata

_ISOLATE, _END = "\u2068", "\u2069"
# What would end our isolate early, or turn what comes behind it.
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INSIDE = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069?")
_LEFTWARDS = frozenset({"R", "AL"})


def isolated(text: str) -> str:
    """Somebody's text, to be put into a sentence of ours.

    >>> isolated("Pay"), isolated("ادفع") == "\u2068ادفع\u2069"
    ('Pay', True)
    """
    if any(unicodedata.bidirectional(letter) in _LEFTWARDS for letter in text):
        return f"{_ISOLATE}{_CONTROLS.sub('', text)}{_END}"
    return text


def leftwards(text: str) -> bool:
    """Whether a text that stands alone is read from right to left: its first letter decides, isolates are skipped.

    >>> leftwards("ادفع بالقسيمة OTTER-5."), leftwards("Start with \u2068ادفع\u2069"), leftwards("12 ادفع")
    (True, False, True)
    """
    kinds = (unicodedata.bidirectional(letter) for letter in _INSIDE.sub("", text))
    return next((kind in _LEFTWARDS for kind in kinds if kind in _LEFTWARDS or kind == "L"), False)
