"""Many tries at once: no more get through than one after the other, on each kind of database."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.factories import now
from usabtest import migrations
from usabtest.accounts import actions
from usabtest.accounts.throttle import subjects
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db, transaction


def test_tries_at_once_are_counted_one_by_one(database_url: str, tmp_path: Path) -> None:
    app = create_app(Config(data_dir=tmp_path, database_url=database_url, secret_key="x" * 32))
    with app.app_context():
        migrations.upgrade(db.engine)
    tried = subjects("rosa@example.org", "198.51.100.1")
    together = threading.Barrier(12)
    waits: list[int] = []

    def try_once() -> None:
        with app.app_context():
            together.wait()
            with transaction():
                waits.append(actions.take_try(tried, now=now()))

    threads = [threading.Thread(target=try_once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        db.engine.dispose()
    assert sorted(wait > 0 for wait in waits) == [False] * 5 + [True] * 7
