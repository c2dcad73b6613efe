"""A site, and a sink that takes what all recorders send. The sink speaks the wire format to ours, is away when told
to (its port is closed), or answers 503."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from benchmarks.recorder.contestants import OURS, Variant
from benchmarks.recorder.pages import LOADS, page
from usabtest.events.wire import decode

TOKEN = "bench0123456789ABCDEFabc"

# What a peer's own server would say to one that has switched nothing off. PostHog captures no click without it.
YES = {"autocapture_opt_out": False, "supportedCompression": ["gzip", "gzip-js"], "status": 1}


class Health(StrEnum):
    """How the sink is."""

    WELL = "well"
    AWAY = "away"
    BUSY = "503"


@dataclass(frozen=True, slots=True)
class Received:
    """A request that reached the sink, and whether it was told that it is stored."""

    method: str
    path: str
    query: str
    body: bytes
    stored: bool
    at_s: float


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.connections: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, *args: Any) -> None:
        """A browser that closes its connection is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body are two writes: without this the second waits for an acknowledgement of the first.
    disable_nagle_algorithm = True

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def reply(self, status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)


class _Listening:
    """A server on a port of its own, which it can leave and come back to."""

    def __init__(self, handler: type[_Handler]) -> None:
        self._handler = handler
        # Bound for good and never listening: nobody else gets the port while the server is away.
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", 0))
        self.port = int(self._place.getsockname()[1])
        self._start(self.port)
        self.url = f"http://127.0.0.1:{self.port}"

    def _start(self, port: int) -> None:
        self._server = _Server(("127.0.0.1", port), self._handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._server.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def start_again(self) -> None:
        self._start(self.port)

    def close(self) -> None:
        self.stop()
        self._place.close()


class Site:
    """The pages; each has the tag of the contestant that its address names: /NAME/shop, /NAME/p/7."""

    def __init__(self, tags: Mapping[str, str], scripts: Mapping[str, bytes]) -> None:
        self.tags = tags
        self.scripts = scripts
        site = self

        class Handler(_Handler):
            def do_GET(self) -> None:
                site.answer(self)

        self._listening = _Listening(Handler)
        self.url = self._listening.url

    def answer(self, handler: _Handler) -> None:
        path = urlsplit(handler.path).path
        if (script := self.scripts.get(path)) is not None:
            handler.reply(200, script, "text/javascript", Cache_Control="public, max-age=3600")
            return
        name, _, rest = path[1:].partition("/")
        content = page(rest, self.tags.get(name, "")) if name in self.tags else None
        if content is None:
            handler.reply(404)
        else:
            handler.reply(200, content, "text/html;charset=utf-8", Cache_Control="no-cache")

    def stop(self) -> None:
        self._listening.close()


class Sink:
    """Everyone's server. Ours is at /VARIANT/: its files, and below /VARIANT/recording/ the wire format."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.site = ""
        self.health = Health.WELL
        self.received: list[Received] = []
        self.stored: dict[tuple[str, int], bytes] = {}
        self.conflicts = 0
        self.preflights = 0
        self._lock = threading.Lock()
        sink = self

        class Handler(_Handler):
            def do_GET(self) -> None:
                sink.answer(self, b"")

            def do_POST(self) -> None:
                sink.answer(self, self.rfile.read(int(self.headers["Content-Length"] or 0)))

            do_OPTIONS = do_GET  # noqa: N815 - the library asks for this name

        self._listening = _Listening(Handler)
        self.url = self._listening.url

    def become(self, health: Health) -> None:
        if health is self.health:
            return
        was, self.health = self.health, health
        if health is Health.AWAY:
            self._listening.stop()
        elif was is Health.AWAY:
            self._listening.start_again()

    def forget(self) -> None:
        """As if nothing had come yet."""
        with self._lock:
            self.received.clear()
            self.stored.clear()
            self.conflicts = 0
            self.preflights = 0

    def stop(self) -> None:
        self.become(Health.WELL)
        self._listening.close()

    def answer(self, handler: _Handler, body: bytes) -> None:
        path, query = urlsplit(handler.path)[2:4]
        if handler.command == "GET" and (file := self.files.get(path)) is not None:
            caching = "public, max-age=31536000, immutable" if "/snippet/" in path else LOADS
            handler.reply(200, file, "text/javascript", Cache_Control=caching, Access_Control_Allow_Origin="*")
            return
        origin: dict[str, Any] = {
            "Access_Control_Allow_Origin": handler.headers["Origin"] or "*",
            "Access_Control_Allow_Credentials": "true",
            "Access_Control_Allow_Headers": handler.headers["Access-Control-Request-Headers"] or "*",
            "Cache_Control": "no-store",
        }
        if handler.command == "OPTIONS":
            self.preflights += 1
            handler.reply(204, **origin)
            return
        with self._lock:
            well = self.health is Health.WELL
            self.received.append(Received(handler.command, path, query, body, well, time.monotonic()))
            status, answer = self._store(path, body) if well else (503, {"error": "as told"})
        handler.reply(status, json.dumps(answer).encode(), "application/json", **origin)

    def _store(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        variant, _, rest = path[1:].partition("/")
        if variant not in OURS or not rest.startswith("recording/"):
            return 200, YES
        what = rest.removeprefix("recording/")
        if what == "batches":
            return self._store_batch(body)
        message = json.loads(body)
        now = round(time.time() * 1000)
        match what:
            case "exchange":
                return 200, {"token": TOKEN, "now": now, "state": self._facts(now), "definition": self._study(variant)}
            case "state":
                known = {} if message["have"] == variant else {"definition": self._study(variant)}
                here = [held for held in message.get("held", []) if tuple(held) in self.stored]
                return 200, {"now": now, "state": self._facts(now), "stored": here, **known}
        return 404, {"error": "no such address"}

    def _store_batch(self, body: bytes) -> tuple[int, dict[str, Any]]:
        batch = decode(body)
        known = self.stored.setdefault((batch.stream, batch.number), body)
        if known != body:
            self.conflicts += 1
            return 409, {"error": "another body under the same key"}
        return 200, {"stream": batch.stream, "seq": batch.number, "duplicate": known is not body}

    def _facts(self, now: int) -> dict[str, Any]:
        """The first task runs already: nobody has to press Start task."""
        running = {"started": now, "met": None, "ended": None}
        return {"attempts": {"0": running}, "answers": {}, "left": None, "finished": None, "status": "live"}

    def _study(self, variant: str) -> dict[str, Any]:
        success = [{"visible": "#nowhere"}] if OURS[variant] is Variant.VISIBLE else [{"self_report": True}]
        task: dict[str, Any] = {
            "key": "buy",
            "title": "Buy",
            "scenario": [{"t": "p", "c": ["Buy something."]}],
            "start_url": None,
        }
        task |= {"entry_url": None, "success": success, "failure": [], "finish": "participant", "time_limit_s": None}
        task |= {"first_click": [], "search": [], "answers": [], "questions": []}
        return {
            "id": variant,
            "study": "bench",
            "title": "A shop",
            "language": "en",
            "organisation": "Shop",
            "sites": [self.site],
            "keep_query": [],
            "keep_fragment": False,
            "text": False,
            "idle_limit_s": 1800,
            "pilot": False,
            "home": self.site,
            "finish": None,
            "tasks": [task],
            "after": [],
        }


@dataclass(frozen=True, slots=True)
class Servers:
    """The two, on loopback."""

    site: Site
    sink: Sink


@contextmanager
def serving(site: Site, sink: Sink) -> Iterator[Servers]:
    sink.site = site.url
    try:
        yield Servers(site, sink)
    finally:
        site.stop()
        sink.stop()
