"""The charts of slides: marks as shapes that can be edited, each chart a group with words for who does not see it."""

from __future__ import annotations

from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Pt

from usabtest.reports import charts
from usabtest.reports.export.colours import outcome_colour, outcome_edge, outcome_mark
from usabtest.reports.export.slides import Area, decorative, draw_line, draw_shape, one_chart, rgb, write
from usabtest.reports.time_chart import TimeChart, columns_of

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


def draw_bar(slide: Slide, area: Area, bar: charts.Bar, said: str) -> None:
    """A dot on its interval; without the interval the dot is hollow."""
    with one_chart(slide, said):
        middle = area.top + area.height / 2
        for tick in bar.ticks:
            draw_line(slide, (area.at(tick), area.top), (area.at(tick), area.top + area.height), "line")
        if bar.rule is not None:
            draw_line(
                slide, (area.at(bar.rule), area.top), (area.at(bar.rule), area.top + area.height), "ink-3", dotted=True
            )
        if bar.low is None or bar.high is None:
            draw_line(slide, (area.left, middle), (area.at(1), middle), "line-strong", dotted=True)
            draw_shape(
                slide, MSO_SHAPE.OVAL, _around(area.at(bar.value), middle, 0.17), fill="surface", edge="data", edge_pt=2
            )
            return
        _interval(slide, area.at(bar.low), area.at(bar.high), middle, 0.14)
        draw_shape(slide, MSO_SHAPE.OVAL, _around(area.at(bar.value), middle, 0.2), fill="data", edge="surface")


def draw_outcomes(slide: Slide, area: Area, parts: tuple[charts.Part, ...], said: str) -> None:
    """How attempts ended, as one stacked bar with its counts."""
    with one_chart(slide, said):
        for part in parts:
            box = Area(area.at(part.start) + 0.02, area.top, max(0.04, part.width * area.width - 0.04), area.height)
            shape = draw_shape(slide, MSO_SHAPE.RECTANGLE, box)
            _paint(shape, part.outcome)
            if part.labelled:
                plate = Area(box.left + box.width / 2 - 0.22, area.top + area.height / 2 - 0.13, 0.44, 0.26)
                if part.outcome != "success":
                    draw_shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, plate, fill="surface")
                ink = "o-success-ink" if part.outcome == "success" else "ink"
                centred = Area(plate.left, plate.top + 0.03, plate.width, plate.height)
                write(slide, centred, str(part.count), size=11, bold=True, colour=ink, align=PP_ALIGN.CENTER)


def draw_legend(slide: Slide, area: Area, entries: tuple[tuple[str, str], ...]) -> None:
    """Patterns and their words, from left to right."""
    step = area.width / max(len(entries), 1)
    for place, (outcome, words) in enumerate(entries):
        left = area.left + place * step
        swatch = draw_shape(slide, MSO_SHAPE.RECTANGLE, Area(left, area.top + 0.04, 0.16, 0.16))
        _paint(swatch, outcome)
        decorative(swatch)
        write(slide, Area(left + 0.22, area.top + 0.03, step - 0.24, 0.25), words, size=10, colour="ink-2")


def draw_times(slide: Slide, area: Area, chart: TimeChart, said: str) -> None:
    """Every attempt over time: the finished on the interval of their centre, the others below by how they ended.

    More than a hundred stand in columns: a slide with a shape for each could not be edited.
    """
    with one_chart(slide, said):
        axis_top = area.top + area.height - _AXIS_WORDS
        highest = area.top + _CENTRE_WORDS
        floor = highest + (axis_top - highest) * (0.4 if chart.lanes else 0.5 if chart.rest else 1)
        for tick in chart.ticks:
            draw_line(slide, (area.at(tick.place), highest), (area.at(tick.place), axis_top), "line")
            words = Area(area.at(tick.place) - 0.5, axis_top + 0.04, 1, 0.24)
            write(slide, words, tick.words, size=10, colour="ink-3", align=PP_ALIGN.CENTER)
        _draw_finished(slide, Area(area.left, highest, area.width, floor - highest), chart)
        if chart.centre is not None:
            at = area.at(chart.centre)
            draw_line(slide, (at, highest), (at, floor + 0.04), "ink", pt=3)
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
        draw_shape(slide, MSO_SHAPE.RECTANGLE, box, fill="data")
    if not columns:
        inches_a_px = area.height / chart.floor_px
        size = min(0.12, 2.2 * chart.dot_px * inches_a_px)
        for dot in chart.dots:
            down = floor - (chart.floor_px - dot.down_px) * inches_a_px
            draw_shape(slide, MSO_SHAPE.OVAL, _around(area.at(dot.place), down, size), fill="data", edge="surface")


def _draw_rest(slide: Slide, area: Area, chart: TimeChart) -> None:
    """Those who did not succeed: a glyph each, or a lane of columns an outcome."""
    step = min(_ROW, area.height / (1 + max((mark.row for mark in chart.rest), default=0)))
    seen_there = {(round(mark.place * _PLACES) / _PLACES, mark.row): mark.outcome for mark in chart.rest}
    for (place, row), outcome in sorted(seen_there.items()):
        _glyph(slide, _around(area.at(place), area.top + (row + 0.5) * step, step - 0.02), outcome)
    high = area.height / max(1, len(chart.lanes))
    for row, lane in enumerate(chart.lanes):
        floor = area.top + (row + 1) * high
        draw_line(slide, (area.left, floor), (area.at(1), floor), "line")
        _glyph(slide, _around(area.left - 0.15, floor - high / 2, min(0.14, high - 0.02)), lane.outcome)
        for column in lane.columns:
            height = column.height * (high - 0.03)
            box = Area(area.at(column.start), floor - height, column.width * area.width, height)
            _paint(draw_shape(slide, MSO_SHAPE.RECTANGLE, box), lane.outcome)


def draw_columns(slide: Slide, area: Area, columns: tuple[charts.Column, ...], said: str) -> None:
    """How many people chose each point of a scale."""
    with one_chart(slide, said):
        step, floor = area.width / len(columns), area.top + area.height - 0.28
        highest = floor - area.top - 0.22
        for place, column in enumerate(columns):
            left = area.left + place * step
            if column.count:
                height = column.height * highest
                draw_shape(
                    slide, MSO_SHAPE.RECTANGLE, Area(left + 0.05, floor - height, step - 0.1, height), fill="data"
                )
                above = Area(left, floor - height - 0.21, step, 0.2)
                write(slide, above, str(column.count), size=10, align=PP_ALIGN.CENTER)
            draw_line(slide, (left + 0.05, floor), (left + step - 0.05, floor), "line-strong")
            below = Area(left, floor + 0.05, step, 0.22)
            write(slide, below, column.words, size=10, colour="ink-3", align=PP_ALIGN.CENTER)


def _around(x: float, y: float, size: float) -> Area:
    return Area(x - size / 2, y - size / 2, size, size)


def _interval(slide: Slide, low: float, high: float, middle: float, height: float) -> None:
    box = Area(low, middle - height / 2, max(0.03, high - low), height)
    draw_shape(slide, MSO_SHAPE.ROUNDED_RECTANGLE, box, fill="band", edge="band-edge")


def _paint(shape: Shape, outcome: str) -> None:
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
    shape = draw_shape(slide, _GLYPHS[outcome], area)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(outcome_colour(outcome))
    shape.line.color.rgb = rgb(outcome_edge(outcome))
    shape.line.width = Pt(0.75)
