"""What a study still needs, found in facts."""

from __future__ import annotations

import datetime as dt

import pytest

from usabtest.studies.models import SnippetCheck
from usabtest.studies.people import NOBODY, People
from usabtest.studies.setup import Answer, State, criteria_words, findings, start_pages
from usabtest.studyfile.read import read_study
from usabtest.studyfile.types import StudySpec

NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def make_spec(**changes: object) -> StudySpec:
    task = {"key": "buy", "title": "Buy", "scenario": "Buy it.", "start_url": "https://shop.example/"}
    file = {
        "title": "Shop",
        "sites": ["https://shop.example"],
        "tasks": [{**task, "success": [{"url": "/thanks"}]}],
    }
    return read_study({**file, **changes})


def make_check(*, reported: bool = True, widget: bool = True, age_s: float = 60) -> SnippetCheck:
    at = NOW - dt.timedelta(seconds=age_s)
    return SnippetCheck(created_at=at, reported_at=at if reported else None, widget_shown=widget if reported else None)


def titles(spec: StudySpec, people: People = NOBODY, checks: dict[str, SnippetCheck] | None = None) -> dict[str, State]:
    found = findings(spec, start_pages(spec, checks or {}, NOW), people, unreachable=None)
    return {finding.title: finding.state for finding in found}


def test_it_works() -> None:
    people = People(pilot=2, pilot_completed=2, solved=frozenset({"buy"}))

    found = titles(make_spec(), people, {"https://shop.example/": make_check()})

    assert set(found.values()) == {State.OK}


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (None, Answer.NONE),
        (make_check(), Answer.FOUND),
        (make_check(widget=False), Answer.NO_WIDGET),
        (make_check(reported=False, age_s=5), Answer.WAITING),
        (make_check(reported=False, age_s=60), Answer.SILENT),
    ],
)
def test_a_start_page_answers(check: SnippetCheck | None, answer: Answer) -> None:
    (page,) = start_pages(make_spec(), {"https://shop.example/": check} if check else {}, NOW)

    assert page.answer is answer


def test_a_silent_page_is_to_be_looked_at() -> None:
    found = titles(make_spec(), checks={"https://shop.example/": make_check(reported=False)})

    assert found["1 start page did not answer"] is State.WARN


@pytest.mark.parametrize(
    ("consent", "state"),
    [
        (None, State.OK),
        ("We keep it for 365 days.", State.OK),
        ("Gespeichert wird 365 Tage lang.", State.OK),
        ("We delete it after a year.", State.OK),
        ("We record 3 kinds of things.", State.WARN),
        ("We record your clicks.", State.WARN),
    ],
)
def test_consent_says_how_long(consent: str | None, state: State) -> None:
    found = titles(make_spec(consent=consent))

    assert state in {
        found.get("Consent says how long you keep data"),
        found.get("Consent does not say how long you keep data"),
    }


def test_tasks_without_criterion_are_named() -> None:
    spec = make_spec(tasks=[{"title": "Buy", "scenario": "Buy it.", "start_url": "https://shop.example/"}])

    assert titles(spec)["Task 1 has no criterion"] is State.WARN
    assert criteria_words(spec.tasks[0]) == "“I’m done” counts"


def test_a_study_without_tasks_needs_one() -> None:
    assert titles(make_spec(tasks=[]))["There is no task yet"] is State.TODO


def test_a_task_that_nobody_solved_in_the_pilot_is_named() -> None:
    assert titles(make_spec(), People(pilot_completed=1))["Task 1 has not ended in success yet"] is State.WARN


def test_questions_are_told_in_words() -> None:
    spec = make_spec(after=["sus", "nps"])
    found = findings(spec, (), NOBODY, unreachable=None)

    assert "SEQ after each task; SUS and likelihood to recommend at the end." in [one.text for one in found]


def test_a_site_that_cannot_load_the_script_comes_first() -> None:
    found = findings(make_spec(), (), NOBODY, unreachable="Because.")

    assert found[0].text == "Because."
