"""Many tasks or people: a shared report stays light, for each task has a page of its own."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask

from tests.crowd import make_crowd
from tests.factories import make_study
from tests.measured import make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, PASSWORD, make_link, stranger
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.studies.actions import set_previous
from usabtest.studies.models import Study

TASKS = [{**FULL["tasks"][n % 3], "key": f"task-{n}", "title": f"Errand {n}"} for n in range(6)]
# On the way it is a tenth of that.
MOST_BYTES = 300_000


@pytest.fixture
def study(alice: User) -> Study:
    study = make_study(alice, **{**FULL, "tasks": TASKS})
    make_people(study, 4)
    return study


def test_each_task_has_a_page(app: Flask, study: Study) -> None:
    client = stranger(app)
    link = make_link(study, "overview", "tasks")
    page = client.get(link.path).text
    addresses = re.findall(rf'href="({link.path}/tasks/[0-9]+)"', page)
    assert len(addresses) == len(TASKS)
    assert "How the 4 attempts ended" not in page

    task = client.get(addresses[1]).text

    assert '<h1 dir="auto">Errand 1</h1>' in task
    assert "How the 4 attempts ended" in task
    assert f'href="{link.path}"' in task
    assert f'href="{link.path}/tasks/1"' in task
    assert f'href="{link.path}/tasks/3"' in task
    assert "P-0" not in task
    db.session.refresh(link.share)
    assert link.share.visits == 1


@pytest.mark.parametrize("frozen", [False, True])
def test_no_link_on_it_needs_an_account(app: Flask, study: Study, frozen: bool) -> None:
    client = stranger(app)
    link = make_link(study, *EVERYTHING, frozen=frozen)
    page = client.get(f"{link.path}/tasks/2").text

    addresses = {one.partition("#")[0] for one in re.findall(r'(?:href|src|action)="([^"]+)"', page)} - {""}

    assert "P-02" in page
    for address in addresses:
        assert client.get(address).status_code == 200, address
        assert "/studies/" not in address


def test_a_task_that_is_not_shown_is_nowhere(app: Flask, study: Study) -> None:
    client = stranger(app)

    assert client.get(f"{make_link(study, 'overview').path}/tasks/1").status_code == 404
    assert client.get(f"{make_link(study, 'tasks').path}/tasks/7").status_code == 404
    assert client.get(f"{make_link(study, 'tasks').path}/tasks/0").status_code == 404


def test_the_password_stands_before_each_page(app: Flask, study: Study) -> None:
    client = stranger(app)
    link = make_link(study, "tasks", password=PASSWORD)

    answer = client.get(f"{link.path}/tasks/1")

    assert (answer.status_code, answer.headers["Location"]) == (302, link.path)
    client.post(link.path, data={"password": PASSWORD})
    assert "Errand 0" in client.get(f"{link.path}/tasks/1").text


@pytest.mark.parametrize(("count", "people"), [(6, 150), (3, 20), (3, 12)])
def test_every_page_is_light_before_it_is_packed(app: Flask, alice: User, count: int, people: int) -> None:
    before, study = (make_study(alice, **{**FULL, "tasks": TASKS[:count], "key": key}) for key in ("before", "after"))
    make_crowd(before, 20)
    make_crowd(study, people)
    with transaction():
        set_previous(study, before)
    link = make_link(study, *EVERYTHING)

    for address in (link.path, f"{link.path}/tasks/{count}") if people > 12 else (link.path,):
        answer = stranger(app).get(address, headers={"Accept-Encoding": "gzip"})
        assert len(gzip.decompress(answer.data)) < MOST_BYTES
        assert len(answer.data) < MOST_BYTES / 8
