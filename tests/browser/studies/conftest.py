"""Our own pages in a real browser: the app in a thread, its database fresh, alice signed in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from hatch_build import build
from tests.factories import PASSWORD, make_study, make_user
from usabtest import migrations
from usabtest.accounts.models import Role, User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db
from usabtest.studies.models import Study

ROOT = Path(__file__).parents[3]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        Config(
            data_dir=tmp_path,
            database_url=f"sqlite:///{tmp_path / 'usabtest.sqlite3'}",
            secret_key="a secret for tests only, no more",
        )
    )
    with app.app_context():
        migrations.upgrade(db.engine)
        if migrations.head() is None:
            db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        """Say nothing: the tests' own output is enough."""


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    """The address of the running app."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def alice(app: Flask) -> User:
    return make_user("alice@example.org", name="Alice", role=Role.ADMIN)


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, status="draft")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Opens a page of ours as alice, with or without scripts."""

    browser: Browser
    base: str

    def __call__(self, *, scripts: bool = True, width_px: int = 1280) -> Page:
        context = self.browser.new_context(
            java_script_enabled=scripts,
            base_url=self.base,
            viewport={"width": width_px, "height": 900},
            # A colour on its way to another is too faint for axe-core, and for nobody else.
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/studies")
        return page


@pytest.fixture
def signed_in(browser: Browser, base: str, alice: User) -> Iterator[SignIn]:
    before = list(browser.contexts)
    yield SignIn(browser, base)
    for context in browser.contexts:
        if context not in before:
            context.close()


@pytest.fixture(scope="session")
def snippet() -> None:
    """The built snippet, for pages that show its window."""
    build(ROOT)
