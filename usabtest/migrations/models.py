"""The tables as the rooms' models say they are."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

import usabtest
from usabtest.db import db


def metadata() -> MetaData:
    """Return the metadata with the tables of all rooms in it."""
    for room in pkgutil.iter_modules(usabtest.__path__):
        if room.ispkg and room.name != "migrations" and _has_models(room.name):
            import_module(f"usabtest.{room.name}.models")
    return db.metadata


def _has_models(room: str) -> bool:
    folder = Path(usabtest.__path__[0], room)
    return (folder / "models.py").is_file() or (folder / "models").is_dir()
