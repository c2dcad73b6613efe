"""A small site of its own, strict about its content, and the widget on it with a test that lives in memory."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.widget.study import make_definition

PAGES = Path(__file__).parent / "pages"
SNIPPET = Path(__file__).parents[3] / "static" / "snippet"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types"

Show = Callable[..., Locator]


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        room, _, path = self.path.lstrip("/").partition("/")
        folder = {"pages": PAGES, "snippet": SNIPPET}.get(room)
        file = folder / path if folder else None
        if file is None or not file.is_file():
            self.send_error(404)
            return
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing: the tests' own output is enough."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/pages"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the page complained about: errors, and breaches of its content policy."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield said
    assert [line for line in said if "favicon" not in line and "404" not in line] == []


@pytest.fixture
def show(page: Page, site: str, faults: list[str]) -> Show:
    """Open a page of the site with the widget in the given state; return its region."""

    def open_page(*, at: str = "shop.html", width: int = 1280, height: int = 720, **state: Any) -> Locator:
        definition = {**make_definition(), **state.pop("definition", {})}
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}/{at}")
        page.locator("html[data-ready]").wait_for()
        page.evaluate("([definition, state]) => mountWidget(definition, state)", [definition, state])
        return page.get_by_role("region", name="Usability test", exact=True)

    return open_page


def steps(page: Page) -> list[list[Any]]:
    """What the participant did, as the widget told the test."""
    done: list[list[Any]] = page.evaluate("test.steps")
    return done
