"""The study that the snippet is tried with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Join = Callable[..., Page]


def make_question(key: str, **changes: Any) -> dict[str, Any]:
    return {"key": key, "text": f"Question {key}?", "type": "scale", "min": 1, "max": 7, "required": False} | changes


def make_task(key: str, start_url: str | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": f"Task {key}",
        "scenario": [{"t": "p", "c": ["Do it."]}],
        "start_url": start_url,
        "entry_url": None,
        "success": [{"self_report": True}],
        "failure": [],
        "finish": "participant",
        "time_limit_s": None,
        "first_click": [],
        "search": [],
        "answers": [],
        "questions": [make_question("seq")],
    } | changes


def make_definition(site: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": "definition-1",
        "study": "shop",
        "title": "A shop",
        "language": "en",
        "sites": [site],
        "keep_query": ["q"],
        "keep_fragment": False,
        "text": False,
        "idle_limit_s": 1800,
        "pilot": False,
        "home": f"{site}/home.html",
        "finish": f"{site}/thanks.html",
        "tasks": [make_task("one", f"{site}/plain.html"), make_task("two")],
        "after": [make_question("nps", min=0, max=10)],
    } | changes
