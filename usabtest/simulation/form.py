"""Reads the form of a welcome page, as a browser would before it sends it."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from random import Random


class _Fields(HTMLParser):
    """Collects the first form with an action that ends in /start: fixed values, and choices by name."""

    def __init__(self) -> None:
        super().__init__()
        self.action: str | None = None
        self.fixed: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.heading = ""
        self._inside = False
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "h1":
            self._in_heading = True
        if tag == "form":
            self._inside = self.action is None and given.get("action", "").partition("?")[0].endswith("/start")
            if self._inside:
                self.action = given["action"]
        if self._inside and tag == "input" and "name" in given:
            self._take(given["name"], given.get("type", "text"), given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "h1":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.heading += data

    def _take(self, name: str, kind: str, value: str) -> None:
        if kind == "hidden":
            self.fixed[name] = value
        elif kind in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(value)


class Welcome:
    """A welcome page: where its form goes, and how it may be filled in."""

    def __init__(self, page: str) -> None:
        self._fields = _Fields()
        self._fields.feed(page)

    @property
    def action(self) -> str | None:
        """Where Start leads; None if the page has no such form."""
        return self._fields.action

    @property
    def heading(self) -> str:
        return " ".join(self._fields.heading.split())

    def filled(self, rng: Random) -> Mapping[str, str]:
        """Agree, and answer what else is asked by chance.

        >>> from random import Random
        >>> page = '<form action="/s/a/start"><input type=hidden name=opening value=x><input type=radio name=a value=b>'
        >>> Welcome(page).filled(Random(1))
        {'opening': 'x', 'a': 'b'}
        """
        fields = self._fields
        return {**fields.fixed, **{name: rng.choice(values) for name, values in fields.choices.items()}}
