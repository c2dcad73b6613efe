"""What all pages share: errors, safety, paging, addresses, tokens."""

from __future__ import annotations

from flask import Flask

from usabtest.config import Config
from usabtest.web import access_log, deployment, errors, home, hostile, openapi, security, style_sheets


def init_app(app: Flask, config: Config) -> None:
    """Give `app` the settings, the headers, the error pages and the API's description."""
    deployment.init_app(app, config)
    security.init_app(app)
    errors.init_app(app)
    hostile.init_app(app)
    access_log.init_app(app)
    style_sheets.init_app(app)
    app.register_blueprint(home.bp)
    app.register_blueprint(openapi.bp)
