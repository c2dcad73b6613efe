"""The picture that chat tools show of a link: drawn by Typst from two lines of text; pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache

import typst

from usabtest.reports.direction import leftwards

SIZE_PX = (1200, 630)

# The texts come in as data, so nobody's markup is read.
_PICTURE = b"""
#let told = json(bytes(sys.inputs.told))
#let ink = rgb("#1a1c20")
#set page(width: 600pt, height: 315pt, margin: (x: 44pt, y: 36pt), fill: rgb("#fbfaf7"))
#set text(font: ("Libertinus Serif", "Noto Serif", "DejaVu Serif"), fill: ink, hyphenate: false)
#let line-of(words) = text(dir: if words.rtl { rtl } else { ltr }, words.text)
#box(width: 36pt, height: 18pt, {
  place(dy: 4.5pt, rect(width: 36pt, height: 9pt, radius: 4.5pt, fill: rgb("#c3d7ec")))
  place(dx: 15pt, circle(radius: 9pt, fill: ink))
})
#h(8pt)
#box(baseline: -4pt, text(size: 15pt, weight: "bold", "usabtest"))
#v(1fr)
#if told.above.text != "" [#text(size: 17pt, fill: rgb("#4a4e57"), line-of(told.above))]
#par(leading: 0.58em, text(size: told.size * 1pt, line-of(told.large)))
#v(1fr)
"""
_MOST_LETTERS = 130
# Wider than the picture, unless it may be broken.
_LONG_WORD = re.compile(r"(\S{24})(?=\S)")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a chat tool shows of a link."""

    title: str
    sentence: str = ""

    def png(self) -> bytes:
        return _drawn(self.title, self.sentence)


@lru_cache(maxsize=64)
def _drawn(title: str, sentence: str) -> bytes:
    above, large = (title, sentence) if sentence else ("", title)
    told = {"above": _line(above, 64), "large": _line(large, _MOST_LETTERS), "size": 38 if len(large) < 72 else 31}
    # 144 dots an inch make 1200 pixels of 600 points.
    drawn = typst.compile(_PICTURE, format="png", ppi=144.0, sys_inputs={"told": json.dumps(told)})
    assert isinstance(drawn, bytes)  # noqa: S101 - one page, so no list
    return drawn


def _line(text: str, most: int) -> dict[str, str | bool]:
    """A text, cut where it would not fit, and whether it runs from right to left: by its first letter that tells."""
    cut = text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
    return {"text": _LONG_WORD.sub("\\1\u200b", cut), "rtl": leftwards(text)}
