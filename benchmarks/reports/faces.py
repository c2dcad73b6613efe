"""The faces of a study that are measured, each asked for as a browser or a program asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, current_app
from flask.testing import FlaskClient

from usabtest.accounts.actions import create_token
from usabtest.accounts.models import User
from usabtest.db import db, transaction

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


def token() -> str:
    """A new API token of the studies' owner."""
    owner = db.session.scalars(sa.select(User)).one()
    with transaction():
        return create_token(owner, name="benchmark", now=dt.datetime.now(dt.UTC)).text


def _report_json(key: str) -> object:
    return _body(signed_in(), f"/studies/{key}/report.json")


def _page(address: str) -> Asked:
    return lambda key: _body(signed_in(), address.format(key=key))


def _body(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer.data


FACES: dict[str, Asked] = {
    "report as JSON": _report_json,
    "report as a page": _page("/studies/{key}/report"),
    "a task's page": _page("/studies/{key}/report/tasks/task-0"),
    "participants' page": _page("/studies/{key}/participants"),
    "study's page": _page("/studies/{key}"),
}
