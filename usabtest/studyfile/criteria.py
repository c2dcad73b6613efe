"""Is this criterion well-formed? The browser judges whether it is met.

Each function returns what is wrong, one sentence a problem, and nothing where all is well.
"""

from __future__ import annotations

import re

from .match import origin_of
from .regex import regex_problems

__all__ = ["glob_problems", "regex_problems", "selector_problems"]

_PAIRS = {"(": ")", "[": "]"}
_COMBINATORS = ">+~,"


def glob_problems(glob: str) -> tuple[str, ...]:
    """What is wrong with a `url` glob.

    Examples
    --------
    >>> glob_problems("/catalogue/**")
    ()
    >>> glob_problems("catalogue/")
    ('has to begin with "/" (or be a full http(s) address): write "/catalogue/"',)
    >>> glob_problems("*/prices.html")
    ('has to begin with "/" (or be a full http(s) address): write "/**/prices.html"',)
    """
    problems = []
    if any(character.isspace() and character != " " for character in glob):
        problems.append("contains a line break or a tab; a page's address has none")
    if re.match(r"[a-z][a-z0-9+.-]*://", glob, re.IGNORECASE):
        origin = re.split(r"(?<=[^:/])[/?#]", glob, maxsplit=1)[0]
        if origin_of(origin.replace("://*.", "://", 1)) is None:
            problems.append(f'begins with "{origin}", which is no http(s) site; begin with "/" to match on any site')
    elif not glob.startswith(("/", "**")):
        # Whoever begins with "*/" means a page wherever it lies, its very top included.
        meant = f"/*{glob}" if glob.startswith("*/") else f"/{glob}"
        problems.append(f'has to begin with "/" (or be a full http(s) address): write "{meant}"')
    return tuple(problems)


def selector_problems(selector: str) -> tuple[str, ...]:
    """What is wrong with the form of a CSS selector: brackets, quotes, nothing where something has to stand.

    Examples
    --------
    >>> selector_problems('nav a[href^="/books"]')
    ()
    >>> selector_problems("tr.item:not(.gone")
    ('the bracket "(" at character 12 never closes',)
    """
    if selector.lstrip().startswith(("/", "./", "xpath=")):
        return ("looks like an XPath; only CSS selectors are known",)
    unbalanced = _unbalanced(selector)
    return (unbalanced,) if unbalanced else _dangling(selector)


def _unbalanced(selector: str) -> str | None:
    opened: list[int] = []
    quote_at: int | None = None
    at = 0
    while at < len(selector):
        character = selector[at]
        if character == "\\":
            at += 1
            if at == len(selector):
                return f"ends in a backslash at character {at}; there is nothing to escape"
        elif quote_at is not None:
            quote_at = None if character == selector[quote_at] else quote_at
        elif character in "\"'":
            quote_at = at
        elif character in _PAIRS:
            opened.append(at)
        elif character in _PAIRS.values():
            if not opened or _PAIRS[selector[opened[-1]]] != character:
                return f'the bracket "{character}" at character {at + 1} was never opened'
            opened.pop()
        elif character in "{};":
            return f'"{character}" at character {at + 1} has no place in a selector; leave the style rule out'
        at += 1
    if quote_at is not None:
        return f"the quote at character {quote_at + 1} never closes"
    if opened:
        return f'the bracket "{selector[opened[-1]]}" at character {opened[-1] + 1} never closes'
    return None


def _dangling(selector: str) -> tuple[str, ...]:
    """Combinators and commas with nothing on one of their sides, at the outermost level."""
    bare = _without_brackets_and_quotes(selector)
    problems = []
    for found in re.finditer(rf"[{_COMBINATORS}]", bare):
        before, after = bare[: found.start()].rstrip(), bare[found.end() :].lstrip()
        sign = f'"{found.group()}" at character {found.start() + 1}'
        if not before or before[-1] in _COMBINATORS:
            problems.append(f"{sign} has nothing before it")
        if not after:
            problems.append(f"{sign} has nothing after it")
    for found in re.finditer(r"[.#](?![\w\\-]|[^\x00-\x7f])", bare):
        problems.append(f'"{found.group()}" at character {found.start() + 1} needs a name after it')
    return tuple(problems)


def _without_brackets_and_quotes(selector: str) -> str:
    """The selector with "x" for all that is escaped, in brackets or in quotes, so that places stay the same."""
    hidden = re.sub(r"""\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'""", lambda found: "x" * len(found.group()), selector)
    while True:
        inner = re.sub(r"\([^()\[\]]*\)|\[[^()\[\]]*\]", lambda found: "x" * len(found.group()), hidden)
        if inner == hidden:
            return hidden
        hidden = inner
