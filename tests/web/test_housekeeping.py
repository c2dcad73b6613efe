from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories import now
from usabtest import housekeeping
from usabtest.accounts import actions
from usabtest.accounts.models import WrongPasswords
from usabtest.config import Config
from usabtest.db import db, transaction
from usabtest.housekeeping import Chore


def test_a_chore_is_called_until_nothing_is_left(app: Flask, config: Config) -> None:
    left = [3]
    called = []

    def take_one(at: dt.datetime) -> int:
        called.append(at)
        left[0] -= 1
        return 1 if left[0] >= 0 else 0

    assert housekeeping.work_round(app, config, [Chore("count down", every_s=1, do=take_one)])
    assert len(called) == 4


def test_a_fault_in_one_chore_leaves_the_others(app: Flask, config: Config, caplog: pytest.LogCaptureFixture) -> None:
    def fail(at: dt.datetime) -> int:
        raise ZeroDivisionError

    done = []
    chores = [Chore("fail", every_s=1, do=fail), Chore("work", every_s=1, do=lambda at: len(done.append(at) or ()))]

    housekeeping.work_round(app, config, chores)

    assert len(done) == 1
    assert "housekeeping failed to fail" in caplog.text


def test_wrong_passwords_are_forgotten_after_a_day(app: Flask) -> None:
    with transaction():
        actions.take_try((b"o" * 32,), now=now() - dt.timedelta(hours=25))
        actions.take_try((b"n" * 32,), now=now() - dt.timedelta(hours=23))

    housekeeping.purge(now())

    assert db.session.scalars(sa.select(WrongPasswords.subject)).all() == [b"n" * 32]
