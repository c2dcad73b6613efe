"""The settings that the running app was made with, and the path that it lives under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import Flask, current_app

from usabtest.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NAME = "usabtest"


def init_app(app: Flask, config: Config) -> None:
    app.extensions[_NAME] = config


def current_config() -> Config:
    """Return the settings of the app that answers."""
    return cast("Config", current_app.extensions[_NAME])


def path_prefix(config: Config) -> str:
    """Return the path below which a proxy shows us, such as ``/lab``; mostly it is empty."""
    return urlsplit(config.public_url or "").path.rstrip("/")


class BelowPath:
    """Answers below a path, whether or not the proxy in front takes the path away.

    It comes from our settings and not from X-Forwarded-Prefix, which most proxies hand on as the client wrote it.
    """

    def __init__(self, application: WSGIApplication, prefix: str) -> None:
        self.application = application
        self.prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self.prefix or path.startswith(f"{self.prefix}/"):
            environ["PATH_INFO"] = path[len(self.prefix) :] or "/"
        environ["SCRIPT_NAME"] = self.prefix
        return self.application(environ, start_response)
