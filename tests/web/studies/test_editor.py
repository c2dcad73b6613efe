"""The editor: sections and tasks, from fields to the study file and its faults back to the fields."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import make_study, now, sign_in
from usabtest.accounts.models import User
from usabtest.db import db, transaction
from usabtest.studies import actions
from usabtest.studies.forms.sections import ORDER, SECTIONS
from usabtest.studies.freeze import freeze
from usabtest.studies.models import Study
from usabtest.studyfile.read import read_text
from usabtest.studyfile.types import CriterionKind, Finish, QuestionType, StudySpec

EVERYTHING = """\
key: shop-checkout
title: Shop checkout, round 2
language: de
sites: ["https://shop.example", "https://*.pay.example"]
access: invited
welcome: Thank you.
consent: We record your clicks for 90 days.
task_order: balanced
recording: {replay: true, mask: all, text: true}
screener:
  - {key: buys, text: Do you buy books?, type: choice, options: ["Yes", "No"], accept: ["Yes"]}
  - {key: often, text: How often?, type: scale, min: 0, max: 5, labels: [never, daily], accept: ["3", "4"]}
quota: 50
closes_at: "2030-01-31"
devices: [desktop, phone]
contact: {organisation: Shop Ltd, email: ux@shop.example, privacy_url: "https://shop.example/privacy"}
idle_limit_min: 0.5
keep_query: [q, page]
keep_fragment: true
participant_param: pid
tasks:
  - key: find-book
    title: Find a book
    scenario: |
      You want a present.

      * a detective story
    start_url: https://shop.example/
    entry_url: https://shop.example/enter
    success:
      - url: /catalogue/book/
      - url_regex: "^/orders/[0-9]+/thanks$"
      - click: "button#place-order"
      - visible: "#thank-you"
      - text: "Thank you for your order"
      - event: order-placed
      - answer: {question: "What does it cost?", accept: ["9.99", "£9.99"]}
      - all: [{url: /basket/}, {visible: "tr.item"}]
    failure: [{url: /preview-error/}]
    time_limit_s: 90
    optimal: {pages: 3, clicks: 5}
    expert_time_s: 40.5
    max_time_s: 120
    first_click: ["nav a.books"]
    allowed: ["/", "/catalogue/**"]
    error_opportunities: 4
    search: [{click: "input[type=search]"}, {url: "/search/*"}]
    questions: [seq, {key: why, text: Why?, type: choice, options: [price, speed], multiple: true, other: true}]
  - key: other
    title: Other
    scenario: Do it.
    start_url: https://shop.example/x
    finish: auto
    success: [{self_report: true}]
    questions: []
after: [nps, {key: free, text: What else?, type: open, required: true}, sus]
analysis:
  count_errors: [javascript, rage_click]
  rage_click: {clicks: 4, within_ms: 900, px: 20}
  dead_click_ms: 1500
  quick_back_s: 2.5
  subtract_hidden: true
redirect: {completed: "https://panel.example/?cc=OK&id={participant}", screened_out: "https://panel.example/?cc=NO"}
retention_days: 90
"""


def make_full(alice: User) -> Study:
    with transaction():
        study = actions.create(read_text(EVERYTHING), owner=alice, now=now())
    db.session.refresh(study)
    return study


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would send of the page's form, if nobody touched it."""
    form = re.search(r'<form class="editor".*?</form>', page, re.DOTALL)
    assert form, page
    fields = _Fields()
    fields.feed(re.sub(r"<template.*?</template>", "", form[0], flags=re.DOTALL))
    return fields.sent


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.area = self.select = ""
        self.disabled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "fieldset" and (self.disabled or "disabled" in given):
            self.disabled += 1
        if self.disabled:
            return
        if tag == "input" and (given.get("type", "text") not in {"checkbox", "radio"} or "checked" in given):
            self.sent.setdefault(name, []).append(value)
        elif tag == "textarea":
            self.area = name
            self.sent.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.sent.setdefault(self.select, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            # A browser leaves out the line break that a text area begins with.
            self.sent[self.area][-1] = self.sent[self.area][-1].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""
        if tag == "fieldset" and self.disabled:
            self.disabled -= 1

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][-1] += data


def save(client: FlaskClient, address: str, changes: dict[str, object] | None = None) -> TestResponse:
    sent = {**fields_of(client.get(address).text), **(changes or {})}
    return client.post(address, data={name: value for name, value in sent.items() if value is not None})


def spec_of(study: Study) -> StudySpec:
    db.session.expire_all()
    return study.spec


@pytest.mark.parametrize(
    "path", [*(f"edit/{slug}" for slug in (*SECTIONS, ORDER.slug)), "tasks/find-book", "tasks/other"]
)
def test_saving_what_is_there_changes_nothing(client: FlaskClient, alice: User, path: str) -> None:
    study = make_full(alice)
    before = study.spec
    sign_in(client, alice)

    answer = save(client, f"/studies/{study.key}/{path}")

    assert answer.status_code == 303
    assert spec_of(study) == before
    assert study.version_number == 1


