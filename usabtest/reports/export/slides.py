"""Drawing on slides: texts, shapes that can be edited, pictures, in inches from the top left."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR_TYPE, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Inches, Pt

from usabtest.reports.direction import leftwards
from usabtest.reports.export.colours import tokens
from usabtest.reports.export.drawings import Drawing
from usabtest.reports.export.texts import seen
from usabtest.reports.export.typeset import to_png
from usabtest.reports.words import Sentence

SERIF = "Georgia"
SANS = "Arial"
# How Office says that a shape means nothing by itself.
_DECORATIVE = f"""<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative
xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"""


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


def draw_picture(slide: Slide, area: Area, drawing: Drawing) -> float:
    """A drawing as a picture, as large as the area lets it be; return where it ends."""
    scale = min(area.width / drawing.width_px, area.height / drawing.height_px)
    size = Inches(scale * drawing.width_px), Inches(scale * drawing.height_px)
    picture = slide.shapes.add_picture(io.BytesIO(to_png(drawing)), Inches(area.left), Inches(area.top), *size)
    _tell(picture, drawing.words)
    return area.top + scale * drawing.height_px


@contextmanager
def one_chart(slide: Slide, words: str) -> Iterator[None]:
    """Make a group of all that is drawn within; its words are for those who do not see it."""
    there = len(slide.shapes)
    yield
    _tell(slide.shapes.add_group_shape(list(slide.shapes)[there:]), words)


def _tell(shape: Any, words: str) -> None:
    shape._element._nvXxPr.cNvPr.set("descr", seen(words).replace("\n", " "))


def decorative(shape: Any) -> None:
    """Say that whoever does not see a shape misses nothing."""
    shape._element._nvXxPr.cNvPr.append(parse_xml(_DECORATIVE))


def rule(slide: Slide, area: Area, colour: str = "line") -> None:
    """A line across."""
    decorative(draw_line(slide, (area.left, area.top), (area.left + area.width, area.top), colour))


def draw_shape(
    slide: Slide, kind: MSO_SHAPE, area: Area, *, fill: str | None = None, edge: str | None = None, edge_pt: float = 1
) -> Any:
    """A shape without the style of the theme."""
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


def draw_line(
    slide: Slide,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    *,
    pt: float = 1,
    dotted: bool = False,
) -> Any:
    """A straight line from one point to another."""
    ends = (Inches(start[0]), Inches(start[1]), Inches(end[0]), Inches(end[1]))
    line = slide.shapes.add_connector(MSO_CONNECTOR_TYPE.STRAIGHT, *ends)
    line.line.color.rgb = rgb(tokens()[colour])
    line.line.width = Pt(pt)
    _unstyled(line)
    if dotted:
        line.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
    return line


def _mark(run: Any) -> None:
    """Lay the marker under a run; the library has no word for it. It stands right after the colour of the text."""
    highlight, colour = OxmlElement("a:highlight"), OxmlElement("a:srgbClr")
    colour.set("val", tokens()["marker"].removeprefix("#").upper())
    highlight.append(colour)
    run._r.get_or_add_rPr().find(qn("a:solidFill")).addnext(highlight)
