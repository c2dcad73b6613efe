"""The little Markdown that moderators may write: paragraphs, emphasis, lists, links, code; no HTML, no images.

It is parsed once into a tree of plain values (docs/wire-format.md: TREE). The widget builds elements from the tree, our
own pages the HTML below; neither ever sees markup that somebody else wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

Node = str | dict[str, object]
Tree = list[Node]

_PARSER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["paragraph", "list", "emphasis", "link", "newline", "escape", "entity", "backticks"]
)
_TAGS = {
    "paragraph": "p",
    "strong": "strong",
    "em": "em",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "link": "a",
}
_SCHEMES = frozenset({"http", "https", "mailto"})


def parse(text: str) -> Tree:
    """Return the tree of a Markdown text."""
    return _nodes(SyntaxTreeNode(_PARSER.parse(text)).children)


def to_html(text: str) -> Markup:
    """Return the HTML of a Markdown text, built from its tree, every text escaped."""
    return _html(parse(text))


def _nodes(children: Iterable[SyntaxTreeNode]) -> Tree:
    tree: Tree = []
    for child in children:
        tree.extend(_node(child))
    return tree


def _node(node: SyntaxTreeNode) -> Sequence[Node]:
    match node.type:
        case "text":
            return [node.content] if node.content else []
        case "code_inline":
            return [{"t": "code", "c": [node.content]}]
        case "softbreak" | "hardbreak":
            return [{"t": "br", "c": []}]
        case "link":
            return _link(node)
        case "paragraph" if node.parent is not None and node.parent.type == "list_item" and node.hidden:
            return _nodes(node.children)  # a tight list has no paragraphs
        case kind if kind in _TAGS:
            return [{"t": _TAGS[kind], "c": _nodes(node.children)}]
        case _:
            return _nodes(node.children)


def _link(node: SyntaxTreeNode) -> Sequence[Node]:
    words = _nodes(node.children)
    href = str(node.attrs.get("href", ""))
    if urlsplit(href).scheme.lower() not in _SCHEMES:
        return words
    return [{"t": "a", "c": words, "href": href}]


def _html(tree: Sequence[Node]) -> Markup:
    return Markup("").join(_element(node) for node in tree)


def _element(node: Node) -> Markup:
    if isinstance(node, str):
        return escape(node)
    tag = str(node["t"])
    if tag == "br":
        return Markup("<br>")
    inside = _html(node["c"])  # type: ignore[arg-type]  # a tree all the way down, made by parse()
    if tag == "a":
        return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(node["href"], inside)
    # The tag is one of _TAGS' values or "code": never somebody's text.
    return Markup(f"<{tag}>") + inside + Markup(f"</{tag}>")  # noqa: S704
