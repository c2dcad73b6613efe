"""Many tasks or people: a shared report stays light, for each task has a page of its own."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask

from tests.crowd import make_crowd
from tests.factories import make_study, now
from tests.measured import make_people
from tests.web.reports.study import FULL
from tests.web.sharing.shares import EVERYTHING, PASSWORD, Link, make_link, stranger
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.sharing import actions
from usabtest.studies.actions import set_previous
from usabtest.studies.models import Study

TASKS = [{**FULL["tasks"][n % 3], "key": f"task-{n}", "title": f"Errand {n}"} for n in range(12)]
AFTER = ["sus", "nps", "csat", "ces", "umux_lite"]


@pytest.fixture
def study(alice: User) -> Study:
    study = make_study(alice, **{**FULL, "tasks": TASKS[:6]})
    make_people(study, 4)
    return study


def test_each_task_has_a_page(app: Flask, study: Study) -> None:
    client = stranger(app)
    link = make_link(study, "overview", "tasks")
    page = client.get(link.path).text
    addresses = re.findall(rf'href="({link.path}/tasks/[0-9]+)"', page)
    assert len(addresses) == 6
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
    for place, came_from in ((1, "same-origin"), (2, "none"), (3, "cross-site"), (9, "none")):
        client.get(f"{link.path}/tasks/{place}", headers={"Sec-Fetch-Site": came_from})
    db.session.refresh(link.share)
    assert link.share.visits == 3


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


def pages_below(app: Flask, link: Link) -> list[str]:
    """Each address below a link but its picture, which tells nothing."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/r/<token>/")]
    filled = [
        rule.replace("<int:place>", "1").replace("<name>", "report.pdf").replace("/r/<token>", link.path)
        for rule in rules
    ]
    return sorted(address for address in filled if not address.endswith("preview.png"))


def test_the_password_stands_before_each_page_and_none_outlives_the_link(app: Flask, alice: User) -> None:
    study = make_study(alice, **{**FULL, "tasks": TASKS[:9]})
    make_people(study, 2)
    client = stranger(app)
    link = make_link(study, "tasks", "compare", password=PASSWORD)
    below = pages_below(app, link)
    assert [address.removeprefix(link.path) for address in below] == ["/comparison", "/report.pdf", "/tasks/1"]

    for address in below:
        answer = client.get(address)
        assert answer.status_code == 404 or (answer.status_code, answer.headers["Location"]) == (302, link.path)
        assert "Errand 0" not in answer.text

    client.post(link.path, data={"password": PASSWORD})
    assert {client.get(address).status_code for address in below} == {200}
    assert "Errand 0" in client.get(f"{link.path}/tasks/1").text
    with transaction():
        link.share.expires_at = now()
    assert {client.get(address).status_code for address in below} == {410}
    with transaction():
        actions.revoke(link.share, now=now())
    assert {client.get(address).status_code for address in below} == {404}


@pytest.mark.parametrize("frozen", [False, True])
def test_the_comparison_of_many_tasks_has_a_page(app: Flask, alice: User, frozen: bool) -> None:
    before, study = (make_study(alice, **{**FULL, "tasks": TASKS[:9], "key": key}) for key in ("before", "after"))
    for one in (before, study):
        make_people(one, 2)
    with transaction():
        set_previous(study, before)
    client, link = stranger(app), make_link(study, "overview", "compare", frozen=frozen)

    page = client.get(link.path).text
    compared = client.get(f"{link.path}/comparison").text

    assert f'href="{link.path}/comparison"' in page
    assert "Welch" not in page
    assert "Welch" in compared
    for one in (page, compared):
        assert "sameness" in one
    assert client.get(f"{make_link(study, 'overview').path}/comparison").status_code == 404


@pytest.mark.parametrize(
    ("count", "people", "most"), [(6, 150, 300_000), (8, 20, 280_000), (3, 12, 300_000), (12, 9, 300_000)]
)
def test_every_page_is_light_before_it_is_packed(app: Flask, alice: User, count: int, people: int, most: int) -> None:
    asked = {**FULL, "tasks": TASKS[:count], "after": AFTER}
    before, study = (make_study(alice, **{**asked, "key": key}) for key in ("before", "after"))
    make_crowd(before, 20)
    make_crowd(study, people)
    with transaction():
        set_previous(study, before)
    link, client = make_link(study, *EVERYTHING), stranger(app)

    pages = ["", *([f"/tasks/{count}"] if count > 3 else []), *(["/comparison"] if count > 8 else [])]
    for address in (link.path + page for page in pages):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        page = gzip.decompress(answer.data)
        files = re.findall(r'<(?:link|script)[^>]* (?:href|src)="(/[^"]+)"', page.decode())
        assert len(page) + sum(len(client.get(file).data) for file in files) < most
        assert len(answer.data) < most / 8
        names = re.findall(r' id="([^"]+)"', page.decode())
        assert len(set(names)) == len(names)
        assert set(re.findall(r'<use href="#([^"]+)"', page.decode())) <= set(names)


def test_the_styles_of_all_of_them_are_one_file_that_browsers_keep(app: Flask, study: Study) -> None:
    client = stranger(app)
    page = client.get(make_link(study, "overview").path).text
    [address] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)

    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert client.get("/shared.of-an-older-page.css").headers["Cache-Control"] == "no-cache"
