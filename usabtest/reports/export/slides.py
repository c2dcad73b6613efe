"""Drawing on slides: texts that can be edited, rules, charts as pictures; in inches from the top left."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR_TYPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.picture import Picture
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
# A pixel of a drawing is a point of the slide: so its words have the size of those beside it.
_PX_AN_INCH = 72
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

    def lower(self, inches: float) -> Area:
        """The same, so far below."""
        return replace(self, top=self.top + inches)


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
        run.font.color.rgb = _rgb(tokens()[colour])
        if marked:
            _mark(run)


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def draw(slide: Slide, area: Area, drawn: Callable[[int], Drawing]) -> float:
    """A drawing as a picture, as wide as an area, its words as large as those beside it; return where it ends.

    `drawn` makes the drawing for a width in pixels. One too high for the area is made wider, and shown smaller.
    """
    drawing = drawn(round(area.width * _PX_AN_INCH))
    scale = max(_PX_AN_INCH, drawing.height_px / area.height)
    if scale > _PX_AN_INCH:
        drawing = drawn(round(area.width * scale))
    size = Inches(drawing.width_px / scale), Inches(drawing.height_px / scale)
    picture = slide.shapes.add_picture(io.BytesIO(to_png(drawing)), Inches(area.left), Inches(area.top), *size)
    _tell(picture, drawing.words)
    return area.top + drawing.height_px / scale


def _tell(picture: Picture, words: str) -> None:
    """Say what is to be seen; a picture without words means nothing by itself."""
    picture._element._nvXxPr.cNvPr.set("descr", seen(words).replace("\n", " "))
    if not words:
        _decorative(picture)


def _decorative(shape: Any) -> None:
    """Say that whoever does not see a shape misses nothing."""
    shape._element._nvXxPr.cNvPr.append(parse_xml(_DECORATIVE))


def rule(slide: Slide, area: Area, colour: str = "line") -> None:
    """A line across, without the style of the theme: it has a shadow, and all that we want of it is said."""
    ends = Inches(area.left), Inches(area.top), Inches(area.left + area.width), Inches(area.top)
    line = slide.shapes.add_connector(MSO_CONNECTOR_TYPE.STRAIGHT, *ends)
    line.line.color.rgb = _rgb(tokens()[colour])
    line.line.width = Pt(1)
    line._element.remove(line._element.find(qn("p:style")))
    _decorative(line)


def _mark(run: Any) -> None:
    """Lay the marker under a run; the library has no word for it. It stands right after the colour of the text."""
    highlight, colour = OxmlElement("a:highlight"), OxmlElement("a:srgbClr")
    colour.set("val", tokens()["marker"].removeprefix("#").upper())
    highlight.append(colour)
    run._r.get_or_add_rPr().find(qn("a:solidFill")).addnext(highlight)
