"""The report as JSON, to the letter of the interface."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec

from usabtest.reports.figures import NOT_IN_JSON, StudyReport


def to_plain(report: StudyReport) -> dict[str, Any]:
    """Return the report as what JSON knows."""
    plain: dict[str, Any] = _plain(report)
    return plain


def to_json(report: StudyReport) -> bytes:
    return msgspec.json.format(msgspec.json.encode(to_plain(report)), indent=2) + b"\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        unsaid = {"reasons"} if not getattr(value, "reasons", None) else set()
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.metadata != NOT_IN_JSON and field.name not in unsaid
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value
