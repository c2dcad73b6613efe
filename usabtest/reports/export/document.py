"""A document before it is set: blocks from top to bottom, each plain values.

`document.typ` sets them. It gets all of this as JSON, so that whatever a text says is shown and never read as markup.
"""

from __future__ import annotations

from msgspec import Struct

from usabtest.flow.markdown import Tree, parse, to_text, unlinked
from usabtest.reports.direction import leftwards
from usabtest.reports.export.drawings import Drawing
from usabtest.reports.export.texts import LETTERS_AT_MOST, shortened
from usabtest.reports.words import Sentence


class Block(Struct, frozen=True, tag=str.lower):
    """One thing that stands in a document."""


class Title(Block, frozen=True):
    """The beginning: what the document is, of what, and of whom and when."""

    kicker: str
    text: str
    under: str


class Heading(Block, frozen=True):
    """A heading; those of the first level stand in the contents. `beside` is a quiet remark at the line's end.

    A `question` is a text of the study, which stands at the side of its answers.
    """

    text: str
    level: int = 1
    beside: str = ""
    new_page: bool = False
    question: bool = False


class Lead(Block, frozen=True):
    """The one sentence to read, with its marked part; `large` where it is the title, too."""

    before: str
    marked: str
    after: str
    large: bool = False


class Paragraph(Block, frozen=True):
    """Running text; `first` are bold words that begin it, `quiet` sets it small and grey.

    `leads` keeps it on the page of what follows.
    """

    text: str
    first: str = ""
    quiet: bool = False
    leads: bool = False


class Written(Block, frozen=True):
    """What a moderator wrote in Markdown, as its tree; `first` are quiet words of ours above it."""

    tree: Tree
    first: str = ""
    leftwards: bool = False


class Said(Block, frozen=True):
    """A sentence with its figure in bold, before it what it is about, small behind it how sure that is."""

    before: str
    marked: str
    after: str
    first: str = ""
    doubt: str = ""


class Facts(Block, frozen=True):
    """Counts in a row: what is bold, and its words."""

    items: tuple[tuple[str, str], ...]


class Contents(Block, frozen=True):
    """The headings of the first level with their pages."""


class Notice(Block, frozen=True):
    """Something to know before reading on."""

    first: str
    text: str


class Cell(Struct, frozen=True):
    """A figure, small beside it what it is worth, and how it is drawn; or plain words."""

    figure: str = ""
    beside: str = ""
    below: str = ""
    drawing: Drawing | None = None
    words: str = ""


class Lines(Block, frozen=True):
    """Rows of figures that are drawn on axes which all share; `axes` stand below them."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[str, ...] = ()
    axes: tuple[Cell, ...] = ()
    note: str = ""


class Stat(Struct, frozen=True):
    label: str
    figure: str
    words: str
    drawing: Drawing | None = None


class Stats(Block, frozen=True):
    """Figures side by side, each with its doubt."""

    items: tuple[Stat, ...]
    small: bool = False


class Score(Block, frozen=True):
    """One figure large, with what stands beside it."""

    figure: str
    beside: str


class Picture(Block, frozen=True):
    """A drawing and the sentence that says what is to be seen."""

    drawing: Drawing
    sentence: str = ""


class Legend(Block, frozen=True):
    """What patterns or glyphs stand for: drawing, word, and a count where there is one.

    `leads` keeps it on the page of what follows.
    """

    items: tuple[tuple[Drawing, str, str], ...]
    leads: bool = False


class Matrix(Block, frozen=True):
    """Who did what: a row a task, a glyph a person."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Drawing | None, ...]], ...]


class Lengths(Block, frozen=True):
    """Counts as bars: words, a quiet remark, the bar, the count."""

    rows: tuple[tuple[str, str, Drawing | None, str], ...]
    width: float = 0.4


class Table(Block, frozen=True):
    """A table of words and figures; `numbers` are the columns that stand at the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    note: str = ""


class Texts(Block, frozen=True):
    """What people wrote, each by itself."""

    items: tuple[str, ...]
    more: str = ""


class Pairs(Block, frozen=True):
    """Names and what stands for them."""

    rows: tuple[tuple[str, str], ...]


class Glossary(Block, frozen=True):
    """Words and what they mean, in small print."""

    title: str
    terms: tuple[tuple[str, str], ...]


class Columns(Block, frozen=True):
    """Blocks side by side, each side of its width."""

    widths: tuple[float, ...]
    sides: tuple[tuple[Block, ...], ...]


class Finding(Block, frozen=True):
    """Where it hurt: its place in the order, what it is, what it did, and what was seen."""

    number: int
    title: str
    text: str
    seen: str


class Document(Struct, frozen=True):
    """A whole document; `foot` stands on each page, its lines left of the page's number.

    `language` is that of our words, `theirs` that of the study. A `dense` one is meant for one page.
    """

    title: str
    language: str
    theirs: str
    foot: tuple[str, str]
    blocks: tuple[Block, ...]
    dense: bool = False


def written(text: str, first: str = "", letters: int = LETTERS_AT_MOST) -> Written:
    """A Markdown text as it is meant; one that would run away with the page is cut, and then without its marks."""
    plain = to_text(text)
    tree: Tree = unlinked(parse(text)) if len(plain) <= letters else [shortened(plain, letters)]
    return Written(tree, first, leftwards(plain))


def lead(sentence: Sentence) -> Lead:
    return Lead(sentence.before, sentence.marked, sentence.after)


def said(sentence: Sentence, first: str = "", doubt: str = "") -> Said:
    return Said(sentence.before, sentence.marked, sentence.after, first, doubt)
