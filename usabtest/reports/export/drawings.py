"""The charts of our pages as pictures of their own, for files: the same templates and style sheets, by day.

What a page's style sheet says of a mark is written into the picture, with the colours of the light theme and the
patterns of outcomes; places that are fractions of a page's width become pixels of a width that is given. So a chart is
drawn in one place, `templates/reports/_charts.html`, whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from usabtest import assets
from usabtest.reports import charts
from usabtest.reports.export.colours import tokens
from usabtest.reports.task_ways import WaysShown
from usabtest.reports.time_chart import TimeChart, Times

SHEETS = ("stat", "outcome", "chart_marks", "task")
FONT = "Libertinus Serif"
_PX_PER_REM = 16
# A dot at the end of its axis stands out over it.
_EDGE_PX = 8
_PERSON_PX, _PERSON_HIGH_PX = 15, 18
# Success is one colour; as a pattern its seams would show.
_SOLID = "url(#o-success)"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DRAWN = re.compile(r"(fill|stroke)[a-z-]*|font")
_FONT = re.compile(r"(?:(\d+) )?([\d.]+)rem(?: / [\d.]+)? .+")
_VAR = re.compile(r"var\(--([a-z0-9-]+)\)")
_PERCENT = re.compile(r'="(-?[\d.]+)%"')
_TAG = re.compile(r"<[^>]+>")
_WIDTH = re.compile(r' width="([\d.]+)"')
_HEIGHT = re.compile(r'<svg[^>]* height="(\d+)"')


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG; `words` say what is to be seen."""

    svg: str
    width_px: int
    height_px: int
    words: str


def rate_bar(bar: charts.Bar, width_px: int, words: str) -> Drawing:
    """A dot on its interval."""
    return _drawing(_charts().bar(bar), width_px, words)


def times(it: Times, width_px: int, words: str) -> Drawing:
    """The times of those who finished, small."""
    return _drawing(_charts().times(it), width_px, words)


def axis(ticks: tuple[charts.Tick, ...], width_px: int) -> Drawing:
    """The words of an axis, as many as fit; whoever cannot see them hears them with the figures."""
    return _drawing(_charts().axis(charts.fitting(ticks, width_px - 2 * _EDGE_PX)), width_px, "")


def time_chart(it: TimeChart, width_px: int, words: str) -> Drawing:
    """Every attempt over time."""
    return _drawing(_charts().time_chart(it), width_px, words, edge_px=20)


def outcome_bar(parts: tuple[charts.Part, ...], width_px: int, words: str, height_px: int = 36) -> Drawing:
    """How attempts ended."""
    return _drawing(_charts().outcome_bar(parts, height_px), width_px, words, edge_px=1)


def sus_scale(it: charts.SusScale, width_px: int, words: str, *, flat: bool = False) -> Drawing:
    """A SUS score on its norm scale; a flat one has columns of half the height, or less below two scores."""
    high_px = 96 if not flat or not it.columns else 20 if it.before else 48
    return _drawing(_charts().sus_scale(it, high_px), width_px, words, edge_px=16)


def blocks(columns: tuple[charts.Column, ...], width_px: int, words: str) -> Drawing:
    """A block a person over the points of a scale."""
    return _drawing(_charts().blocks(columns), width_px, words, edge_px=1)


def ways(it: WaysShown, width_px: int, words: str) -> Drawing:
    """The ways that people took, from start to end."""
    return _drawing(_charts().ways_wide(it.named_for(width_px - 2)), width_px, words, edge_px=1)


def length(share: float, kind: str, width_px: int) -> Drawing:
    """One bar among others; its count stands beside it."""
    return _drawing(_charts().length(share, kind), width_px, "", edge_px=0, height_px=14)


def glyph(outcome: str, words: str) -> Drawing:
    """How one attempt ended."""
    return _drawing(_icons().glyph(outcome), 16, words, edge_px=0, height_px=16)


def swatch(outcome: str) -> Drawing:
    """An outcome's pattern, for legends."""
    return _drawing(_components().swatch(outcome), 16, "", edge_px=0)


