"""A site of hard pages, and one participant in the middle of a task, who meets each of them in a browser of its own."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Playwright

from hatch_build import build
from tests.browser.hard_pages.row import Row
from tests.browser.snippet.servers import Sink, reply, serve
from tests.browser.snippet.study import make_definition
from tests.find_chromium import ARGUMENTS

ROOT = Path(__file__).parents[3]
PAGES = Path(__file__).parent / "pages"


class HardSite:
    """Serves `pages/` as the row wants it, and a few answers that go wrong."""

    def __init__(self, usabtest: str) -> None:
        self.url = ""
        self.usabtest = usabtest
        self.row: Row | None = None

    @property
    def other(self) -> str:
        """The same server under another name: another origin."""
        return self.url.replace("127.0.0.1", "localhost")

    def filled(self, text: str) -> str:
        src = f"{self.usabtest}/snippet.js"
        values = {
            "tag": f'<script async src="{src}"></script>',
            "src": src,
            "usabtest": self.usabtest,
            "other": self.other,
        }
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        url = urlsplit(handler.path)
        room, _, rest = url.path[1:].partition("/")
        file = PAGES / url.path[1:]
        if room == "status":
            self._page(handler, int(rest), "<h1>As told</h1>")
        elif room == "redirect":
            reply(handler, 302, b"", "text/html", {"Location": f"/{rest}"})
        elif room == "closed":
            handler.close_connection = True
            handler.connection.close()
        elif room == "download":
            reply(handler, 200, b"bytes", "application/octet-stream", {"Content-Disposition": "attachment"})
        elif file.is_file():
            kind = mimetypes.guess_type(url.path)[0] or "text/html"
            self._page(handler, 200, file.read_text(), kind=kind)
        else:
            said = parse_qs(url.query).get("say", [""])[0]
            self._page(handler, 404, f"<h1>Missing</h1>{said}")

    def _page(self, handler: BaseHTTPRequestHandler, status: int, text: str, *, kind: str = "text/html") -> None:
        own = self.row and urlsplit(handler.path).path == self.row.path
        headers = {name: self.filled(value) for name, value in self.row.headers.items()} if self.row and own else {}
        headers.setdefault("Cache-Control", "no-cache")
        reply(handler, status, self.filled(text).encode(), kind, headers)


@pytest.fixture(scope="session")
def hard_sink() -> Iterator[Sink]:
    build(ROOT)
    with serve(Sink(ROOT / "static" / "dist")) as sink:
        yield sink


@pytest.fixture(scope="session")
def hard_site(hard_sink: Sink) -> Iterator[HardSite]:
    with serve(HardSite(hard_sink.url)) as site:
        hard_sink.definition = make_definition(site.url)
        hard_sink.definition["tasks"][0]["start_url"] = f"{site.url}/start.html"
        yield site


@pytest.fixture(scope="session")
def hard_browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """With the back/forward cache, which Playwright would switch off."""
    switch = "--disable-back-forward-cache"
    started = playwright.chromium.launch(
        executable_path=chromium_path, args=list(ARGUMENTS), ignore_default_args=[switch]
    )
    yield started
    started.close()


@pytest.fixture(scope="session")
def begun(hard_browser: Browser, hard_site: HardSite, hard_sink: Sink) -> Any:
    """What the browser keeps of a participant who has pressed **Start task**."""
    context = hard_browser.new_context()
    page = context.new_page()
    page.goto(f"{hard_site.url}/start.html#usabtest={hard_sink.code}")
    page.locator("usabtest-widget").get_by_role("button", name="Start task").click()
    [began] = hard_sink.wait_for("S")
    hard_sink.facts["attempts"] = {"0": {"started": began[1], "met": None, "ended": None}}
    state = context.storage_state()
    page.goto("about:blank")
    hard_sink.wait(lambda sink: not sink.open_streams(), "an end of the first page")
    context.close()
    for origin in state["origins"]:
        # That page's journal is its own affair.
        origin["localStorage"] = [kept for kept in origin["localStorage"] if kept["name"] == "usabtest"]
    return state
