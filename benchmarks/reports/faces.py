"""The faces of a study that are measured, each asked for as a browser or a program asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, current_app
from flask.testing import FlaskClient

from benchmarks.reports.floors import FLOORS
from benchmarks.reports.spent import most_resident_mib, resident_mib
from usabtest.accounts.models import User
from usabtest.app import create_app
from usabtest.config import Config
from usabtest.db import db

Asked = Callable[[str], object]


def asker(app: Flask, work: Asked) -> Asked:
    """The work, each time in a context of its own, as a request has it."""

    def ask(key: str) -> object:
        with app.app_context():
            return work(key)

    return ask


def signed_in() -> FlaskClient:
    client = current_app.test_client()
    owner = db.session.scalars(sa.select(User)).one()
    with client.session_transaction() as cookie:
        cookie["user"] = [owner.id, owner.epoch, dt.datetime.now(dt.UTC).toordinal()]
    return client


def _report_json(key: str) -> object:
    return body_of(signed_in(), f"/studies/{key}/report.json")


def _page(address: str) -> Asked:
    return lambda key: body_of(signed_in(), address.format(key=key))


def body_of(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer.data


FACES: dict[str, Asked] = {
    "report as JSON": _report_json,
    "report as a page": _page("/studies/{key}/report"),
    "a task's page": _page("/studies/{key}/report/tasks/task-0"),
    "the summary": _page("/studies/{key}/report/summary"),
    "two groups compared": _page("/studies/{key}/compare?a.device=phone&b.device=desktop"),
    "participants' page": _page("/studies/{key}/participants"),
    "study's page": _page("/studies/{key}"),
}


def memory_of(config: Config, name: str, key: str) -> float:
    """How many MiB a face or a floor needs at most, above what a process has that has only begun."""
    app = create_app(config)
    before = resident_mib()
    asker(app, {**FLOORS, **FACES}[name])(key)
    return most_resident_mib() - before
