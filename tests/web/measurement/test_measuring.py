"""Ended attempts are measured soon after, again when a late batch comes, and in memory meanwhile."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.factories import make_study, now
from tests.web.snippet import Page, begin
from usabtest import housekeeping
from usabtest.accounts.models import User
from usabtest.config import Config
from usabtest.db import db, transaction
from usabtest.flow.steps import end_what_is_over
from usabtest.measurement.actions import measure_by_new_thresholds, measure_what_is_stale
from usabtest.measurement.models import MeasuredAttempt
from usabtest.measurement.queries import attempts_of_study
from usabtest.participation.models import Attempt
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

COUNTS = 1


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice)


@pytest.fixture
def page(client: FlaskClient, study: Study) -> Page:
    return begin(client, f"/s/{study.key}")


def click(ms: int, *, flags: int = COUNTS) -> list[object]:
    return ["c", ms, 0, 0, 1, 500, 500, 40, 40, 0, "m", flags]


def kept() -> list[MeasuredAttempt]:
    db.session.expire_all()
    return list(db.session.scalars(select(MeasuredAttempt)))


def measure() -> int:
    with transaction():
        return measure_what_is_stale(now())


def test_it_works(page: Page, study: Study) -> None:
    page.send(["S", 0, 0, 0], click(1000), click(2000), ["M", 3000, 0, 0, "success", 0], ["D", 4000, 0, 0])

    assert measure() == 1

    [measured] = kept()
    assert measured.measures["clicks"] == 2
    assert measured.measures["time_on_task_s"] == 4.0
    assert measured.measures["reached_s"] == 3.0
    assert db.session.scalars(select(Attempt.stale)).all() == [False]
    assert measure() == 0


def test_a_running_attempt_is_not_measured(page: Page) -> None:
    page.send(["S", 0, 0, 0], click(1000))

    assert measure() == 0
    assert kept() == []


def test_a_late_batch_makes_it_stale(page: Page, study: Study) -> None:
    page.send(["S", 0, 0, 0], ["D", 9000, 0, 0])
    measure()
    page.send(click(1000))

    [row] = attempts_of_study(study)
    assert row.measures is not None
    assert row.measures.clicks == 1  # folded in memory
    assert kept()[0].measures["clicks"] == 0
    assert measure() == 1
    assert kept()[0].measures["clicks"] == 1


def test_what_is_read_before_it_is_measured_is_the_same(page: Page, study: Study) -> None:
    page.send(["S", 0, 0, 0], click(1000), ["D", 4000, 0, 0])
    before = attempts_of_study(study)
    measure()

    assert attempts_of_study(study) == before


def test_new_thresholds_measure_anew(page: Page, study: Study) -> None:
    nothing_answered = ["g", 1500, 0, 0, 1, None, ""]
    page.send(
        ["S", 0, 0, 0], click(1000, flags=COUNTS | 8), nothing_answered, click(1200), click(1400), ["D", 4000, 0, 0]
    )
    measure()
    assert kept()[0].measures["signals"][-1]["kind"] == "rage_click"

    with transaction():
        rage = replace(study.spec.analysis.rage_click, clicks=4)
        analysis = replace(study.spec.analysis, rage_click=rage)
        studies_actions.change(study, replace(study.spec, analysis=analysis), now=now())

    [row] = attempts_of_study(study)
    assert row.measures is not None
    assert row.measures.signals_by_kind["rage_click"] == 0
    with transaction():
        assert measure_by_new_thresholds(now()) == 1
    with transaction():
        assert measure_by_new_thresholds(now()) == 0
    assert [one["kind"] for one in kept()[0].measures["signals"]] == ["dead_click"]


def test_who_comes_back_is_no_longer_measured(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, idle_limit_min=0.5)
    page = begin(client, f"/s/{study.key}")
    page.send(["S", 0, 0, 0], click(1000))
    end_what_is_over(now() + dt.timedelta(minutes=1))
    measure()
    assert len(kept()) == 1

    page.send(*[click(second * 1000) for second in range(10, 60, 10)])

    [row] = attempts_of_study(study)
    assert row.outcome is None
    assert row.measures is None


def test_housekeeping_does_it(page: Page, app: Flask, config: Config) -> None:
    page.send(["S", 0, 0, 0], click(1000), ["D", 4000, 0, 0])

    assert housekeeping.work_round(app, config, housekeeping.CHORES)

    assert len(kept()) == 1
