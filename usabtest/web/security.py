"""What every answer says to the browser about safety, and the guard of people's forms."""

from __future__ import annotations

from flask import Flask, Response, g
from flask_wtf.csrf import CSRFProtect

# Forms of people carry a token; what programs and the snippet call is exempt (app.py), as it reads no cookie.
csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    # As long as the person is signed in, for an editor stays open for hours.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    # Our own Referrer-Policy leaves no Referer to compare; the token alone decides.
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)
    csrf.init_app(app)
    app.after_request(_say)


def allow_forms_to_lead_anywhere() -> None:
    """Let the forms of the page that is being answered end at any web address.

    Chromium applies `form-action` to every redirect that follows a form, also to those of the target site that we send
    a participant to, and these nobody can know. Call this in the view that shows such a form.
    """
    g.form_targets = ("http:", "https:")


def _content_policy() -> str:
    form_targets = " ".join(("'self'", *g.get("form_targets", ())))
    return f"default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action {form_targets}"


def _say(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _content_policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("X-Robots-Tag", "noindex")
    if response.mimetype in {"text/html", "application/json", "application/problem+json"}:
        headers.setdefault("Cache-Control", "no-store")
    return response
