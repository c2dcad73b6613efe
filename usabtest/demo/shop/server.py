"""The shop as a small server in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from usabtest.demo.shop import create_shop

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing: what the shop is asked for is no news."""


@contextmanager
def running_shop(snippet_url: str, *, port: int = 0) -> Iterator[str]:
    """Serve the shop on loopback, on any free port if none is given; gives its address without a slash at the end."""
    server = make_server(HOST, port, _at_once(create_shop(snippet_url).wsgi_app), threaded=True, request_handler=_Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="shop", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _at_once(shop: WSGIApplication) -> WSGIApplication:
    """Have each answer whole before it is sent: werkzeug leaves a file open when the browser breaks off (3.1)."""

    def at_once(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = shop(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            if close := getattr(answer, "close", None):
                close()

    return at_once
