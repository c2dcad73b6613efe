"""What happens by itself: chores that one process at a time does, now and then."""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from usabtest.accounts.actions import forget_what_is_over
from usabtest.collection.actions import forget_nameless
from usabtest.config import Config
from usabtest.db import db, transaction
from usabtest.flow.steps import end_what_is_over
from usabtest.measurement.actions import measure_by_new_thresholds, measure_what_is_stale
from usabtest.participation.retention import delete_past_retention
from usabtest.sharing.actions import forget_what_has_ended

log = logging.getLogger(__name__)

TICK_S = 2.0
PAUSE_AFTER_FAULT_S = 30.0
# Of one chore in one round: then the others have their turn.
MOST_SLICES = 500
POSTGRESQL_LOCK = 0x7573_6163


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so often.

    `do` gets the time and returns how much it did. It does a slice, short enough that nobody waits for the database,
    and is called again until there is nothing left. A chore that only `purges` is what `usabtest purge` does at once.
    """

    name: str
    every_s: float
    do: Callable[[dt.datetime], int]
    purges: bool = False


def writing(action: Callable[[dt.datetime], int]) -> Callable[[dt.datetime], int]:
    """Put an action into a transaction of its own: most chores are that and nothing else."""

    def do(now: dt.datetime) -> int:
        with transaction():
            return action(now)

    return do


CHORES: tuple[Chore, ...] = (
    Chore("end what is over", every_s=5, do=end_what_is_over),
    Chore("measure what has ended", every_s=5, do=measure_what_is_stale),
    Chore("measure by new thresholds", every_s=60, do=measure_by_new_thresholds),
    Chore("delete people past their study's retention", every_s=3600, do=delete_past_retention, purges=True),
    Chore("forget wrong passwords and old links", every_s=3600, do=writing(forget_what_is_over), purges=True),
    Chore("delete refused recordings of nobody known", every_s=3600, do=writing(forget_nameless), purges=True),
    Chore("forget what ended links kept", every_s=3600, do=writing(forget_what_has_ended), purges=True),
)


def start(app: Flask, config: Config) -> threading.Thread:
    """Start the loop in a thread that ends with the process."""
    thread = threading.Thread(target=_loop, args=(app, config), name="housekeeping", daemon=True)
    thread.start()
    return thread


def work_round(app: Flask, config: Config, chores: Sequence[Chore]) -> bool:
    """Do these chores, unless another process is at it; say whether it was us."""
    with app.app_context(), _alone(config) as alone:
        if alone:
            for chore in chores:
                _do(chore)
        return alone


def purge(now: dt.datetime) -> dict[str, int]:
    """Do what purges, to the end, and return how much by the chore's name; needs an app context."""
    return {chore.name: sum(_slices(chore, now, most=None)) for chore in CHORES if chore.purges}


def _loop(app: Flask, config: Config) -> None:
    due = {chore.name: 0.0 for chore in CHORES}
    while True:
        now = time.monotonic()
        chores = [chore for chore in CHORES if due[chore.name] <= now]
        pause_s = TICK_S
        try:
            if chores and work_round(app, config, chores):
                due |= {chore.name: now + chore.every_s for chore in chores}
        except Exception:
            # A database that is away for a while must neither end housekeeping for good nor fill the log.
            log.exception("housekeeping could not begin")
            pause_s = PAUSE_AFTER_FAULT_S
        time.sleep(pause_s)


def _do(chore: Chore) -> None:
    try:
        done = sum(_slices(chore, dt.datetime.now(dt.UTC), most=MOST_SLICES))
    except Exception:
        log.exception("housekeeping failed to %s", chore.name)
        db.session.rollback()
    else:
        if done:
            log.info("housekeeping: %s (%d)", chore.name, done)


def _slices(chore: Chore, now: dt.datetime, *, most: int | None) -> Iterator[int]:
    count = 0
    while most is None or count < most:
        done = chore.do(now)
        db.session.remove()
        yield done
        if done == 0:
            return
        count += 1


@contextmanager
def _alone(config: Config) -> Iterator[bool]:
    """Hold the right to do chores, if nobody else has it; it ends with the process, however that ends."""
    if db.engine.dialect.name == "sqlite":
        with (config.data_dir / "housekeeping.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(POSTGRESQL_LOCK))))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(POSTGRESQL_LOCK)))
