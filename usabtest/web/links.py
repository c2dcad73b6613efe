"""Addresses that leave our pages: printed, sent, put on other people's sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, has_request_context, request

from usabtest.config import LOOPBACK_HOSTS
from usabtest.errors import ConfigError
from usabtest.web.deployment import current_config, path_prefix

DEFAULT_BASE = "http://127.0.0.1:8000"


def public_base() -> str:
    """Return where the world reaches us, without a slash at the end.

    That is the setting. Without it the Host header is believed only if it is loopback, for anyone can send any;
    the command line then takes it that the server runs where it does by default.
    """
    config = current_config()
    if config.public_url:
        return config.public_url
    if not has_request_context():
        return DEFAULT_BASE
    if is_loopback(request.host):
        return request.root_url.rstrip("/")
    raise ConfigError(
        "USABTEST_PUBLIC_URL is not set, so no link can be made: set it to the address at which participants "
        "reach this server, such as https://usabtest.example.org, and start again."
    )


def public_address(endpoint: str, **values: object) -> str:
    """Return the whole address of a page, for outside: ``public_address("flow.welcome", key=study.key)``."""
    prefix = path_prefix(current_config())
    path = current_app.url_map.bind("unused", script_name=prefix or "/").build(endpoint, values)
    return public_base().removesuffix(prefix) + path


def is_loopback(host: str) -> bool:
    """Say whether `host`, as the Host header has it, is this machine itself.

    >>> is_loopback("localhost:8000"), is_loopback("[::1]:8000"), is_loopback("localhost.example.org")
    (True, True, False)
    """
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK_HOSTS
    except ValueError:
        return False


def same_site_path(target: str | None) -> str | None:
    """Return `target` if it is a path of ours, else None: what a person is sent to after signing in.

    Browsers read a backslash as a slash and leave out control characters, so neither may be in it.

    >>> same_site_path("/studies/shop?tab=2"), same_site_path("//evil.example"), same_site_path("/\\\\evil.example")
    ('/studies/shop?tab=2', None, None)
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(letter) <= 32 for letter in target):
        return None
    return target