def test_every_field_of_the_file_has_its_place(client: FlaskClient, alice: User) -> None:
    study = make_full(alice)
    sign_in(client, alice)

    for path, changes in CHANGES.items():
        assert save(client, f"/studies/{study.key}/{path}", changes).status_code == 303

    spec = spec_of(study)
    assert (spec.title, spec.language, spec.sites) == (
        "Round 3",
        "fr",
        ("https://shop.example", "https://*.pay.example"),
    )
    assert (spec.keep_query, spec.keep_fragment) == (("q",), False)
    assert spec.contact is None
    assert (spec.access, spec.quota, spec.closes_at, spec.devices) == ("open", None, None, ("tablet",))
    assert spec.redirect.completed is None
    assert spec.redirect.quota_full == "https://panel.example/full"
    assert spec.retention_days == 30
    assert spec.recording.mask == "inputs"
    assert not spec.recording.replay
    assert spec.idle_limit_min == 12
    assert spec.analysis.count_errors == ("form",)
    assert spec.analysis.rage_click.px == 44
    assert spec.task_order == "fixed"
    task = spec.tasks[0]
    assert (task.time_limit_s, task.finish, task.optimal, task.key) == (150, Finish.AUTO, None, "find-a-present")
    assert task.expert_time_s == 12.5


CHANGES: dict[str, dict[str, object]] = {
    "edit/tasks": {"task_order": "fixed"},
    "edit/sites": {"title": "Round 3", "language": "fr", "keep_query": "q", "keep_fragment": None},
    "edit/welcome": {"contact-organisation": "", "contact-email": "", "contact-privacy_url": ""},
    "edit/people": {
        "access": "open",
        "quota": "",
        "closes_at": "",
        "devices": ["tablet"],
        "redirect-completed": "",
        "redirect-quota_full": "https://panel.example/full",
    },
    "edit/recording": {
        "retention_days": "30",
        "recording-mask": "inputs",
        "recording-replay": None,
        "idle_limit_min": "12",
    },
    "edit/analysis": {"analysis-count_errors": ["form"], "analysis-rage_click-px": "44"},
    "tasks/find-book": {
        "time_limit_s": "2:30",
        "finish": "auto",
        "optimal-pages": "",
        "optimal-clicks": "",
        "expert_time_s": "12.5",
        "key": "find-a-present",
    },
}


def test_rows_are_read_in_the_order_in_which_they_stand(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)
    rows = {
        "success-n2-kind": "click",
        "success-n2-value": "#pay",
        "success-0-kind": "url",
        "success-0-value": "/basket/",
        "success-n1-kind": "all",
        "success-n1-parts-n4-kind": "event",
        "success-n1-parts-n4-value": "paid",
        "success-n1-parts-n3-kind": "text",
        "success-n1-parts-n3-value": "Thanks",
        "questions-n5-kind": "choice",
        "questions-n5-text": "Why so?",
        "questions-n5-options": "a\r\nb\r\n",
        "questions-n5-key": "",
        "questions-0-kind": "seq",
    }
    address = f"/studies/{study.key}/tasks/find-book"
    sent = {
        name: value
        for name, value in fields_of(client.get(address).text).items()
        if not name.startswith(("success", "questions"))
    }

    answer = client.post(address, data={**sent, **rows})

    assert answer.status_code == 303
    task = spec_of(study).tasks[0]
    assert [one.kind for one in task.success] == [CriterionKind.CLICK, CriterionKind.URL, CriterionKind.ALL]
    assert [part.pattern for part in task.success[2].parts] == ["paid", "Thanks"]
    own, seq = task.questions
    assert seq == "seq"
    assert (own.key, own.type, own.options) == ("why-so", QuestionType.CHOICE, ("a", "b"))


def test_faults_stand_at_their_fields_and_nothing_is_lost(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)
    address = f"/studies/{study.key}/tasks/find-book"

    answer = save(
        client,
        address,
        {
            "title": "",
            "scenario": "Buy two.",
            "start_url": "https://else.example/",
            "time_limit_s": "soon",
            "success-0-kind": "url_regex",
            "success-0-value": "/orders/(x",
            "success-n1-kind": "all",
            "success-n1-parts-n1-kind": "click",
            "success-n1-parts-n1-value": "",
            "allowed-n1-kind": "url",
            "allowed-n1-value": "basket",
        },
    )

    page = answer.text
    assert answer.status_code == 422
    for name in ("title", "start_url", "time_limit_s", "success-0-value", "success-1-parts-0-value", "allowed-0-value"):
        assert f'href="#field-{name}"' in page, name
        assert f'id="field-{name}"' in page, name
        assert f'id="error-{name}"' in page, name
    assert "6 things to mend before this task is saved" in page
    assert "Success, row 1: the bracket" in page
    assert "Success, row 2, part 1" in page
    assert "Time limit is “soon”, which is not a number" in page
    assert "It is “soon”, which is not a number." in page
    assert "Buy two." in page
    assert "/orders/(x" in page
    assert "soon" in page
    assert spec_of(study).tasks[0].title == "Find a book"