def people(filled: tuple[bool, ...], words: str) -> Drawing:
    """Up to twenty people, filled or in outline."""
    each = (f'<g transform="translate({place * _PERSON_PX} 0)">{_person(one)}</g>' for place, one in enumerate(filled))
    return _drawing(
        Markup("").join(map(Markup, each)), _PERSON_PX * len(filled), words, edge_px=0, height_px=_PERSON_HIGH_PX
    )


def _person(filled: bool) -> str:
    return str(_icons().figure_of(filled))


def _drawing(
    markup: Markup, width_px: int, words: str, *, edge_px: int = _EDGE_PX, height_px: int | None = None
) -> Drawing:
    """A picture of so many pixels, its edges included; its height is that of the marks, if they say one."""
    inner_px = width_px - 2 * edge_px
    if height_px is None:
        height_px = _height_of(markup)
    marks = (
        _placed(markup, inner_px).replace(_SOLID, tokens()["o-success"]).replace("<svg", '<svg overflow="visible"', 1)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{height_px}" '
        f'viewBox="{-edge_px} 0 {width_px} {height_px}"><style>{_style()}</style>{_patterns()}'
        f"{marks}</svg>"
    )
    return Drawing(svg, width_px, height_px, words)


def _height_of(markup: Markup) -> int:
    height = _HEIGHT.search(markup)
    if height is None:
        raise ValueError(f"{markup[:80]!r} is no drawing with a height in pixels")
    return int(height[1])


def _placed(markup: str, inner_px: float) -> str:
    """Turn fractions of a width into pixels: of the drawing, or of the drawing inside it that they stand in."""
    widths = [inner_px]

    def placed(tag: re.Match[str]) -> str:
        told = _PERCENT.sub(lambda found: f'="{round(float(found[1]) * widths[-1] / 100, 2)}"', tag[0])
        if told.startswith("<svg"):
            width = _WIDTH.search(told)
            widths.append(float(width[1]) if width else widths[-1])
        elif told == "</svg>":
            widths.pop()
        return told

    return _TAG.sub(placed, markup)


@cache
def _style() -> str:
    """The rules by which our pages colour drawings, with nothing left to look up."""
    return "".join(f"{selector}{{{declared}}}" for sheet in SHEETS for selector, declared in _rules(sheet))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    text = _COMMENT.sub("", (assets.folder("static") / "css" / f"{sheet}.css").read_text("utf-8"))
    for selector, body in _RULE.findall(_without_at_rules(text)):
        pairs = (line.partition(":") for line in body.split(";") if ":" in line)
        drawn = [
            declared
            for name, _, value in pairs
            if _DRAWN.fullmatch(name.strip())
            for declared in _declared(name.strip(), _looked_up(value.strip()))
        ]
        if drawn:
            yield " ".join(selector.split()), ";".join(drawn)


def _without_at_rules(text: str) -> str:
    """Leave out print, small screens and the like: a file is none of them."""
    return re.sub(r"@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)


def _looked_up(value: str) -> str:
    return _VAR.sub(lambda found: _values().get(found[1], found[0]), value)


def _declared(name: str, value: str) -> Iterator[str]:
    if name != "font":
        yield f"{name}:{value}"
    elif font := _FONT.fullmatch(value):
        yield f"font-family:{FONT}"
        yield f"font-size:{float(font[2]) * _PX_PER_REM:g}px"
        yield f"font-weight:{font[1] or 400}"


@cache
def _values() -> dict[str, str]:
    """The tokens of colours and sizes."""
    text = (assets.folder("static") / "css" / "tokens.css").read_text("utf-8").partition("@media")[0]
    return {**dict(re.findall(r"--(text-[a-z]+): ([^;]+);", text)), "sans": FONT, **tokens()}


@cache
def _patterns() -> str:
    text = _environment().get_template("_patterns.html").render()
    found = re.search(r"<defs>.*</defs>", text, re.DOTALL)
    return _looked_up(found[0]) if found else ""


@cache
def _environment() -> Environment:
    return Environment(loader=assets.OneAtATime(FileSystemLoader(assets.folder("templates"))), autoescape=True)


@cache
def _charts() -> Any:
    return _environment().get_template("reports/_charts.html").module


@cache
def _icons() -> Any:
    return _environment().get_template("_icons.html").module


@cache
def _components() -> Any:
    return _environment().get_template("_components.html").module
