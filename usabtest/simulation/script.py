"""What there is to do on a site: for each task the way to its success, what leads astray, and what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urljoin


class Fault(StrEnum):
    """What can go wrong on a way."""

    FORM = "form"
    JAVASCRIPT = "javascript"
    NETWORK = "network"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Click:
    """A click on an element, and the path of the page that it leads to, if to another."""

    selector: str
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that goes wrong at a step of the way (0 is before the first): of what kind, and where."""

    step: int
    fault: Fault
    where: str


@dataclass(frozen=True, slots=True)
class TaskScript:
    """A task as the site makes it; `difficulty` runs from 0 (everybody finishes) to 1 (nobody does)."""

    way: tuple[Click, ...]
    detours: tuple[Click, ...] = ()
    mishaps: tuple[Mishap, ...] = ()
    difficulty: float = 0.25
    answer: str | None = None


Scripts = Mapping[str, TaskScript]


def improvised(task: Mapping[str, Any]) -> TaskScript:
    """Make up a way for a task of which no more is known than what the browser is told.

    >>> task = {"success": [{"all": [{"url": "/basket/"}, {"click": "#pay"}]}], "start_url": None}
    >>> [(click.selector, click.leads_to) for click in improvised(task).way]
    [('nav a', '/overview'), ('main a', '/basket/'), ('#pay', None)]
    """
    way = [Click("nav a", "/overview")]
    for kind, pattern in _parts(task["success"]):
        if kind == "url":
            way.append(Click("main a", concrete(pattern)))
        elif kind == "click":
            way.append(Click(pattern))
        elif kind == "visible":
            way.append(Click("main button"))
    mishaps = (Mishap(len(way) - 1, Fault.FORM, "main input"), Mishap(0, Fault.DEAD, "main h2"))
    return TaskScript(tuple(way), (Click("nav a", "/elsewhere"), Click("footer a", "/about")), mishaps)


def concrete(glob: str) -> str:
    """Return an address that a glob matches.

    >>> concrete("/orders/*/thanks")
    '/orders/1/thanks'
    """
    return glob.replace("**/", "1/").replace("**", "1").replace("*", "1")


def page_at(address: str, path: str) -> str:
    """Return the identity of a page on the site of an address."""
    return urljoin(address, path)


def _parts(criteria: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The first criterion, taken apart if it is a list of several."""
    if not criteria:
        return []
    first = criteria[0]
    parts = first.get("all", [first])
    return [(kind, pattern) for part in parts for kind, pattern in part.items() if isinstance(pattern, str)]
