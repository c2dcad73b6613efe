"""Drawing on slides: texts and the marks of charts as shapes that can be edited, in inches from the top left."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR_TYPE, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Inches, Pt

from usabtest.reports import charts
from usabtest.reports.direction import leftwards
from usabtest.reports.export.colours import outcome_colour, outcome_edge, outcome_mark, tokens
from usabtest.reports.export.drawings import Drawing
from usabtest.reports.export.texts import seen
from usabtest.reports.export.typeset import to_png
from usabtest.reports.time_chart import TimeChart, columns_of
from usabtest.reports.words import Sentence

SERIF = "Georgia"
SANS = "Arial"

# How many marks fit beside each other on an axis of times, and how many are a shape each.
_PLACES = 60
_DOTS_AT_MOST = 100
# What the words below and above a chart of times take, and a row of its marks, in inches.
_AXIS_WORDS, _CENTRE_WORDS, _ROW = 0.28, 0.2, 0.17

_PATTERNS = {
    "assisted": MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL,
    "partial": MSO_PATTERN_TYPE.DOTTED_GRID,
    "failure": MSO_PATTERN_TYPE.LARGE_GRID,
    "gave_up": MSO_PATTERN_TYPE.WIDE_DOWNWARD_DIAGONAL,
    "timed_out": MSO_PATTERN_TYPE.NARROW_VERTICAL,
    "abandoned": MSO_PATTERN_TYPE.NARROW_HORIZONTAL,
}
# How one attempt ended, where it is one mark among others.
_GLYPHS = {
    "success": MSO_SHAPE.OVAL,
    "assisted": MSO_SHAPE.OVAL,
    "partial": MSO_SHAPE.DONUT,
    "failure": MSO_SHAPE.MATH_MULTIPLY,
    "gave_up": MSO_SHAPE.ROUNDED_RECTANGLE,
    "timed_out": MSO_SHAPE.FLOWCHART_COLLATE,
    "abandoned": MSO_SHAPE.DONUT,
}


@dataclass(frozen=True, slots=True)
class Area:
    """Where on a slide something is drawn."""

    left: float
    top: float
    width: float
    height: float = 0.3

    def at(self, place: float) -> float:
        """A place on its width, 0 to 1, in inches from the slide's left."""
        return self.left + place * self.width


