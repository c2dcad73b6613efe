from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cli.conftest import Run
from tests.factories import make_study, make_user, now
from tests.web.snippet import begin
from usabtest.accounts.models import Role
from usabtest.cli.opened import opened_app
from usabtest.db import db, transaction
from usabtest.measurement.actions import measure_what_is_stale
from usabtest.measurement.models import MeasuredAttempt
from usabtest.participation.models import Attempt


@pytest.fixture
def study(usabtest: Run) -> str:
    """A study in which somebody found the book."""
    usabtest("user", "list")  # makes the tables
    with opened_app() as app:
        study = make_study(make_user("rosa@example.org", role=Role.ADMIN))
        page = begin(app.test_client(), f"/s/{study.key}")
        page.send(["S", 0, 0, 0], ["c", 500, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1], ["D", 4000, 0, 0])
        with transaction():
            measure_what_is_stale(now())
        return study.key


def test_nothing_differs_after_nothing_changed(usabtest: Run, study: str) -> None:
    answer = usabtest("recompute", study)

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == ""
    assert answer.stderr == "1 session measured anew, no figure differs.\n"


def test_it_names_every_figure_that_differs_and_mends_it(usabtest: Run, study: str) -> None:
    with opened_app(), transaction() as session:
        measured = session.scalars(select(MeasuredAttempt)).one()
        measured.measures = {**measured.measures, "clicks": 7}
        attempt = session.scalars(select(Attempt)).one()
        attempt.outcome = "success"
        name = f"{attempt.session_id:016x}-0"

    answer = usabtest("recompute", study)

    assert answer.stdout.splitlines() == [f"{name}\tclicks\t7\t1", f"{name}\toutcome\tsuccess\tfailure"]
    assert answer.stderr.endswith("1 session measured anew, 2 figures differ.\n")
    with opened_app():
        assert db.session.scalars(select(MeasuredAttempt)).one().measures["clicks"] == 1
        assert db.session.scalars(select(Attempt.outcome)).one() == "failure"


def test_an_unknown_study_is_said_in_a_line(usabtest: Run) -> None:
    answer = usabtest("recompute", "nothing")

    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1)
