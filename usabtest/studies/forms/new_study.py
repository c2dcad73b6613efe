"""The small form that a study begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from usabtest.errors import Fault
from usabtest.studyfile.match import origin_of
from usabtest.studyfile.read import read_study
from usabtest.studyfile.types import StudySpec

_FIELDS = {
    "title": ("title", "A title"),
    "sites": ("site", "The site"),
    "tasks[0].title": ("task_title", "A name for the task"),
    "tasks[0].scenario": ("scenario", "What the participant reads"),
    "tasks[0].start_url": ("start_url", "The start page"),
}
_SCHEME_ALONE = re.compile(r"^https?://(?=$|https?://)", re.IGNORECASE)


def read_new_study(values: Mapping[str, str]) -> StudySpec:
    """Make a study of `title`, `site`, `task_title`, `scenario` and `start_url` (else it is the site's front page)."""
    site = _typed(values.get("site", ""))
    # People paste the address of a page where a site belongs; its origin is what they mean.
    site = origin_of(site) or site
    task = {
        "title": values.get("task_title", ""),
        "scenario": values.get("scenario", "").replace("\r\n", "\n"),
        "start_url": values.get("start_url") or f"{site}/",
    }
    return read_study({"title": values.get("title", ""), "sites": [site], "tasks": [task]})


def new_study_faults(faults: Iterable[Fault]) -> dict[str, str]:
    """Put each fault to its field, in the order of the form. The start page is judged once the site is known."""
    errors: dict[str, str] = {}
    for fault in faults:
        name, label = next((at for path, at in _FIELDS.items() if fault.path.startswith(path)), ("", fault.path))
        message = "is missing." if fault.message.startswith("is empty") else fault.message
        errors.setdefault(name, f"{label}{' ' if message.startswith('is ') else ': '}{message}")
    if "site" in errors:
        errors.pop("start_url", None)
    places = [name for name, _ in _FIELDS.values()]
    return {name: errors[name] for name in ["", *places] if name in errors}


def _typed(site: str) -> str:
    """Leave out the scheme that the field begins with where nothing follows it, or an address with its own.

    >>> [_typed(site) for site in ("https://", "https://http://127.0.0.1:8080", "https://shop.example")]
    ['', 'http://127.0.0.1:8080', 'https://shop.example']
    """
    return _SCHEME_ALONE.sub("", site.strip())
