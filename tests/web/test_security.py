from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.factories import PASSWORD, make_user
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.errors import ConfigError
from usabtest.web.access_log import HideTokens, without_token
from usabtest.web.links import public_address, public_base
from usabtest.web.security import allow_forms_to_lead_anywhere


def test_every_answer_says_what_a_browser_may_do(client: FlaskClient) -> None:
    for path in ("/sign-in", "/nothing", "/api/v1/openapi.json", "/static/css/base.css"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"


def test_pages_are_not_kept_by_browsers(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_a_page_may_let_its_form_lead_away(app: Flask) -> None:
    @app.get("/start")
    def start() -> str:
        allow_forms_to_lead_anywhere()
        return "a form"

    policy = app.test_client().get("/start").headers["Content-Security-Policy"]
    other = app.test_client().get("/sign-in").headers["Content-Security-Policy"]

    assert policy.endswith("form-action 'self' http: https:")
    assert other.endswith("form-action 'self'")


def test_links_follow_the_host_only_on_loopback(app: Flask) -> None:
    with app.test_request_context(base_url="http://127.0.0.1:8123"):
        assert public_base() == "http://127.0.0.1:8123"
    with app.test_request_context(base_url="http://evil.example"), pytest.raises(ConfigError, match="PUBLIC_URL"):
        public_base()


def test_links_come_from_the_setting(config: Config) -> None:
    app = create_app(replace(config, public_url="https://lab.example.org/ux"))

    with app.test_request_context(base_url="http://evil.example"):
        assert public_base() == "https://lab.example.org/ux"
        assert public_address("accounts.sign_in") == "https://lab.example.org/ux/sign-in"
    with app.app_context():
        assert public_address("accounts.sign_in") == "https://lab.example.org/ux/sign-in"


@pytest.mark.parametrize("path", ["/ux/sign-in", "/sign-in"])
def test_it_lives_below_a_path_whether_or_not_the_proxy_takes_it_away(config: Config, path: str) -> None:
    app = create_app(replace(config, public_url="https://lab.example.org/ux"))

    answer = app.test_client().get(path)

    assert answer.status_code == 200
    assert 'href="/ux/static/css/base.css?v=' in answer.text
    assert "Path=/ux" in answer.headers["Set-Cookie"]
    assert "Secure" in answer.headers["Set-Cookie"]


def test_signing_in_below_a_path_leads_back_there(config: Config) -> None:
    app = create_app(replace(config, public_url="https://lab.example.org/ux"))

    assert app.test_client().get("/ux/settings").location == "/ux/sign-in?next=/ux/settings"


def test_a_clients_address_is_believed_only_behind_a_trusted_proxy(config: Config) -> None:
    def seen_from(trusted_proxies: int) -> str:
        app = create_app(replace(config, trusted_proxies=trusted_proxies))

        @app.get("/address")
        def address() -> str:
            return str(request.remote_addr)

        return app.test_client().get("/address", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}).text

    assert seen_from(0) == "127.0.0.1"
    assert seen_from(1) == "203.0.113.5"


def test_forms_work_on_https_without_a_referer(config: Config) -> None:
    """Our own pages send none, which the usual guard of forms would take for a forgery."""
    app = create_app(replace(config, public_url="https://lab.example.org"))
    with app.app_context():
        email = make_user().email
    client, base = app.test_client(), "https://lab.example.org"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in", base_url=base).text)
    assert token is not None

    answer = client.post("/sign-in", base_url=base, data={"email": email, "password": PASSWORD, "csrf_token": token[1]})

    assert answer.status_code == 303
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/i/kf83Jd0-_x", "/i/***"),
        ("/setup/kf83Jd0", "/setup/***"),
        ("/sign-in/kf83Jd0", "/sign-in/***"),
        ("/ux/r/kf83Jd0/tasks", "/ux/r/***/tasks"),
        ("/sign-in", "/sign-in"),
        ("/s/shop-checkout", "/s/shop-checkout"),
    ],
)
def test_logs_hold_no_tokens(path: str, written: str) -> None:
    assert without_token(path) == written


def test_nobody_writes_lines_into_the_access_log() -> None:
    record = logging.LogRecord("granian.access", 20, "", 0, "%(path)s", ({"path": "/s/x\r\n- GET /fine"},), None)

    HideTokens().filter(record)

    assert record.getMessage() == "/s/x\\r\\n- GET /fine"


def test_a_fault_is_logged_without_the_token(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/i/<token>")
    def broken(token: str) -> str:
        raise ZeroDivisionError

    app.test_client().get("/i/kf83Jd0")

    assert "/i/***" in caplog.text
    assert "Exception on /i/kf83Jd0" not in caplog.text
