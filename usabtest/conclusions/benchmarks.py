"""What a study is held against: two benchmarks are offered, and a moderator may set these and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

OFFERED_SUCCESS = 0.78
OFFERED_SUS = 68.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks:
    """Values to beat; None is not asked. `success` and `csat` are shares, `times_s` seconds by the key of a task."""

    success: float | None = OFFERED_SUCCESS
    seq: float | None = None
    sus: float | None = OFFERED_SUS
    umux_lite: float | None = None
    nps: float | None = None
    csat: float | None = None
    ces: float | None = None
    times_s: Mapping[str, float] = field(default_factory=dict)


OFFERED = Benchmarks()


def benchmarks_from_json(kept: Mapping[str, object] | None) -> Benchmarks:
    """Read what was kept; nothing kept, the offered ones.

    Examples
    --------
    >>> benchmarks_from_json(None).success, benchmarks_from_json({"sus": 75}).success
    (0.78, None)
    """
    if kept is None:
        return OFFERED
    values: dict[str, float | None] = {one.name: _number(kept.get(one.name)) for one in fields(Benchmarks)}
    values.pop("times_s")
    times = kept.get("times_s")
    known = {str(key): _number(value) for key, value in times.items()} if isinstance(times, Mapping) else {}
    return Benchmarks(**values, times_s={key: value for key, value in known.items() if value is not None})


def benchmarks_to_json(benchmarks: Benchmarks) -> dict[str, object]:
    """Write what is to be kept; what is not set is left out."""
    values = {one.name: getattr(benchmarks, one.name) for one in fields(Benchmarks)}
    return {key: value for key, value in values.items() if value not in (None, {})}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
