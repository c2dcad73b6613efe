"""Style sheets are fetched once: their address names their content, so a browser may keep them for good."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

_VERSION = "v"
_FOR_GOOD_S = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    app.url_defaults(_name_version)
    app.after_request(_keep)


def _name_version(endpoint: str, values: dict[str, Any]) -> None:
    # Scripts are left out: a module imported by its plain name would be another one than that with a version.
    filename = values.get("filename", "")
    if endpoint == "static" and filename.endswith(".css") and (version := _version(filename)):
        values.setdefault(_VERSION, version)


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and _VERSION in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={_FOR_GOOD_S}, immutable"
    return response


def _version(filename: str) -> str | None:
    path = Path(str(current_app.static_folder), filename)
    try:
        return _digest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=256)
def _digest(path: Path, _changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
