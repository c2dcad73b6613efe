"""The numbers of an attempt's measures as a few bytes, so that a report of a hundred thousand attempts is read at once.

The measures themselves (fold.AttemptMeasures) say more: paths, places, what was hit. Reports read those only of the
attempts that they list.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from usabtest.measurement.fold import RULES_VERSION, AttemptMeasures
from usabtest.measurement.rules import thresholds_of
from usabtest.metrics.errors import ErrorKind, Signal
from usabtest.studyfile.types import Analysis

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

NUMBERS = np.dtype(
    [
        # Names the whole of the measures, so that what names the numbers names their paths and places, too.
        ("digest", "<u8"),
        ("time_on_task_s", "<f8"),
        ("lostness", "<f8"),
        ("clicks", "<u4"),
        ("page_views", "<u4"),
        ("steps", "<u4"),
        ("errors", "<u4", (len(ErrorKind),)),
        ("signals", "<u4", (len(Signal),)),
        ("first_click", "i1"),
        ("searched", "i1"),
    ]
)
"""One attempt; what is missing is NaN, or -1 where it would be no or yes (0, 1). Its page loads follow, as seconds."""

_LOAD = np.dtype("<f8").itemsize
_LAYOUT = struct.Struct(f"<Q2d3I{len(ErrorKind)}I{len(Signal)}I2b")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of many attempts: a row each, and the page loads of all, `loads` many of each.

    `there` tells which attempts were measured; the rows of the others hold nothing.
    """

    there: Bools
    rows: NDArray[Any]
    loads: Ints
    loads_s: Floats

    def at(self, places: Ints) -> Numbers:
        """The numbers of some of the attempts, in the order of their places."""
        loads = self.loads[places]
        first = np.cumsum(self.loads) - self.loads
        inside = np.arange(loads.sum()) - np.repeat(np.cumsum(loads) - loads, loads)
        return Numbers(
            self.there[places], self.rows[places], loads, self.loads_s[np.repeat(first[places], loads) + inside]
        )

    def value(self, name: str) -> Floats:
        """A number of each attempt; NaN where it is missing."""
        values: Floats = self.rows[name].astype(np.float64)
        values[~self.there] = np.nan
        return values

    def yes_or_no(self, name: str) -> Floats:
        """1, 0 or NaN of each attempt."""
        answers = self.value(name)
        answers[answers < 0] = np.nan
        return answers

    def loads_of(self, wanted: Bools) -> Floats:
        """The seconds of all page loads of the wanted attempts."""
        return self.loads_s[np.repeat(wanted, self.loads)]


def rules_of(analysis: Analysis) -> str:
    """Name what numbers are made by: our own rules, and the study's thresholds."""
    return f"{RULES_VERSION}-{thresholds_of(analysis)}"


def pack(measures: AttemptMeasures) -> bytes:
    """Write the numbers of one attempt."""
    whole = hashlib.sha256(msgspec.json.encode(measures)).digest()
    loads_s = [load.load_s for load in measures.page_loads if load.load_s is not None]
    head = _LAYOUT.pack(
        int.from_bytes(whole[:8], "little"),
        measures.time_on_task_s,
        math.nan if measures.lostness is None else measures.lostness,
        measures.clicks,
        measures.page_views,
        measures.steps,
        *measures.errors_by_kind.values(),
        *measures.signals_by_kind.values(),
        _yes_or_no(measures.first_click),
        _yes_or_no(measures.searched),
    )
    return head + struct.pack(f"<{len(loads_s)}d", *loads_s)


def unpack(data: bytes, sizes: Sequence[int | None]) -> Numbers:
    """Read the numbers of many attempts, written behind each other; None is the size of one that was not measured."""
    head = NUMBERS.itemsize
    there = np.fromiter((size is not None for size in sizes), np.bool_, len(sizes))
    taken = np.fromiter((size or 0 for size in sizes), np.int64, len(sizes))
    begins = np.where(there, np.cumsum(taken) - taken, len(data))  # what is not there begins where zeros stand
    loads = np.where(there, (taken - head) // _LOAD, 0)
    written = np.frombuffer(data + bytes(head), np.uint8)
    before = np.cumsum(loads) - loads
    load_begins = np.repeat(begins + head - _LOAD * before, loads) + _LOAD * np.arange(loads.sum())
    return Numbers(
        there=there,
        rows=_taken(written, begins, head).view(NUMBERS)[:, 0],
        loads=loads,
        loads_s=_taken(written, load_begins, _LOAD).view("<f8")[:, 0],
    )


def _taken(written: NDArray[np.uint8], begins: Ints, size: int) -> NDArray[np.uint8]:
    """The bytes that stand at each of these places, so many of each."""
    return np.lib.stride_tricks.sliding_window_view(written, size)[begins]


def _yes_or_no(answer: bool | None) -> int:
    return -1 if answer is None else int(answer)
