"""What a frozen link shows: the page with its style sheets, its script, picture and files, drawn once and then kept.

A page names its own address, and of that only a hash is kept. So it is drawn with a token that is none, and gets its
own when it is sent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from usabtest import assets
from usabtest.sharing.files import file_names, written
from usabtest.sharing.links import share_link
from usabtest.sharing.models import Share
from usabtest.sharing.page import (
    SCRIPTS,
    Frame,
    file_links,
    shared_comparison_page,
    shared_page,
    shared_report,
    shared_task_page,
)
from usabtest.sharing.preview import Preview
from usabtest.sharing.queries import kept_face
from usabtest.sharing.styles import shared_styles
from usabtest.sharing.view import View
from usabtest.sharing.words import whole_day
from usabtest.web.links import public_address

PAGE = "page.html"
COMPARISON = "comparison.html"
PICTURE = "preview.png"
STYLES = "shared.css"
_KINDS = {"css": "text/css", "js": "text/javascript", "png": "image/png", "pdf": "application/pdf"}
# As long as a token, and nobody's: those are random.
_NO_TOKEN = "the-token-of-this-link"  # noqa: S105


def frozen_faces(view: View, *, now: dt.datetime) -> dict[str, bytes]:
    """Draw all that a link will show, by name."""
    shared = shared_report(view, now=now)
    frame = _frame(view, shared.preview)
    tasks = ((place, shared_task_page(shared, frame, place)) for place in range(1, len(shared.report.tasks) + 1))
    compared = shared_comparison_page(shared, frame)
    return {
        PAGE: shared_page(shared, frame).encode(errors="replace"),
        **{task_name(place): page.encode(errors="replace") for place, page in tasks if page is not None},
        **({COMPARISON: compared.encode(errors="replace")} if compared is not None else {}),
        PICTURE: shared.preview.png(),
        **{name: written(name, shared.report, shared.summary, view.sections) for name in file_names(view.sections)},
        STYLES: shared_styles().encode(),
        **{f"{name}.js": _static(f"js/{name}.js").encode() for name in SCRIPTS},
    }


def frozen_page(share: Share, token: str, name: str = PAGE) -> bytes | None:
    """A page that a frozen link keeps, with the addresses of its files."""
    kept = kept_face(share, name)
    return kept.replace(f"/r/{_NO_TOKEN}".encode(), f"/r/{token}".encode()) if kept is not None else None


def task_name(place: int) -> str:
    """What the page of a task is kept as."""
    return f"task-{place}.html"


@dataclass(frozen=True, slots=True)
class File:
    body: bytes
    mimetype: str


def frozen_file(share: Share, name: str) -> File | None:
    """A file that a frozen link keeps; None if there is none of this name."""
    kind = _KINDS.get(name.rpartition(".")[2])
    body = kept_face(share, name) if kind else None
    return File(body, kind) if body is not None and kind else None


def _frame(view: View, preview: Preview) -> Frame:
    return Frame(
        preview=preview,
        address=share_link(_NO_TOKEN),
        token=_NO_TOKEN,
        picture=public_address("sharing.preview", token=_NO_TOKEN),
        styles=url_for("sharing.file", token=_NO_TOKEN, name=STYLES),
        script=url_for("sharing.file", token=_NO_TOKEN, name=f"{SCRIPTS[0]}.js"),
        open_until=whole_day(view.expires_at),
        files=file_links(view, _NO_TOKEN),
    )


def _static(name: str) -> str:
    return (assets.folder("static") / name).read_text()
