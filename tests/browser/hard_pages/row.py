"""One hard page: what it is, what the participant does on it, and exactly what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = "vckiefjnxmybr"
"""What is compared, all of it, in every row: the kinds that a study's figures come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`does` and `expects` have a line for each act and each event, in the words of `acts.py` and `events.py`.

    The events stand page load by page load, in the order in which each wrote them down.

    `page` is a file of `pages/`, or else the row's name with `.html`. In `headers` and in the page {usabtest} is the
    recorder's origin, {other} that of another site, {tag} the script tag as it is given to people. Kinds in `also` are
    compared, too. Where the widget cannot stand, `ready` is what to wait for instead, in JavaScript.
    """

    name: str
    does: str
    expects: str
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    also: str = ""
    phone: bool = False
    cached: bool = False
    ready: str = ""

    @property
    def path(self) -> str:
        return f"/{self.page or self.name + '.html'}"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]
