"""Where templates/ and static/ are: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import BaseLoader, Environment, Template

_PACKAGE = Path(__file__).resolve().parent
_READING = Lock()


def folder(name: str) -> Path:
    """Return the folder of this name, such as ``folder("templates")``."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


class OneAtATime(BaseLoader):
    """Lets one thread at a time read a template, by the loader given.

    Jinja reads literals with Python's `ast`, and CPython 3.11 counts its depth for all threads together: two
    that read at once fail with a SystemError now and then (see CPython issue 106905), and a page with them.
    """

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template)

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> Template:
        with _READING:
            return self._loader.load(environment, name, globals)
