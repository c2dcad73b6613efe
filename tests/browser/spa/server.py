"""The small single-page application, served with the tag in its one page."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.snippet.servers import reply, serve

HERE = Path(__file__).parent
SAILINGS = b'[{"id": 1, "to": "North quay", "at": "8:15"}, {"id": 2, "to": "South quay", "at": "9:40"}]'


class _Application:
    def __init__(self, tag: str) -> None:
        self.url = ""
        self._tag = tag

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        path = urlsplit(handler.path).path
        file = HERE / ("index.html" if path == "/" else path[1:])
        if path == "/api/sailings.json":
            reply(handler, 200, SAILINGS, "application/json")
        elif file.parent == HERE and file.suffix in {".html", ".css", ".js"} and file.is_file():
            content = file.read_bytes().replace(b"<!-- tag -->", self._tag.encode())
            reply(handler, 200, content, mimetypes.guess_type(file.name)[0] or "text/plain")
        else:
            reply(handler, 500, b"nobody knows", "text/plain")


@contextmanager
def running_spa(snippet_url: str) -> Iterator[str]:
    """Give the application's address, without a slash at the end."""
    with serve(_Application(f'<script async src="{snippet_url}"></script>')) as application:
        yield application.url
