"""Two small servers on loopback: a target site, and one that speaks the wire format."""

from __future__ import annotations

import json
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from tests.browser.snippet.batches import text_of, unpacked

PAGES = Path(__file__).parents[1] / "pages"
PATIENCE_S = 15

Event = list[Any]
AWAY = 0


class _Answers(Protocol):
    url: str

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None: ...


ServerT = TypeVar("ServerT", bound=_Answers)


@contextmanager
def serve(served: ServerT) -> Iterator[ServerT]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.answer(self, b"")

        def do_POST(self) -> None:
            served.answer(self, self.rfile.read(int(self.headers["Content-Length"] or 0)))

        do_OPTIONS = do_GET  # noqa: N815 - the library asks for this name

        def log_message(self, *args: Any) -> None:
            """Say nothing: the tests' own output is enough."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: Any) -> None:
        """A browser that closes its connection is no fault."""


def reply(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


class Site:
    """The pages of tests/browser/pages, each with the tag, and a few answers that go wrong."""

    def __init__(self, tag: str) -> None:
        self.url = ""
        self.tag = tag
        self.headers: dict[str, str] = {}
        self.seen: list[str] = []

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        path = urlsplit(handler.path).path
        self.seen.append(handler.path)
        if path.startswith("/status/"):
            reply(handler, int(path.split("/")[2]), self._page(path), "text/html")
        elif path == "/redirect":
            reply(handler, 302, b"", "text/html", {"Location": f"/status/500?{urlsplit(handler.path).query}"})
        elif path == "/logout":
            everything = {"Clear-Site-Data": '"storage", "cookies"'}
            reply(handler, 200, self._page(path), "text/html", everything)
        elif path == "/hang":
            time.sleep(1)
            reply(handler, 200, b"late", "text/plain")
        elif path == "/closed":
            handler.close_connection = True
            handler.connection.close()
        elif (PAGES / path[1:]).is_file():
            file = PAGES / path[1:]
            kind = mimetypes.guess_type(path)[0] or "text/html"
            content = file.read_bytes()
            if kind == "text/html":
                content = content.replace(b"<!-- tag -->", f'<script async src="{self.tag}"></script>'.encode())
            reply(handler, 200, content, kind, self.headers)
        else:
            reply(handler, 404, self._page(path), "text/html")

    def _page(self, path: str) -> bytes:
        return f'<!doctype html><title>{path}</title><script async src="{self.tag}"></script><h1>{path}</h1>'.encode()


class Sink:
    """Stores batches as usabtest does, and answers as it is told."""

    def __init__(self, dist: Path) -> None:
        self.url = ""
        self.dist = dist
        self.code = "CODE"
        self.token = "TOKEN"
        self.definition: dict[str, Any] = {}
        self.facts: dict[str, Any] = {"attempts": {}, "answers": {}, "left": None, "finished": None, "status": "live"}
        self.script: dict[str, Callable[[int], int] | int] = {}
        self.retry_after: str | None = None
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.bodies: list[bytes] = []  # as they were before the browser compressed them
        self.raw: list[bytes] = []
        self.heard: list[bytes] = []
        self.stored: dict[tuple[str, int], bytes] = {}
        self.copies = 0
        self.counts: dict[str, int] = {}
        self._changed = threading.Condition()

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        self.heard.append(f"{handler.requestline}\n{handler.headers}\n".encode() + text_of(body))
        path = urlsplit(handler.path).path
        name = path.rsplit("/", 1)[1]
        if handler.command == "OPTIONS":
            raise AssertionError("the browser asked for permission first")
        if path.startswith("/recording/"):
            self._record(handler, name, body)
            return
        file = self.dist / name
        if not file.is_file():
            reply(handler, 404, b"", "text/plain")
            return
        public = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        reply(handler, 200, file.read_bytes(), "text/javascript", public)

    def _record(self, handler: BaseHTTPRequestHandler, name: str, body: bytes) -> None:
        with self._changed:
            self.counts[name] = self.counts.get(name, 0) + 1
            script = self.script.get(name, 200)
            status = script(self.counts[name]) if callable(script) else script
            message = unpacked(body) if name == "batches" else json.loads(body)
            self.requests.append((name, message))
            self.bodies.append(text_of(body))
            self.raw.append(body)
            answer = self._answer(name, message, body) if status == 200 else {"error": "as told"}
            if "error" in answer and status == 200:
                status = 409
            self._changed.notify_all()
        if status == AWAY:
            handler.close_connection = True
            handler.connection.close()
            return
        headers = {"Access-Control-Allow-Origin": handler.headers["Origin"] or "*", "Cache-Control": "no-store"}
        if self.retry_after is not None and status != 200:
            headers |= {"Retry-After": self.retry_after, "Access-Control-Expose-Headers": "Retry-After"}
        reply(handler, status, json.dumps(answer).encode(), "application/json", headers)

    def _answer(self, name: str, message: dict[str, Any], body: bytes) -> dict[str, Any]:
        now = round(time.time() * 1000)
        if name == "exchange":
            return {"token": self.token, "now": now, "state": self.facts, "definition": self.definition}
        if name == "state":
            known = message["have"] == self.definition["id"]
            arrived = [held for held in message["held"] if tuple(held) in self.stored]
            answer = {"now": now, "state": self.facts, "stored": arrived}
            return answer | ({} if known else {"definition": self.definition})
        if name == "batches":
            assert len(text_of(body)) <= 16_000
            key = (message["s"], message["n"])
            stored = self.stored.setdefault(key, body)
            if stored is not body:
                self.copies += 1
            if stored != body:
                return {"error": "another body"}
            return {"stream": message["s"], "seq": message["n"], "duplicate": stored is not body}
        return {}

    def forget(self) -> None:
        """What arrived so far."""
        with self._changed:
            self.requests.clear()
            self.bodies.clear()
            self.stored.clear()
            self.copies = 0

    # What arrived

    def open_streams(self) -> set[str]:
        """Those of which no batch has said yet that it is the last."""
        batches = self.batches()
        return {batch["s"] for batch in batches} - {batch["s"] for batch in batches if batch["z"]}

    def batches(self) -> list[dict[str, Any]]:
        return [unpacked(body) for body in list(self.stored.values())]

    def events(self, *codes: str) -> list[Event]:
        """All events, in the order of their times, with strings for places: [code, at, attempt, page, …]."""
        rows = sorted(self._rows(), key=lambda row: row[:3])
        return [event for *_, event in rows if not codes or event[0] in codes]

    def written(self, *codes: str) -> list[Event]:
        """The same, stream by stream, in the order in which they were written down."""
        rows = self._rows()
        began = {stream: min(at for at, of, _, _ in rows if of == stream) for stream in {row[1] for row in rows}}
        rows.sort(key=lambda row: (began[row[1]], row[1], row[2]))
        return [event for *_, event in rows if not codes or event[0] in codes]

    def _rows(self) -> list[tuple[int, str, float, Event]]:
        """When, in which stream, as which event of it, what."""
        rows: list[tuple[int, str, float, Event]] = []
        for batch in self.batches():
            # What came with its click stands right behind it.
            placed = [*enumerate(batch["e"], batch["f"]), *((each[4] + 0.5, each) for each in batch["reactions"])]
            for ordinal, (code, after, attempt, page, *fields) in placed:
                event = [
                    code,
                    batch["t"] + after,
                    attempt,
                    urlsplit(page)._replace(scheme="", netloc="").geturl(),
                ]
                rows.append((event[1], batch["s"], ordinal, [*event, *fields]))
        return rows

    def fields(self, *codes: str) -> list[Event]:
        """The same without times, for comparing."""
        return [[code, *rest] for code, _, *rest in self.events(*codes)]

    def wait(self, holds: Callable[[Sink], object], what: str = "", *, patience_s: float = PATIENCE_S) -> None:
        """Until something is so."""
        with self._changed:
            if not self._changed.wait_for(lambda: holds(self), timeout=patience_s):
                raise AssertionError(f"never: {what or holds}; arrived: {self.fields()}")

    def wait_for(self, code: str, count: int = 1) -> list[Event]:
        self.wait(lambda sink: len(sink.events(code)) >= count, f"{count} of {code}")
        return self.events(code)

    def assert_whole(self) -> None:
        """No gap in any stream, neither of batches nor of events; what is on its way may still come."""
        self.wait(lambda sink: not sink.gaps(), f"no gap in {self.gaps()}")

    def gaps(self) -> list[str]:
        """The streams that miss a batch, or events."""
        streams: dict[str, list[dict[str, Any]]] = {}
        for batch in self.batches():
            streams.setdefault(batch["s"], []).append(batch)
        return [stream for stream, batches in streams.items() if not _is_whole(batches)]


def _is_whole(batches: list[dict[str, Any]]) -> bool:
    batches.sort(key=lambda batch: batch["n"])
    ordinal = 0
    for number, batch in enumerate(batches):
        if (batch["n"], batch["f"]) != (number, ordinal):
            return False
        ordinal += len(batch["e"])
    return True
