"""The little Markdown that moderators may write: paragraphs, emphasis, lists, links, code; no HTML, no images.

It is parsed once into a tree of plain values (docs/wire-format.md: TREE). The widget builds elements from the tree, our
own pages the HTML below; neither ever sees markup that somebody else wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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


def to_html(text: str, *, links: bool = True) -> Markup:
    """Return the HTML of a Markdown text, built from its tree, every text escaped; without `links`, unlinked."""
    return _html(parse(text) if links else unlinked(parse(text)))


def unlinked(tree: Sequence[Node]) -> Tree:
    """A tree for who shall read and not follow: links are their words and, if it is something else, their address.

    >>> unlinked(parse("Go to [the shop](https://shop.example/)."))
    [{'t': 'p', 'c': ['Go to ', 'the shop (https://shop.example/)', '.']}]
    """
    plain: Tree = []
    for node in tree:
        if isinstance(node, str):
            plain.append(node)
        elif node["t"] == "a":
            words, href = _text(_inside(node)), str(node["href"])
            plain.append(words if words == href else f"{words} ({href})")
        else:
            plain.append({**node, "c": unlinked(_inside(node))})
    return plain


def to_text(text: str) -> str:
    """Return what a Markdown text says, without its marks.

    >>> to_text("Put a **detective story** into the basket:\\n\\n1. the `red` one\\n2. or *another*")
    'Put a detective story into the basket:\\n1. the red one\\n2. or another'
    """
    return _text(unlinked(parse(text))).strip()


def _text(tree: Sequence[Node]) -> str:
    return re.sub(r"\n+", "\n", "".join(map(_said, tree)))


def _said(node: Node) -> str:
    if isinstance(node, str):
        return node
    inside = _inside(node)
    match node["t"]:
        case "br":
            return "\n"
        case "ul" | "ol" as kind:
            return "".join(
                f"\n{f'{place}.' if kind == 'ol' else '•'} {_text(_inside(item)).strip()}\n"
                for place, item in enumerate(inside, start=1)
                if not isinstance(item, str)
            )
        case "p":
            return f"\n{_text(inside)}\n"
        case _:
            return _text(inside)


def _inside(node: Mapping[str, object]) -> Sequence[Node]:
    return node["c"]  # type: ignore[return-value]  # a tree all the way down, made by parse()


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
    inside = _html(_inside(node))
    if tag == "a":
        return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(node["href"], inside)
    # The tag is one of _TAGS' values or "code": never somebody's text.
    return Markup(f"<{tag}>") + inside + Markup(f"</{tag}>")  # noqa: S704
