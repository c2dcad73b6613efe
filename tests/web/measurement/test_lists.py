"""The raw lists: in pages, as tables, and only for those who may read everything."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.factories import api_headers, make_participant, make_study, now
from tests.measured import errors, first_click, make_answers, make_measured, make_sus
from tests.web.snippet import begin
from usabtest.accounts.models import User
from usabtest.db import transaction
from usabtest.events.types import PAYLOADS
from usabtest.measurement import lists
from usabtest.reports import download
from usabtest.studies import actions as studies_actions
from usabtest.studies.models import Study

DOCS = (Path(__file__).parents[3] / "docs" / "data.md").read_text("utf-8")
LISTS = ("participants", "attempts", "answers", "events")


@pytest.fixture
def study(alice: User) -> Study:
    return make_study(alice, after=["sus", "nps"])


@pytest.fixture
def played(client: FlaskClient, study: Study) -> Study:
    """Somebody has found the book and answered."""
    page = begin(client, f"/s/{study.key}?participant=panel-7&plan=free")
    page.send(
        ["v", -500, None, 0, "load", 1280, 800, 200],
        ["S", 0, 0, 0],
        ["c", 1000, 0, 0, 1, 500, 500, 40, 40, 0, "m", 1],
        ["x", 1100, 0, 0, "basket", {"items": 1}],
        ["M", 2000, 0, 0, "success", 0],
        ["D", 2500, 0, 0],
        ["A", 4000, 0, 0, "seq", 6],
    )
    return study


def table(client: FlaskClient, user: User, study: Study, name: str) -> list[dict[str, str]]:
    answer = client.get(f"/api/v1/studies/{study.key}/{name}?format=csv", headers=api_headers(user))
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def items(client: FlaskClient, user: User, study: Study, name: str) -> Any:
    answer = client.get(f"/api/v1/studies/{study.key}/{name}", headers=api_headers(user))
    assert answer.status_code == 200, answer.text
    return answer.get_json()["items"]


def test_an_attempt_has_what_is_promised(client: FlaskClient, played: Study, alice: User) -> None:
    [attempt] = items(client, alice, played, "attempts")

    promised = (
        "id participant task position started_at ended_at outcome verdicts time_on_task reached clicks activations"
    )
    promised += " page_views pages errors signals lostness first_click searched seq"
    assert set(promised.split()) <= attempt.keys()
    assert attempt["id"].rpartition("-")[2] == "0"
    assert len(attempt["participant"]) == 16
    assert (attempt["task"], attempt["position"], attempt["outcome"]) == ("find-book", 1, "success")
    assert attempt["verdicts"] == {"rule": "success", "participant": "done", "moderator": None}
    assert (attempt["time_on_task"], attempt["reached"], attempt["clicks"], attempt["seq"]) == (2.5, 2.0, 1, 6)


def test_a_participant_has_what_is_promised(client: FlaskClient, played: Study, alice: User) -> None:
    [person] = items(client, alice, played, "participants")

    promised = "id participant_id status pilot excluded attributes device browser language started_at ended_at sus nps"
    assert set(f"{promised} events_received events_missing".split()) <= person.keys()
    assert (person["participant_id"], person["status"], person["attributes"]) == (
        "panel-7",
        "started",
        {"plan": "free"},
    )
    assert (person["events_received"], person["events_missing"], person["sus"]) == (7, 0, None)


def test_an_event_has_its_time_since_the_start_and_what_its_kind_has(
    client: FlaskClient, played: Study, alice: User
) -> None:
    events = items(client, alice, played, "events")

    assert [event["kind"] for event in events][:4] == ["page_view", "task_started", "click", "custom"]
    assert [event["at"] for event in events][:4] == [0, 0.5, 1.5, 1.6]
    assert events[0]["attempt"] is None
    assert events[2]["attempt"].endswith("-0")
    assert (events[2]["page"], events[2]["selector"]) == ("https://shop.example/", "#somewhere")


def test_an_answer_has_what_is_promised(client: FlaskClient, played: Study, alice: User) -> None:
    [answer] = items(client, alice, played, "answers")

    assert (answer["task"], answer["question"], answer["value"], answer["language"]) == ("find-book", "seq", 6, "en")
    assert answer["at"] == 4.5


@pytest.mark.parametrize("name", LISTS)
def test_a_table_has_the_same_as_the_list(client: FlaskClient, played: Study, alice: User, name: str) -> None:
    told, rows = items(client, alice, played, name), table(client, alice, played, name)

    assert len(rows) == len(told) > 0
    for item, row in zip(told, rows, strict=True):
        for key, value in item.items():
            if not isinstance(value, dict):
                wanted = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                assert row[key] == wanted
            elif key == "data":
                assert json.loads(row[key]) == value
            else:
                assert {f"{key}.{below}" for below in value} <= row.keys()


@pytest.mark.parametrize("name", LISTS)
def test_lines_have_the_same_as_the_list(client: FlaskClient, played: Study, alice: User, name: str) -> None:
    answer = client.get(f"/api/v1/studies/{played.key}/{name}?format=ndjson", headers=api_headers(alice))

    assert [json.loads(line) for line in answer.text.splitlines()] == items(client, alice, played, name)


@pytest.mark.parametrize("name", LISTS)
def test_pages_lead_through_everything_once(client: FlaskClient, study: Study, alice: User, name: str) -> None:
    for number in range(3):
        page = begin(client.application.test_client(), f"/s/{study.key}?participant=p{number}")
        page.send(["S", 0, 0, 0], ["D", 2500, 0, 0], ["A", 2600, 0, 0, "seq", 6])
    headers = api_headers(alice)

    seen, address = [], f"/api/v1/studies/{study.key}/{name}?size=2"
    while address:
        answer = client.get(address, headers=headers).get_json()
        seen += answer["items"]
        address = answer["next"]

    assert seen == items(client, alice, study, name)
    assert len(seen) >= 3


def test_formulas_are_set_off_and_numbers_stay(client: FlaskClient, study: Study, alice: User) -> None:
    person = make_participant(study, external_id="=HYPERLINK(1)", attributes={"plan": "@SUM(1)"})
    make_answers(person, {"why": "+cmd|' /C calc'!A0", "nps": -1})

    [row] = table(client, alice, study, "participants")
    values = [answer["value"] for answer in table(client, alice, study, "answers")]

    assert (row["participant_id"], row["attributes.plan"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
    assert sorted(values) == ["'+cmd|' /C calc'!A0", "-1"]


def test_scores_stand_beside_the_participant(client: FlaskClient, study: Study, alice: User) -> None:
    person = make_participant(study, status="completed")
    make_sus(person, [5, 1] * 5)
    make_answers(person, {"nps": 9})

    [item] = items(client, alice, study, "participants")

    assert (item["sus"], item["nps"]) == (100, 9)


def test_errors_by_kind_have_columns(client: FlaskClient, study: Study, alice: User) -> None:
    make_measured(make_participant(study), errors=errors(form=2), first_click=True, first_click_at=first_click())

    [row] = table(client, alice, study, "attempts")

    assert (row["errors.form"], row["errors.javascript"], row["signals.rage_click"]) == ("2", "0", "0")
    assert (row["first_click"], row["first_click_at.selector"]) == ("true", "nav a.books")


@pytest.mark.parametrize("name", LISTS)
def test_an_observer_may_not(client: FlaskClient, study: Study, olive: User, charlie: User, name: str) -> None:
    with transaction():
        studies_actions.add_member(study, olive, now=now())

    assert client.get(f"/api/v1/studies/{study.key}/{name}", headers=api_headers(olive)).status_code == 403
    assert client.get(f"/api/v1/studies/{study.key}/{name}", headers=api_headers(charlie)).status_code == 404


def test_an_unknown_format_is_refused(client: FlaskClient, study: Study, alice: User) -> None:
    answer = client.get(f"/api/v1/studies/{study.key}/attempts?format=doc", headers=api_headers(alice))

    assert answer.status_code == 422


@pytest.mark.parametrize("form", ["csv", "ndjson"])
@pytest.mark.parametrize("name", LISTS)
def test_a_streamed_list_says_what_the_report_says_of_the_same_people(
    client: FlaskClient, study: Study, alice: User, name: str, form: str
) -> None:
    for device in ("phone", "phone", "desktop"):
        make_measured(make_participant(study, device=device, attributes={"plan": "é\r\nX: 1"}))
    make_participant(study, device="phone", pilot=True)
    asked = "device=phone&" + urlencode({"attr.plan": "é\r\nX: 1"})
    headers = api_headers(alice)

    for query, people, filters in ((asked, "2", "attr.plan=%C3%A9%0D%0AX%3A+1&device=phone"), ("", "3", "none")):
        told = client.get(f"/api/v1/studies/{study.key}/{name}?format={form}&{query}", headers=headers).headers
        report = client.get(f"/api/v1/studies/{study.key}/report?{query}", headers=headers).headers
        said = {one: told[f"Usabtest-{one}"] for one in ("Version", "Filters", "People", "Checksum")}
        assert said == {one: report[f"Usabtest-{one}"] for one in said}
        assert (said["People"], said["Filters"]) == (people, filters)
        filtered = "-filtered" if query else ""
        day, checksum = told["Usabtest-Generated"][:10], said["Checksum"]
        assert f'"{study.key}-{name}{filtered}-{day}-{checksum}.{form}"' in told["Content-Disposition"]


def test_a_large_study_has_lists_without_a_checksum(
    client: FlaskClient, played: Study, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "ROWS_AT_MOST", 1)

    answer = client.get(f"/api/v1/studies/{played.key}/attempts?format=csv", headers=api_headers(alice))

    assert "Usabtest-Checksum" not in answer.headers
    assert answer.headers["Usabtest-People"] == "1"


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
def test_lists_know_the_filters_of_the_report(client: FlaskClient, study: Study, alice: User, form: str) -> None:
    for device, pilot in (("phone", False), ("desktop", False), ("phone", True)):
        make_measured(make_participant(study, device=device, pilot=pilot))
    address, headers = f"/api/v1/studies/{study.key}/attempts?format={form}", api_headers(alice)

    on_phones = client.get(f"{address}&device=phone", headers=headers)
    refused = [client.get(f"{address}&{bad}", headers=headers) for bad in ("colour=red", "from=yesterday")]

    assert on_phones.text.count("find-book") == 2
    assert [answer.status_code for answer in refused] == [422, 422]


@pytest.mark.parametrize("name", ["participants", "attempts", "answers"])
def test_every_column_is_documented(study: Study, name: str) -> None:
    documented = set(re.findall(r"`([a-z_.]+)`", DOCS.partition(f"### {name.capitalize()}")[2].partition("\n### ")[0]))

    assert set(lists.LISTS[name].columns(study)) <= documented


def test_every_kind_of_event_is_documented_with_what_it_has(study: Study) -> None:
    lines = dict(re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", DOCS.partition("| kind | has |")[2], re.MULTILINE))

    assert {kind: re.findall(r"`([a-z_]+)`", has) for kind, has in lines.items()} == {
        payload.kind: list(payload.__struct_fields__) for payload in PAYLOADS
    }
    head = set(re.findall(r"`([a-z_]+)`", DOCS.partition("### Events")[2].partition("The others depend")[0]))
    of_kinds = {field for payload in PAYLOADS for field in payload.__struct_fields__}
    assert set(lists.LISTS["events"].columns(study)) <= head | of_kinds
