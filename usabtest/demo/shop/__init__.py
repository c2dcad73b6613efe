"""Otter Lane Books, a made-up shop to run tests on: real pages, real forms, and the flaws that a test should find.

Its flaws: a voucher code that may not hold the spaces with which it is printed, delivery costs that only a help page
tells, a quantity that changes only after another button, a button that ends in a script error, a request that fails,
and a banner that looks like a link and is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, Response

from usabtest.demo.shop import basket, pages
from usabtest.demo.shop.money import pounds


def create_shop(snippet_url: str) -> Flask:
    """Return the shop; every page of it carries the script tag of the usabtest at `snippet_url`."""
    shop = Flask(__name__)
    shop.config.update(
        SECRET_KEY=secrets.token_hex(32),  # baskets need not outlive the shop
        SESSION_COOKIE_NAME="otter_lane_books",
        SESSION_COOKIE_SAMESITE="Lax",
    )
    shop.register_blueprint(pages.bp)
    shop.register_error_handler(404, pages.missing)
    shop.jinja_env.filters["pounds"] = pounds
    shop.context_processor(lambda: {"snippet_url": snippet_url, "basket": basket.current()})
    shop.after_request(_strict(snippet_url))
    return shop


def _strict(snippet_url: str) -> Callable[[Response], Response]:
    """Send the content policy of a careful site: for usabtest, a script and a connection and nothing else."""
    parts = urlsplit(snippet_url)
    usabtest = f"{parts.scheme}://{parts.netloc}"
    policy = (
        f"default-src 'self'; script-src 'self' {usabtest}; connect-src 'self' {usabtest}; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )

    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return strict
