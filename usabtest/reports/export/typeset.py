"""Documents, set by Typst: a PDF, or pictures of its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

from usabtest.reports.direction import leftwards
from usabtest.reports.export.colours import tokens
from usabtest.reports.export.document import Document
from usabtest.reports.export.drawings import Drawing
from usabtest.reports.export.texts import seen

_TEMPLATE = Path(__file__).with_name("document.typ")
# A picture alone: one of its pixels is a point of the page.
_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""
# A pixel of SVG is three quarters of a point, and becomes three by three: 216 an inch where it is a point of a slide.
_PIXELS_AN_INCH = 3 * 96.0


def to_pdf(document: Document, *, made_at: dt.datetime) -> bytes:
    """Set a document as an accessible PDF: as PDF/UA-1, where the machine has a letter for each that is in it."""
    try:
        return _pdf(document, made_at, "ua-1")
    except typst.TypstError:
        # An empty box instead of a letter is against the standard; all else that it wants is there without its name.
        return _pdf(document, made_at, None)


def _pdf(document: Document, made_at: dt.datetime, standard: Literal["ua-1"] | None) -> bytes:
    made = _compiler(document).compile(format="pdf", timestamp=made_at.replace(microsecond=0), pdf_standards=standard)
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one PDF")
    return made


def to_png(drawing: Drawing) -> bytes:
    """Draw a drawing by points: three of them for each of its pixels, as sharp as a large screen shows them."""
    made = typst.compile(
        _PICTURE, format="png", ppi=_PIXELS_AN_INCH, font_paths=_fonts(), sys_inputs={"svg": drawing.svg}
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst gave {type(made).__name__} for one picture")
    return made


def _directed(text: str) -> str:
    """A text that is read from right to left, put into an isolate that says so: its mark is what the template asks for.

    >>> _directed("Pay"), _directed("ادفع") == "\u2067ادفع\u2069"
    ('Pay', True)
    """
    return f"\u2067{text}\u2069" if leftwards(text) else text


def _language_code(tag: str) -> str:
    """What Typst takes of a language tag, `und` where that says nothing.

    >>> _language_code("ar-EG"), _language_code("x-shop")
    ('ar', 'und')
    """
    code = tag.partition("-")[0].lower()
    return code if len(code) in {2, 3} else "und"


def _compiler(document: Document) -> typst.Compiler:
    """What sets this document; its root holds nothing but our own template, and that is given as bytes."""
    return typst.Compiler(
        _TEMPLATE.read_bytes(), root=_TEMPLATE.parent, font_paths=_fonts(), sys_inputs=_inputs(document)
    )


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts, and those of the machine for the scripts that they lack."""
    return typst.Fonts()


def _inputs(document: Document) -> dict[str, str]:
    """The document as JSON; a drawing that recurs is sent once and named by its number."""
    drawings: dict[str, int] = {}
    pictures: list[Mapping[str, object]] = []

    def ready(value: Any) -> Any:
        match value:
            case str():
                return _directed(seen(value))
            case {"svg": str(svg)}:
                if svg not in drawings:
                    drawings[svg] = len(pictures)
                    pictures.append({**value, "words": ready(value["words"])})
                return drawings[svg]
            case Mapping():
                return {name: ready(one) for name, one in value.items()}
            case list() | tuple():
                return [ready(one) for one in value]
            case _:
                return value

    plain = ready(msgspec.to_builtins(document))
    plain["theirs"] = _language_code(document.theirs)
    return {"document": msgspec.json.encode({**plain, "colours": tokens(), "drawings": pictures}).decode()}