def write(
    slide: Slide,
    area: Area,
    text: str | Sentence,
    *,
    size: float = 14,
    colour: str = "ink",
    bold: bool = False,
    serif: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Write a text; the marked part of a sentence gets the marker."""
    box = slide.shapes.add_textbox(Inches(area.left), Inches(area.top), Inches(area.width), Inches(area.height))
    fill_text(box.text_frame, text, size=size, colour=colour, bold=bold, serif=serif, align=align)


def write_both(slide: Slide, area: Area, first: str, then: str) -> None:
    """Write a bold text and a quiet one below it, wherever the first ends."""
    box = slide.shapes.add_textbox(Inches(area.left), Inches(area.top), Inches(area.width), Inches(area.height))
    fill_text(box.text_frame, first, size=11, bold=True)
    _fill_paragraph(box.text_frame.add_paragraph(), then, size=9, colour="ink-3")


def write_list(slide: Slide, area: Area, texts: Sequence[str]) -> None:
    """Write texts below each other, however many lines each has."""
    box = slide.shapes.add_textbox(Inches(area.left), Inches(area.top), Inches(area.width), Inches(area.height))
    for place, text in enumerate(texts):
        if place == 0:
            fill_text(box.text_frame, text, size=14, colour="ink-2")
        else:
            paragraph = box.text_frame.add_paragraph()
            paragraph.space_before = Pt(8)
            _fill_paragraph(paragraph, text, size=14, colour="ink-2")


def fill_text(
    frame: Any,
    text: str | Sentence,
    *,
    size: float,
    colour: str = "ink",
    bold: bool = False,
    serif: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Fill the frame of a text box or of a title."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _fill_paragraph(frame.paragraphs[0], text, size=size, colour=colour, bold=bold, serif=serif, align=align)


def _fill_paragraph(
    paragraph: Any,
    text: str | Sentence,
    *,
    size: float,
    colour: str = "ink",
    bold: bool = False,
    serif: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    paragraph.alignment = align
    if leftwards(str(text)):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    parts = (
        ((text, False),) if isinstance(text, str) else ((text.before, False), (text.marked, True), (text.after, False))
    )
    for words, marked in parts:
        if not words:
            continue
        run = paragraph.add_run()
        run.text = seen(words).replace("\n", " ")
        run.font.size = Pt(size)
        run.font.bold = bold
        run.font.name = SERIF if serif else SANS
        run.font.color.rgb = rgb(tokens()[colour])
        if marked:
            _mark(run)


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def draw_bar(slide: Slide, area: Area, bar: charts.Bar) -> None:
    """A dot on its interval; without the interval the dot is hollow."""
    middle = area.top + area.height / 2
    for tick in bar.ticks:
        _line(slide, (area.at(tick), area.top), (area.at(tick), area.top + area.height), "line")
    if bar.rule is not None:
        _line(slide, (area.at(bar.rule), area.top), (area.at(bar.rule), area.top + area.height), "ink-3", dotted=True)
    if bar.low is None or bar.high is None:
        _line(slide, (area.left, middle), (area.at(1), middle), "line-strong", dotted=True)
        _shape(slide, MSO_SHAPE.OVAL, _around(area.at(bar.value), middle, 0.17), fill="surface", edge="data", edge_pt=2)
        return
    _interval(slide, area.at(bar.low), area.at(bar.high), middle, 0.14)
    _shape(slide, MSO_SHAPE.OVAL, _around(area.at(bar.value), middle, 0.2), fill="data", edge="surface")


def draw_outcomes(slide: Slide, area: Area, parts: tuple[charts.Part, ...]) -> None:
    """How attempts ended, as one stacked bar with its counts."""
    for part in parts:
        box = Area(area.at(part.start) + 0.02, area.top, max(0.04, part.width * area.width - 0.04), area.height)
        shape = _shape(slide, MSO_SHAPE.RECTANGLE, box)
        _paint(shape, part.outcome)
        if part.labelled:
            plate = Area(box.left + box.width / 2 - 0.22, area.top + area.height / 2 - 0.13, 0.44, 0.26)
            if part.outcome != "success":
                _shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, plate, fill="surface")
            ink = "o-success-ink" if part.outcome == "success" else "ink"
            centred = Area(plate.left, plate.top + 0.03, plate.width, plate.height)
            write(slide, centred, str(part.count), size=11, bold=True, colour=ink, align=PP_ALIGN.CENTER)


def draw_legend(slide: Slide, area: Area, entries: tuple[tuple[str, str], ...]) -> None:
    """Patterns and their words, from left to right."""
    step = area.width / max(len(entries), 1)
    for place, (outcome, words) in enumerate(entries):
        left = area.left + place * step
        _paint(_shape(slide, MSO_SHAPE.RECTANGLE, Area(left, area.top + 0.04, 0.16, 0.16)), outcome)
        write(slide, Area(left + 0.22, area.top + 0.03, step - 0.24, 0.25), words, size=10, colour="ink-2")


def draw_times(slide: Slide, area: Area, chart: TimeChart) -> None:
    """Every attempt over time: the finished on the interval of their centre, the others below by how they ended.

    More than a hundred stand in columns: a slide with a shape for each could not be edited.
    """
    axis_top = area.top + area.height - _AXIS_WORDS
    highest = area.top + _CENTRE_WORDS
    floor = highest + (axis_top - highest) * (0.4 if chart.lanes else 0.5 if chart.rest else 1)
    for tick in chart.ticks:
        _line(slide, (area.at(tick.place), highest), (area.at(tick.place), axis_top), "line")
        words = Area(area.at(tick.place) - 0.5, axis_top + 0.04, 1, 0.24)
        write(slide, words, tick.words, size=10, colour="ink-3", align=PP_ALIGN.CENTER)
    _draw_finished(slide, Area(area.left, highest, area.width, floor - highest), chart)
    if chart.centre is not None:
        at = area.at(chart.centre)
        _line(slide, (at, highest), (at, floor + 0.04), "ink", pt=3)
        words = Area(at - 0.5, area.top - 0.02, 1, 0.2)
        write(slide, words, chart.centre_words, size=10, bold=True, align=PP_ALIGN.CENTER)
    _draw_rest(slide, Area(area.left, floor + 0.08, area.width, axis_top - floor - 0.12), chart)


def _draw_finished(slide: Slide, area: Area, chart: TimeChart) -> None:
    """Those who succeeded, standing on the floor of the area."""
    floor = area.top + area.height
    if chart.low is not None and chart.high is not None:
        _interval(slide, area.at(chart.low), area.at(chart.high), area.top + area.height / 2, area.height)
    many = len(chart.dots) > _DOTS_AT_MOST
    columns = columns_of(dot.place for dot in chart.dots) if many else chart.columns
    for column in columns:
        height = column.height * (area.height - 0.08)
        box = Area(area.at(column.start), floor - height, column.width * area.width, height)
        _shape(slide, MSO_SHAPE.RECTANGLE, box, fill="data")
    if not columns:
        inches_a_px = area.height / chart.floor_px
        size = min(0.12, 2.2 * chart.dot_px * inches_a_px)
        for dot in chart.dots:
            down = floor - (chart.floor_px - dot.down_px) * inches_a_px
            _shape(slide, MSO_SHAPE.OVAL, _around(area.at(dot.place), down, size), fill="data", edge="surface")


def _draw_rest(slide: Slide, area: Area, chart: TimeChart) -> None:
    """Those who did not succeed: a glyph each, or a lane of columns an outcome."""
    step = min(_ROW, area.height / (1 + max((mark.row for mark in chart.rest), default=0)))
    seen_there = {(round(mark.place * _PLACES) / _PLACES, mark.row): mark.outcome for mark in chart.rest}
    for (place, row), outcome in sorted(seen_there.items()):
        _glyph(slide, _around(area.at(place), area.top + (row + 0.5) * step, step - 0.02), outcome)
    high = area.height / max(1, len(chart.lanes))
    for row, lane in enumerate(chart.lanes):
        floor = area.top + (row + 1) * high
        _line(slide, (area.left, floor), (area.at(1), floor), "line")
        _glyph(slide, _around(area.left - 0.15, floor - high / 2, min(0.14, high - 0.02)), lane.outcome)
        for column in lane.columns:
            height = column.height * (high - 0.03)
            box = Area(area.at(column.start), floor - height, column.width * area.width, height)
            _paint(_shape(slide, MSO_SHAPE.RECTANGLE, box), lane.outcome)


def draw_columns(slide: Slide, area: Area, columns: tuple[charts.Column, ...]) -> None:
    """How many people chose each point of a scale."""
    step, floor = area.width / len(columns), area.top + area.height - 0.28
    highest = floor - area.top - 0.22
    for place, column in enumerate(columns):
        left = area.left + place * step
        if column.count:
            height = column.height * highest
            _shape(slide, MSO_SHAPE.RECTANGLE, Area(left + 0.05, floor - height, step - 0.1, height), fill="data")
            above = Area(left, floor - height - 0.21, step, 0.2)
            write(slide, above, str(column.count), size=10, align=PP_ALIGN.CENTER)
        _line(slide, (left + 0.05, floor), (left + step - 0.05, floor), "line-strong")
        below = Area(left, floor + 0.05, step, 0.22)
        write(slide, below, column.words, size=10, colour="ink-3", align=PP_ALIGN.CENTER)


def draw_picture(slide: Slide, area: Area, drawing: Drawing) -> float:
    """A drawing as a picture, as large as the area lets it be; return where it ends.

    Its words are for those who do not see it.
    """
    scale = min(area.width / drawing.width_px, area.height / drawing.height_px)
    size = Inches(scale * drawing.width_px), Inches(scale * drawing.height_px)
    picture = slide.shapes.add_picture(io.BytesIO(to_png(drawing)), Inches(area.left), Inches(area.top), *size)
    picture._element._nvXxPr.cNvPr.set("descr", seen(drawing.words))
    return area.top + scale * drawing.height_px


def rule(slide: Slide, area: Area, colour: str = "line") -> None:
    """A line across."""
    _line(slide, (area.left, area.top), (area.left + area.width, area.top), colour)


def _around(x: float, y: float, size: float) -> Area:
    return Area(x - size / 2, y - size / 2, size, size)


def _interval(slide: Slide, low: float, high: float, middle: float, height: float) -> None:
    box = Area(low, middle - height / 2, max(0.03, high - low), height)
    _shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, box, fill="band", edge="band-edge")


def _shape(
    slide: Slide, kind: MSO_SHAPE, area: Area, *, fill: str | None = None, edge: str | None = None, edge_pt: float = 1
) -> Any:
    shape = slide.shapes.add_shape(kind, Inches(area.left), Inches(area.top), Inches(area.width), Inches(area.height))
    _unstyled(shape)
    if fill is not None:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(tokens()[fill])
    if edge is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = rgb(tokens()[edge])
        shape.line.width = Pt(edge_pt)
    return shape


def _unstyled(shape: Any) -> None:
    """Take off the style of the theme: it has a shadow, and all that we want of it is said."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _line(
    slide: Slide,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    *,
    pt: float = 1,
    dotted: bool = False,
) -> None:
    ends = (Inches(start[0]), Inches(start[1]), Inches(end[0]), Inches(end[1]))
    line = slide.shapes.add_connector(MSO_CONNECTOR_TYPE.STRAIGHT, *ends)
    line.line.color.rgb = rgb(tokens()[colour])
    line.line.width = Pt(pt)
    _unstyled(line)
    if dotted:
        line.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT


def _paint(shape: Any, outcome: str) -> None:
    """Fill a shape with an outcome's pattern, and give it the edge that carries the contrast."""
    if outcome in _PATTERNS:
        shape.fill.patterned()
        shape.fill.pattern = _PATTERNS[outcome]
        shape.fill.fore_color.rgb = rgb(outcome_mark(outcome))
        shape.fill.back_color.rgb = rgb(outcome_colour(outcome))
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(outcome_colour(outcome))
    shape.line.color.rgb = rgb(outcome_edge(outcome))
    shape.line.width = Pt(1)


def _glyph(slide: Slide, area: Area, outcome: str) -> None:
    shape = _shape(slide, _GLYPHS[outcome], area)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(outcome_colour(outcome))
    shape.line.color.rgb = rgb(outcome_edge(outcome))
    shape.line.width = Pt(0.75)


def _mark(run: Any) -> None:
    """Lay the marker under a run; the library has no word for it. It stands right after the colour of the text."""
    highlight, colour = OxmlElement("a:highlight"), OxmlElement("a:srgbClr")
    colour.set("val", tokens()["marker"].removeprefix("#").upper())
    highlight.append(colour)
    run._r.get_or_add_rPr().find(qn("a:solidFill")).addnext(highlight)
