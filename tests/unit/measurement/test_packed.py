from __future__ import annotations

import importlib
from dataclasses import replace

import numpy as np
import pytest

from tests.measured import errors, make_measures
from usabtest.db import Joined
from usabtest.measurement.fold import LoadTimes, to_json
from usabtest.measurement.packed import pack, unpack

MANY = make_measures(
    48.25,
    clicks=7,
    page_views=5,
    steps=4,
    lostness=0.31,
    first_click=True,
    searched=False,
    errors=errors(form=2, network=1),
    signals=errors(rage_click=3),
    page_loads=tuple(
        LoadTimes("https://shop.example/", load_s, None, None, None, None) for load_s in (0.5, None, 0.25)
    ),
)


def test_what_is_packed_comes_back() -> None:
    numbers = unpack(*Joined.of([pack(MANY), None, pack(make_measures(60.0))]))

    assert numbers.there.tolist() == [True, False, True]
    assert numbers.value("time_on_task_s").tolist() == pytest.approx([48.25, np.nan, 60], nan_ok=True)
    assert [numbers.value(name)[0] for name in ("clicks", "page_views", "steps", "lostness")] == [7, 5, 4, 0.31]
    assert dict(zip(MANY.errors_by_kind, numbers.rows["errors"][0].tolist(), strict=True)) == MANY.errors_by_kind
    assert dict(zip(MANY.signals_by_kind, numbers.rows["signals"][0].tolist(), strict=True)) == MANY.signals_by_kind
    assert numbers.yes_or_no("first_click").tolist() == pytest.approx([1, np.nan, np.nan], nan_ok=True)
    assert numbers.yes_or_no("searched").tolist() == pytest.approx([0, np.nan, np.nan], nan_ok=True)
    assert numbers.loads_s.tolist() == [0.5, 0.25, 0.4]
    assert numbers.loads_of(np.array([False, False, True])).tolist() == [0.4]


def test_nothing_is_packed_and_comes_back() -> None:
    assert unpack(b"", []).value("clicks").tolist() == []
    assert unpack(b"", [None]).value("clicks").tolist() == pytest.approx([np.nan], nan_ok=True)


def test_some_are_taken_in_another_order() -> None:
    numbers = unpack(*Joined.of([pack(MANY), None, pack(make_measures(60.0))])).at(np.array([2, 1, 0]))

    assert numbers.value("time_on_task_s").tolist() == pytest.approx([60, np.nan, 48.25], nan_ok=True)
    assert numbers.loads_s.tolist() == [0.4, 0.5, 0.25]
    assert numbers.at(np.array([], np.int64)).loads_s.tolist() == []


def test_other_places_are_other_bytes() -> None:
    elsewhere = replace(MANY, errors=tuple(replace(error, what="#name") for error in MANY.errors))

    assert pack(elsewhere) != pack(MANY)
    assert pack(elsewhere)[8:] == pack(MANY)[8:]


def test_the_upgrade_wrote_what_is_written_today() -> None:
    revision = importlib.import_module("usabtest.migrations.versions.0003_numbers_of_attempts")

    assert revision._packed(to_json(MANY)) == pack(MANY)
