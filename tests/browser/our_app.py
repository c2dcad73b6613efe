"""Our own app in a thread, its database filled, somebody signed in: for tests that look at filled pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.factories import make_user, sign_in
from usabtest import migrations
from usabtest.accounts.models import Role, User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

TIMEOUT_MS = 30_000


@dataclass(frozen=True, slots=True)
class OurApp:
    """The running app, the cookie by which Rosa is signed in, and what the filling has to say: addresses by name."""

    base: str
    cookie: str
    paths: Mapping[str, str] = field(default_factory=dict)


Fill = Callable[[User, FlaskClient], Mapping[str, str] | None]
"""Fills an empty database: it is given Rosa, who may do everything, and a browser of nobody's."""


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        """Say nothing: the tests' own output is enough."""


@contextmanager
def running(folder: Path, fill: Fill) -> Iterator[OurApp]:
    """Run the app on a database that `fill` has filled."""
    url = f"sqlite:///{folder / 'usabtest.sqlite3'}"
    app = create_app(Config(data_dir=folder, database_url=url, secret_key="a secret for tests only, no more"))
    with app.app_context():
        migrations.upgrade(db.engine)
        rosa = make_user("rosa@example.org", name="Rosa Lindqvist", role=Role.ADMIN)
        paths = fill(rosa, app.test_client()) or {}
        client = app.test_client()
        sign_in(client, rosa)
        cookie = client.get_cookie("usabtest_sign_in")
        assert cookie is not None
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield OurApp(f"http://127.0.0.1:{server.server_port}", cookie.value, paths)
    finally:
        server.shutdown()
        thread.join()
        with app.app_context():
            db.engine.dispose()


def open_context(browser: Browser, site: OurApp, *, signed_in: bool = True, scripts: bool = True) -> BrowserContext:
    """A clean profile, of Rosa or of somebody who has no account."""
    context = browser.new_context(
        base_url=site.base, viewport={"width": 1280, "height": 900}, java_script_enabled=scripts
    )
    context.set_default_timeout(TIMEOUT_MS)
    if signed_in:
        context.add_cookies([{"name": "usabtest_sign_in", "value": site.cookie, "url": site.base}])
    return context