def test_faults_of_another_page_are_said_without_a_link(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)

    answer = save(client, f"/studies/{study.key}/edit/sites", {"sites": "https://else.example"})

    assert answer.status_code == 422
    assert "Task 1, start page: https://shop.example is not among" in answer.text


def test_without_scripts_rows_are_added_by_saving(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)
    address = f"/studies/{study.key}/tasks/find-book"

    answer = save(client, address, {"title": "Find two", "do": "success.add"})
    page = client.get(answer.location)

    assert answer.location == f"{address}?add=success.add"
    assert spec_of(study).tasks[0].title == "Find two"
    assert 'id="field-success-1-kind"' in page.text


def test_without_scripts_rows_are_moved_and_removed(client: FlaskClient, alice: User) -> None:
    study = make_full(alice)
    sign_in(client, alice)
    address = f"/studies/{study.key}/tasks/find-book"

    down = save(client, address, {"do": "success.0.down"})
    removed = save(client, address, {"do": "success.7.parts.0.remove"})

    assert fields_of(down.text)["success-1-value"] == ["/catalogue/book/"]
    assert fields_of(removed.text)["success-7-parts-0-value"] == ["tr.item"]
    assert "success-7-parts-1-value" not in fields_of(removed.text)
    assert "Not saved yet" in down.text
    assert len(spec_of(study).tasks[0].success) == 8


@pytest.mark.parametrize(
    "button", ["nothing", "success", "success.99.up", "success.x.up", "success.0.parts", "title.add"]
)
def test_buttons_that_are_none_do_nothing(client: FlaskClient, alice: User, button: str) -> None:
    study = make_full(alice)
    sign_in(client, alice)

    assert save(client, f"/studies/{study.key}/tasks/find-book", {"do": button}).status_code in {200, 303}
    assert spec_of(study) == read_text(EVERYTHING)


def test_a_task_is_added_at_the_end(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)

    answer = save(client, f"/studies/{study.key}/new-task", {"title": "Pay later", "scenario": "Pay."})

    assert answer.location == f"/studies/{study.key}/tasks/pay-later"
    assert [task.key for task in spec_of(study).tasks] == ["find-book", "pay", "pay-later"]
    assert spec_of(study).tasks[2].questions == ("seq",)


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("up", ["other", "find-book"]),
        ("down", ["find-book", "other"]),
        ("duplicate", ["find-book", "other", "other-2"]),
        ("remove", ["find-book"]),
    ],
)
def test_tasks_are_arranged(client: FlaskClient, alice: User, what: str, keys: list[str]) -> None:
    study = make_full(alice)
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/tasks/other/{what}")

    assert answer.status_code == 303
    assert [task.key for task in spec_of(study).tasks] == keys


def test_a_first_task_without_a_start_page_is_refused(client: FlaskClient, alice: User) -> None:
    study = make_study(alice, status="draft")
    sign_in(client, alice)

    answer = client.post(f"/studies/{study.key}/tasks/pay/up")

    assert answer.status_code == 422
    assert "Task 1, start page is missing" in answer.text
    assert [task.key for task in spec_of(study).tasks] == ["find-book", "pay"]


def test_what_is_frozen_is_shown_and_not_taken(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    with transaction():
        freeze(study, now())
    sign_in(client, alice)
    address = f"/studies/{study.key}/edit/people"

    page = client.get(address).text
    saved = save(client, address, {"quota": "7", "access": "invited"})
    refused = client.post(f"/studies/{study.key}/tasks/pay/remove")

    assert "Frozen." in page
    assert "Duplicate study" in page
    assert saved.status_code == 303
    assert spec_of(study).quota == 7
    assert spec_of(study).access == "open"
    assert refused.status_code == 409


def test_the_first_participant_may_come_while_the_page_is_open(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)
    sent = fields_of(client.get(f"/studies/{study.key}/tasks/pay").text)
    with transaction():
        freeze(study, now())

    answer = client.post(f"/studies/{study.key}/tasks/pay", data={**sent, "title": "Pay at once"})

    assert spec_of(study).tasks[1].title == "Pay"
    assert answer.status_code in {303, 409}


def test_an_unknown_place_is_not_found(client: FlaskClient, alice: User) -> None:
    study = make_study(alice)
    sign_in(client, alice)

    assert client.get(f"/studies/{study.key}/edit/nothing").status_code == 404
    assert client.get(f"/studies/{study.key}/tasks/nothing").status_code == 404


@pytest.mark.parametrize("path", ["edit/after", "edit/sites", "tasks/find-book", "new-task"])
def test_a_look_at_the_headers_saves_nothing(client: FlaskClient, alice: User, path: str) -> None:
    study = make_full(alice)
    sign_in(client, alice)

    answer = client.head(f"/studies/{study.key}/{path}")

    assert answer.status_code == 200
    assert study.version_number == 1
    assert spec_of(study) == read_text(EVERYTHING)
